import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import { type Column, dataTable } from '../../components/data-table';
import '../../components/export-buttons';
import { failure } from '../../components/failure';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { formatDay } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/training';
import { Task } from '../../state/task';
import { kindWords } from '../training/ask-form';
import type { ExemptionItem, ExemptionList as List } from './model';

/** `<exemption-list>`: what people ask HR for, and its decisions. Read only when somebody wants to: it is recorded. */
export class ExemptionList extends LightElement {
  private of = 0;
  private isOpen = false;
  private readonly list = new Task<List>(this);
  private readonly deciding = new Task<unknown>(this);
  private answers: Record<string, string> = {};

  /** The fiscal year. */
  set year(year: number) {
    if (year === this.of) return;
    this.of = year;
    this.isOpen = false;
    this.list.reset();
    this.deciding.reset();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="exemptions">
      <h2 class="section-title" id="exemptions">${t('programmes.exemptions')}</h2>
      ${
        this.isOpen
          ? loaded(
              this.list,
              t('programmes.exemptions_failed'),
              () => void this.load(),
              ({ exemptions }) =>
                exemptions.length === 0
                  ? empty(t('programmes.exemptions_none'))
                  : this.table(exemptions),
            )
          : html`<button type="button" class="button" @click=${() => void this.load()}>
              ${t('programmes.show_exemptions')}
            </button>`
      }
      ${
        this.deciding.error
          ? failure(t('programmes.action_failed'), this.deciding.error, () => void this.load())
          : nothing
      }
      <export-buttons
        recorded
        .path=${this.path()}
        .name=${t('programmes.exemptions')}
      ></export-buttons>
    </section>`;
  }

  private async load(): Promise<void> {
    this.isOpen = true;
    this.deciding.reset();
    await this.list.run((signal) => get<List>(this.path(), signal));
  }

  private path(): string {
    return `/api/training/exemptions?fiscal_year=${String(this.of)}`;
  }

  private table(rows: readonly ExemptionItem[]): TemplateResult {
    const columns: Column<ExemptionItem>[] = [
      {
        label: t('programmes.person'),
        isName: true,
        cell: ({ person }) =>
          html`${person.name ?? t('completion.erased')} ${person.number ?? nothing}<br />
            <span class="section-text">${person.department_name}</span>`,
      },
      {
        label: t('programmes.asked'),
        cell: (one) =>
          html`${kindWords(one.kind)}<br />${pick(one.programme_title)}
            ${one.until ? html`<br />${t('training.until')}: ${formatDay(one.until)}` : nothing}
            ${one.day ? html`<br />${t('training.day')}: ${formatDay(one.day)}` : nothing}
            <br />${moment(one.asked_at)}`,
      },
      { label: t('training.reason'), cell: ({ reason }) => reason },
      { label: t('programmes.decision'), isAction: true, cell: (one) => this.decision(one) },
    ];
    return dataTable({ caption: t('programmes.exemptions'), rows, key: ({ id }) => id, columns });
  }

  private decision(one: ExemptionItem): TemplateResult {
    if (one.granted !== null && one.granted !== undefined) {
      return html`<span class="badge ${one.granted ? 'badge-done' : 'badge-retired'}"
          >${t(one.granted ? 'training.granted' : 'training.refused')}</span
        >
        ${one.answer ? html`<p class="section-text">${one.answer}</p>` : nothing}`;
    }
    const id = `answer-${one.id}`;
    return html`<div class="field">
        <label class="field-label" for=${id}>${t('programmes.answer')}</label>
        <input
          id=${id}
          maxlength="1000"
          .value=${this.answers[one.id] ?? ''}
          @input=${(event: Event) => {
            this.answers[one.id] = (event.target as HTMLInputElement).value;
          }}
        />
      </div>
      <div class="button-row">
        <button
          type="button"
          class="button button-small"
          @click=${() => void this.decide(one, true)}
        >
          ${t('programmes.grant')}
        </button>
        <button
          type="button"
          class="button button-small"
          @click=${() => void this.decide(one, false)}
        >
          ${t('programmes.refuse')}
        </button>
      </div>`;
  }

  private async decide({ id }: ExemptionItem, grant: boolean): Promise<void> {
    if (this.deciding.busy) return;
    const body = { grant, answer: this.answers[id] ?? '' };
    const done = await this.deciding.run((signal) =>
      send<unknown>('POST', `/api/training/exemptions/${id}/decision`, body, { signal }),
    );
    if (!done) return;
    say(() => t('programmes.decided'));
    await this.load();
  }
}

customElements.define('exemption-list', ExemptionList);
