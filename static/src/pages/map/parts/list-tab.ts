import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LayerSummary, Position } from '../../../api/types';
import { failure } from '../../../components/failure';
import { LightElement } from '../../../components/light-element';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { load } from '../model/layers';
import { type ListQuery, rows } from '../model/list';
import { locate } from '../model/place';
import { type Sort, store, visibleSummaries } from '../model/state';
import { featureRow } from './feature-row';

/** A page of rows: enough to scan, few enough for 10,000 features not to slow a phone down. */
const PAGE = 50;

/** `<list-tab>`: the features of the visible layers, for those who do not use the map. */
export class ListTab extends LightElement {
  private readonly limits = new Map<string, number>();

  constructor() {
    super();
    new Watch(this, store, (state) => [
      state.tab === 'list',
      ...(state.tab === 'list'
        ? [state.summaries, state.data, state.visible, state.filter, state.sort, state.inView]
        : []),
      ...(state.tab === 'list' && (state.inView || state.sort === 'centre') ? [state.viewBox] : []),
      ...(state.tab === 'list' ? [state.place, state.selection] : []),
    ]);
  }

  protected override shouldUpdate(): boolean {
    // The rows stay as they were while another tab is open, so that the focus can return to one.
    return store.state.tab === 'list' || !this.hasUpdated;
  }

  protected override render(): TemplateResult {
    const layers = visibleSummaries();
    const query = this.query();
    const groups = layers.map((summary) => ({
      summary,
      found: rows(store.state.data.get(summary.id)?.features ?? [], query),
    }));
    const count = groups.reduce((sum, { found }) => sum + found.length, 0);
    return html`
      <h2 class="visually-hidden">${t('tab.list')}</h2>
      ${this.form()}
      <p class="list-count" role="status">
        ${layers.length === 0 ? t('list.no_layers') : t('list.count', { count })}
      </p>
      ${repeat(
        groups,
        ({ summary }) => summary.id,
        ({ summary, found }) => this.group(summary, found, query),
      )}
    `;
  }

  private query(): ListQuery {
    const { filter, inView, sort, view, viewBox, place } = store.state;
    const centre: Position | null = view ? [view.lon, view.lat] : null;
    const from = { name: null, centre, me: place?.position ?? centre }[sort];
    return { filter, within: inView ? viewBox : null, from };
  }

  private form(): TemplateResult {
    const { filter, sort, inView } = store.state;
    const option = (value: Sort, label: string): TemplateResult =>
      html`<option value=${value} ?selected=${value === sort}>${label}</option>`;
    return html`<div class="list-form" role="group" aria-label=${t('list.form')}>
      <label class="field">
        <span class="field-label">${t('list.filter')}</span>
        <input
          type="search"
          autocomplete="off"
          .value=${filter}
          @input=${({ target }: Event) => {
            this.limits.clear();
            store.set({ filter: (target as HTMLInputElement).value });
          }}
        />
      </label>
      <label class="field">
        <span class="field-label">${t('list.sort')}</span>
        <select
          @change=${({ target }: Event) => {
            void this.sortBy((target as HTMLSelectElement).value as Sort);
          }}
        >
          ${option('name', t('list.by_name'))} ${option('centre', t('list.by_centre'))}
          ${option('me', t('list.by_me'))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          .checked=${inView}
          @change=${({ target }: Event) => {
            store.set({ inView: (target as HTMLInputElement).checked });
          }}
        />
        <span>${t('list.in_view')}</span>
      </label>
    </div>`;
  }

  private async sortBy(sort: Sort): Promise<void> {
    store.set({ sort });
    if (sort === 'me' && !store.state.place && !(await locate())) {
      store.set({ sort: 'centre' });
      const select = this.querySelector('select');
      if (select) select.value = 'centre';
    }
  }

  private group(
    summary: LayerSummary,
    found: ReturnType<typeof rows>,
    query: ListQuery,
  ): TemplateResult {
    const { id, shape } = summary;
    const data = store.state.data.get(id);
    const title = pick(summary.title);
    const limit = this.limits.get(id) ?? PAGE;
    const more = found.length - limit;
    return html`<section class="list-group" aria-labelledby="list-${id}">
      <h3 id="list-${id}" class="list-title">
        <layer-symbol layer=${id} shape=${shape}></layer-symbol>
        <span>${title}</span>
        <span class="layer-count">${t('count.features', { count: found.length })}</span>
      </h3>
      ${
        data?.status === 'error' && data.error
          ? failure(t('layer.failed', { layer: title }), data.error, () => {
              void load(id, { force: true });
            })
          : nothing
      }
      ${
        data?.status === 'loading' && data.features.length === 0
          ? html`<p class="loading">${t('layer.loading')}</p>`
          : nothing
      }
      ${
        data?.status === 'ready' && found.length === 0
          ? html`<p class="empty">
              ${t(query.filter || query.within ? 'list.none_found' : 'list.none')}
            </p>`
          : nothing
      }
      ${data?.cut ? html`<p class="freshness">${t('layer.cut')}</p>` : nothing}
      <ul class="rows">
        ${repeat(
          found.slice(0, limit),
          ({ feature }) => feature.id,
          (row) => html`<li>${featureRow(id, row, summary)}</li>`,
        )}
      </ul>
      ${
        more > 0
          ? html`<button
              type="button"
              class="button button-wide"
              @click=${() => {
                this.showMore(id, limit);
              }}
            >
              ${t('list.more', { count: Math.min(more, PAGE), rest: more })}
            </button>`
          : nothing
      }
    </section>`;
  }

  private showMore(layer: string, limit: number): void {
    this.limits.set(layer, limit + PAGE);
    this.requestUpdate();
    // The reader goes on with the first of the new rows.
    void this.updateComplete.then(() => {
      const rows = this.querySelectorAll<HTMLElement>(`[data-row^="${CSS.escape(layer)}/"]`);
      rows[limit]?.focus();
    });
  }
}

customElements.define('list-tab', ListTab);
