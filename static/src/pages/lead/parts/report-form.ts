import { html, type PropertyValues, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  submitButton,
} from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/lead';
import { startOf } from '../../../outings/state';
import type { Outing } from '../../../outings/types';
import { Task } from '../../../state/task';

/** `<report-form>`: what hosts are thanked with, once the outing has begun. */
export class ReportForm extends LightElement {
  static override properties = {
    outing: { attribute: false },
    text: { state: true },
    wrong: { state: true },
  };

  declare outing: Outing;
  declare private text: string | null;
  declare private wrong: string | undefined;
  private readonly saving = new Task(this);

  constructor() {
    super();
    this.text = null;
    this.wrong = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('outing') as Outing | undefined;
    if (before && before.id !== this.outing.id) this.text = null;
  }

  private get value(): string {
    return this.text ?? this.outing.report ?? '';
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="report">
      <h2 class="section-title" id="report">${t('lead.report')}</h2>
      ${
        Date.now() < startOf(this.outing)
          ? html`<p>${t('lead.report_early')}</p>`
          : html`<p class="section-text">${t('lead.report_text')}</p>
              ${this.form()}`
      }
    </section>`;
  }

  private form(): TemplateResult {
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.save();
      }}
    >
      ${formError(this.saving.error, ['text'])}
      ${areaField({
        name: 'report',
        label: t('lead.report_field'),
        value: this.value,
        rows: 6,
        maxLength: 4000,
        required: true,
        error: this.wrong ?? this.saving.fields['text'],
        onInput: (value) => {
          this.text = value;
          this.wrong = undefined;
        },
      })}
      ${submitButton(t('lead.report_save'), this.saving.busy)}
    </form>`;
  }

  private async save(): Promise<void> {
    if (this.saving.busy) return;
    this.wrong = missing({ report: this.value })['report'];
    if (this.wrong) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const path = `/api/outings/${this.outing.id}/report`;
    const body = { text: this.value.trim() };
    if (!(await this.saving.run((signal) => send('PUT', path, body, { signal })))) return;
    say(() => t('lead.report_saved'));
    this.dispatchEvent(new CustomEvent('changed'));
  }
}

customElements.define('report-form', ReportForm);
