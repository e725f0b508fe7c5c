import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import type { DatasetItem, DatasetList, LayerSummary, Layers } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { failureText } from '../../components/failure';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { asApiError } from '../../api/client';
import { formatDay } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/data';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Task } from '../../state/task';
import './import-wizard';

/** `<data-page>`: the datasets that somebody's department looks after, and importing files. */
export class DataPage extends PageElement {
  protected readonly needs = ['read_datasets'];
  private readonly list = new Task<DatasetList>(this);
  private readonly layers = new Task<Layers>(this);
  /** Confirmed on this visit: they can be taken back. */
  private readonly confirmed = new Set<string>();
  private working: string | null = null;

  protected override heading(): string {
    return t('data.title');
  }

  protected override enter(): void {
    void this.load();
  }

  private async load(): Promise<void> {
    await Promise.all([
      this.list.run((signal) => get('/api/datasets', signal)),
      this.layers.run((signal) => get('/api/layers', signal)),
    ]);
  }

  private readonly layerName = (id: string): string => {
    const layer = this.layers.value?.layers.find((candidate) => candidate.id === id);
    return layer ? pick(layer.title) : id;
  };

  protected override content(): TemplateResult {
    return html`
      <p class="page-lead">${t('data.lead')}</p>
      <section class="section" aria-labelledby="datasets">
        <h2 class="section-title" id="datasets">${t('data.datasets')}</h2>
        ${loaded(
          this.list,
          t('data.failed'),
          () => void this.load(),
          ({ datasets }) => this.table(datasets),
        )}
        ${
          may('write_places')
            ? html`<p><a class="button" href="/edit">${t('data.edit_places')}</a></p>`
            : nothing
        }
      </section>
      ${
        may('import_datasets') && this.list.value && this.layers.value
          ? this.wizard(this.list.value, this.layers.value.layers)
          : nothing
      }
    `;
  }

  private wizard({ datasets }: DatasetList, layers: LayerSummary[]): TemplateResult {
    return html`<import-wizard
      .datasets=${datasets.filter(({ own }) => !own)}
      .layers=${layers}
      @imported=${() => void this.load()}
    ></import-wizard>`;
  }

  private table(datasets: readonly DatasetItem[]): TemplateResult {
    if (datasets.length === 0) return html`<p>${t('data.none')}</p>`;
    return dataTable<DatasetItem>({
      caption: t('data.datasets'),
      rows: datasets,
      key: ({ id }) => id,
      columns: [
        {
          label: t('data.name'),
          isName: true,
          cell: ({ title, sample, own }) =>
            html`${title}
            ${sample ? html`<span class="badge badge-sample">${t('sample.badge')}</span>` : nothing}
            ${own ? html`<span class="badge">${t('data.by_hand')}</span>` : nothing}`,
        },
        { label: t('data.layer'), cell: ({ layer }) => this.layerName(layer) },
        { label: t('data.steward'), cell: ({ steward }) => steward },
        { label: t('data.count'), isNumber: true, cell: ({ feature_count }) => feature_count },
        { label: t('data.freshness'), cell: (dataset) => this.freshness(dataset) },
        {
          label: t('data.action'),
          isAction: true,
          cell: (dataset) => (may('write_datasets') ? this.actions(dataset) : nothing),
        },
      ],
    });
  }

  private freshness({ last_confirmed, due_on, overdue }: DatasetItem): TemplateResult {
    return html`<span class="data-freshness">
      <span
        >${
          last_confirmed
            ? t('freshness.confirmed', { day: formatDay(last_confirmed) })
            : t('data.never_confirmed')
        }</span
      >
      ${
        due_on
          ? html`<span class=${overdue ? 'data-overdue' : 'data-quiet'}
              >${
                overdue
                  ? t('freshness.overdue_since', { day: formatDay(due_on) })
                  : t('data.due', { day: formatDay(due_on) })
              }</span
            >`
          : nothing
      }
    </span>`;
  }

  private actions(dataset: DatasetItem): TemplateResult {
    const { id, title } = dataset;
    const busy = this.working === id;
    const back = this.confirmed.has(id);
    return html`<button
      type="button"
      class="button button-small"
      aria-label=${t(back ? 'data.unconfirm_label' : 'data.confirm_label', { title })}
      aria-disabled=${busy ? 'true' : nothing}
      @click=${() => {
        if (!busy) void this.confirm(dataset, back);
      }}
    >
      ${t(back ? 'data.unconfirm' : 'data.confirm')}
    </button>`;
  }

  private async confirm({ id, title }: DatasetItem, back: boolean): Promise<void> {
    this.working = id;
    this.requestUpdate();
    try {
      const path = `/api/datasets/${encodeURIComponent(id)}/${back ? 'unconfirm' : 'confirm'}`;
      await send<unknown>('POST', path);
      if (back) this.confirmed.delete(id);
      else this.confirmed.add(id);
      await this.list.run((signal) => get('/api/datasets', signal));
      say(() => (back ? t('data.unconfirmed') : t('data.confirmed', { title })));
    } catch (error) {
      const why = asApiError(error);
      say(() => `${t('data.confirm_failed')} ${failureText(why)}`, 'error');
    } finally {
      this.working = null;
      this.requestUpdate();
    }
  }
}

customElements.define('data-page', DataPage);
