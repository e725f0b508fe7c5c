import { html, nothing, type TemplateResult } from 'lit';
import { formError, missing, selectField, submitButton, textField } from '../../components/form';
import { empty } from '../../components/lists';
import { say } from '../../components/messages';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/roster';
import { type AbsenceRow, asAbsences, asRows, firstDifference, wrongRows } from './absences';
import { StaffForm, undoReason } from './staff-form';
import type { AbsenceKind } from './types';
import { absenceName } from './words';

const KINDS: readonly AbsenceKind[] = ['leave', 'secondment'];

/** `<staff-absences>`: when somebody is on leave or seconded. All are sent together, with one reason. */
export class StaffAbsences extends StaffForm {
  private rows: readonly AbsenceRow[] = [];

  protected override forget(): void {
    this.rows = asRows(this.person.absences);
  }

  protected override render(): TemplateResult {
    const { errors, rows } = this;
    const shown = ['reason', 'absences'];
    return html`<section class="section" aria-labelledby="absences">
      <h2 class="section-title" id="absences" tabindex="-1">${t('roster.absences')}</h2>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.save();
        }}
      >
        ${formError(this.saving.error, shown)}
        ${rows.length === 0 ? empty(t('roster.absences_none')) : nothing}
        ${rows.map((row, index) => this.row(row, index))}
        ${errors['absences'] ? html`<p class="field-error" role="alert">${errors['absences']}</p>` : nothing}
        <div class="button-row">
          <button type="button" class="button" @click=${() => void this.add()}>
            ${t('roster.absence_add')}
          </button>
        </div>
        ${
          this.isChanged
            ? html`${textField({
                  name: 'absence_reason',
                  label: t('roster.reason'),
                  help: t('roster.reason_help'),
                  required: true,
                  maxLength: 500,
                  value: this.reason,
                  error: errors['reason'],
                  onInput: (reason) => {
                    this.reason = reason;
                  },
                })}
                <div class="button-row">
                  ${submitButton(t('roster.absences_save'), this.saving.busy)}
                  <button type="button" class="button" @click=${() => void this.drop()}>
                    ${t('roster.drop')}
                  </button>
                </div>`
            : nothing
        }
      </form>
    </section>`;
  }

  private row(row: AbsenceRow, index: number): TemplateResult {
    const { errors } = this;
    const set = (change: Partial<AbsenceRow>): void => {
      this.rows = this.rows.map((one, place) => (place === index ? { ...one, ...change } : one));
      this.requestUpdate();
    };
    const number = index + 1;
    return html`<fieldset class="card">
      <legend>${t('roster.absence_number', { number })}</legend>
      <div class="form-row form-row-even">
        ${selectField({
          name: `kind_${index}`,
          label: t('roster.absence_kind'),
          value: row.kind,
          options: KINDS.map((kind) => ({ value: kind, label: absenceName(kind) })),
          onInput: (kind) => {
            set({ kind: kind as AbsenceKind });
          },
        })}
        ${textField({
          name: `since_${index}`,
          label: t('roster.absence_since'),
          type: 'date',
          required: true,
          value: row.since,
          error: errors[`since_${index}`],
          onInput: (since) => {
            set({ since });
          },
        })}
        ${textField({
          name: `last_${index}`,
          label: t('roster.absence_last'),
          type: 'date',
          value: row.last,
          error: errors[`last_${index}`],
          onInput: (last) => {
            set({ last });
          },
        })}
      </div>
      <div class="button-row">
        <button
          type="button"
          class="button button-small"
          aria-label=${t('roster.absence_remove_of', { number })}
          @click=${() => void this.take(index)}
        >
          ${t('roster.absence_remove')}
        </button>
        ${row.last === '' ? html`<p class="field-help">${t('roster.absence_open')}</p>` : nothing}
      </div>
    </fieldset>`;
  }

  private get isChanged(): boolean {
    return JSON.stringify(this.rows) !== JSON.stringify(asRows(this.person.absences));
  }

  private async add(): Promise<void> {
    this.rows = [...this.rows, { kind: 'leave', since: today(), last: '' }];
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#field-kind_${this.rows.length - 1}`)?.focus();
  }

  /** The button that was pressed goes with its row, so the focus has to go somewhere. */
  private async take(index: number): Promise<void> {
    this.rows = this.rows.filter((_, place) => place !== index);
    this.wrong = {};
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#absences')?.focus();
  }

  private async drop(): Promise<void> {
    this.forget();
    this.refuses({});
    this.saving.reset();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#absences')?.focus();
  }

  private async save(): Promise<void> {
    if (this.saving.busy) return;
    if (!this.isChanged) {
      say(() => t('roster.nothing'));
      return;
    }
    const reason = this.reason.trim();
    if (this.refuses({ ...wrongRows(this.rows), ...missing({ reason }) })) return;
    const before = asRows(this.person.absences);
    const day = firstDifference(before, this.rows) || today();
    const change = (rows: readonly AbsenceRow[], why: string) => ({
      to: 'fields' as const,
      body: { effective_on: day, reason: why, absences: asAbsences(rows) },
    });
    await this.submit(change(this.rows, reason), change(before, undoReason(reason)));
  }
}

customElements.define('staff-absences', StaffAbsences);
