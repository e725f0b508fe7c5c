import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../../components/data-table';
import { failure } from '../../../components/failure';
import { fileField, focusFirstError, submitButton } from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { moment } from '../../../components/moment';
import { upload } from '../../../api/upload';
import { type Key, t } from '../../../i18n/areas/visits';
import { Task } from '../../../state/task';
import {
  asFile,
  type BadFile,
  counted,
  type FileItem,
  type ImportResult,
  type ImportResults,
  type Line,
  linesOf,
  partsOf,
  readFile,
} from '../model/phone-file';
import { OUTCOMES, whoText } from '../words';

const BAD: Record<BadFile, Key> = {
  unreadable: 'visits.file_unreadable',
  other: 'visits.file_other',
  newer: 'visits.file_newer',
  empty: 'visits.file_empty',
};
const KINDS: Record<NonNullable<ImportResult['kind']>, Key> = {
  visit: 'visits.file_visit',
  addition: 'visits.file_addition',
  observation: 'visits.file_observation',
  photo: 'visits.file_photo',
};
const STATES: Record<ImportResult['status'], Key> = {
  stored: 'visits.file_stored',
  duplicate: 'visits.file_known',
  conflict: 'visits.file_conflict',
  refused: 'visits.file_refused',
};

/** `<import-form>`: the file of a phone that will not send any more, part by part, with what became of each item. */
export class ImportForm extends LightElement {
  private readonly sending = new Task(this);
  private file: File | null = null;
  private wrong: Key | null = null;
  /** What is still to be sent. */
  private parts: FileItem[][] = [];
  private total = 0;
  private lines: Line[] = [];

  protected override render(): TemplateResult {
    const { busy, error } = this.sending;
    return html`
      <p class="section-text">${t('visits.file_text')}</p>
      <p class="section-text">${t('visits.file_rules')}</p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          if (!busy) void this.start();
        }}
      >
        ${fileField({
          name: 'phone-file',
          label: t('visits.file'),
          accept: '.json,application/json',
          required: true,
          disabled: busy,
          error: this.wrong ? t(this.wrong) : undefined,
          onFile: (file) => {
            this.file = file;
            this.wrong = null;
            this.requestUpdate();
          },
        })}
        ${submitButton(t('visits.file_send'), busy)}
      </form>
      ${busy ? this.progress() : nothing}
      ${error ? failure(t('visits.file_failed'), error, () => void this.go()) : nothing}
      ${this.lines.length > 0 ? this.report() : nothing}
    `;
  }

  private progress(): TemplateResult {
    const done = this.lines.length;
    const text = t('visits.file_busy', { done, total: this.total });
    return html`<div role="status">
      <p>${text}</p>
      <progress class="progress" max=${this.total} value=${done} aria-label=${text}></progress>
    </div>`;
  }

  private report(): TemplateResult {
    const { stored, known, refused } = counted(this.lines);
    return html`<section class="section" aria-labelledby="import-result">
      <h3 id="import-result" tabindex="-1">${t('visits.file_result')}</h3>
      <p role="status">${t('visits.file_summary', { stored, known, refused })}</p>
      ${
        stored > 0
          ? html`<p>
              <a class="button button-small" href="#pending">${t('visits.file_to_pending')}</a>
            </p>`
          : nothing
      }
      ${dataTable<Line & { key: string }>({
        caption: t('visits.file_result'),
        rows: this.lines.map((line, index) => ({ ...line, key: String(index) })),
        key: ({ key }) => key,
        columns: [
          {
            label: t('visits.file_kind'),
            isName: true,
            cell: ({ result: { kind } }) => t(kind ? KINDS[kind] : 'visits.file_unknown'),
          },
          {
            label: t('visits.file_owner'),
            cell: ({ result: { owner } }) => (owner ? whoText(owner) : nothing),
          },
          { label: t('visits.when'), cell: ({ at }) => (at ? moment(at) : nothing) },
          { label: t('visits.file_outcome'), cell: ({ result }) => this.outcome(result) },
        ],
      })}
    </section>`;
  }

  private outcome({ status, outcome, reason }: ImportResult): TemplateResult {
    const isTaken = status === 'stored' || status === 'duplicate';
    return html`<span data-status=${status}>
      <span class="badge ${isTaken ? 'badge-done' : 'badge-retired'}">${t(STATES[status])}</span>
      ${outcome && isTaken ? t(OUTCOMES[outcome].words) : nothing}
      ${reason ? reason.message : nothing}
    </span>`;
  }

  private async start(): Promise<void> {
    const found = this.file ? readFile(await this.file.text()) : null;
    this.lines = [];
    this.sending.reset();
    if (found === null || typeof found === 'string') {
      this.wrong = found === null ? 'visits.file_missing' : BAD[found];
      this.requestUpdate();
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    this.total = found.length;
    this.parts = partsOf(found);
    await this.go();
  }

  /** Sends what is left. Again changes nothing, so that a part whose answer was lost is sent once more. */
  private async go(): Promise<void> {
    const isDone = await this.sending.run(async (signal) => {
      for (let [part] = this.parts; part; [part] = this.parts) {
        const file = new Blob([asFile(part)]);
        const options = { signal, type: 'application/json' };
        const results = await upload<ImportResults>('/api/visits/imports', file, options);
        this.lines = [...this.lines, ...linesOf(part, results)];
        this.parts = this.parts.slice(1);
        this.requestUpdate();
      }
    });
    if (!isDone) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>('#import-result')?.focus();
  }
}

customElements.define('import-form', ImportForm);
