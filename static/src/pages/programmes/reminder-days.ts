import { html, type TemplateResult } from 'lit';
import { exchange } from '../../api/client';
import { focusFirstError, formError, submitButton, textField } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { t } from '../../i18n/areas/training';
import { Task } from '../../state/task';
import type { Programme } from '../completion/model';
import { daysText, numbersOf } from './model';

/** `<reminder-days>`: on which days a programme reminds, which may be changed while its year is open. Says `saved`. */
export class ReminderDays extends LightElement {
  static override properties = { programme: { attribute: false } };

  declare programme: Programme;
  /** What is typed; null as long as nothing is. */
  private days: string | null = null;
  private readonly saving = new Task<unknown>(this);

  protected override render(): TemplateResult {
    const { id, rule } = this.programme;
    const { fields, error, busy } = this.saving;
    return html`<details class="training-ask">
      <summary>${t('programmes.change_reminders')}</summary>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          if (!busy) void this.save();
        }}
      >
        ${formError(error, ['reminders'])}
        ${textField({
          name: `reminders-${id}`,
          label: t('programmes.reminders'),
          help: t('programmes.reminders_help'),
          value: this.days ?? daysText(rule.reminders),
          error: fields['reminders'],
          onInput: (text) => {
            this.days = text;
          },
        })}
        <div class="button-row">${submitButton(t('programmes.save'), busy)}</div>
      </form>
    </details>`;
  }

  private async save(): Promise<void> {
    const { id, fiscal_year: year, version, rule } = this.programme;
    const reminders = this.days === null ? (rule.reminders ?? []) : numbersOf(this.days);
    const path = `/api/programmes/${id}/years/${String(year)}/reminders`;
    const done = await this.saving.run((signal) =>
      exchange('PUT', path, { reminders }, { signal, ifMatch: `"${String(version)}"` }),
    );
    if (done) {
      this.days = null;
      this.dispatchEvent(new CustomEvent('saved'));
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('reminder-days', ReminderDays);
