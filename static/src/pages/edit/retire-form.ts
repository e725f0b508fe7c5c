import { html, type TemplateResult } from 'lit';
import type { FieldErrors } from '../../api/client';
import { focusFirstError, missing, submitButton, textField } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/edit';

/** `<retire-form>`: takes a place off the map from a day on, or brings it back. Both say why. */
export class RetireForm extends LightElement {
  static override properties = { retired: { type: Boolean }, busy: { type: Boolean } };

  declare retired: boolean;
  declare busy: boolean;
  private on = today();
  private reason = '';
  private wrong: FieldErrors = {};

  constructor() {
    super();
    this.retired = false;
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="retire">
      <h2 class="section-title" id="retire">
        ${this.retired ? t('edit.restore_title') : t('edit.retire_title')}
      </h2>
      <p class="section-text">${this.retired ? t('edit.restore_text') : t('edit.retire_text')}</p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.send();
        }}
      >
        ${
          this.retired
            ? ''
            : textField({
                name: 'retire_on',
                type: 'date',
                label: t('edit.retire_on'),
                value: this.on,
                required: true,
                error: this.wrong['on'],
                onInput: (value) => {
                  this.on = value;
                },
              })
        }
        ${textField({
          name: 'retire_reason',
          label: t('edit.reason'),
          value: this.reason,
          required: true,
          maxLength: 500,
          error: this.wrong['reason'],
          onInput: (value) => {
            this.reason = value;
          },
        })}
        ${submitButton(this.retired ? t('edit.restore') : t('edit.retire'), this.busy, !this.retired)}
      </form>
    </section>`;
  }

  private async send(): Promise<void> {
    const reason = this.reason.trim();
    this.wrong = missing(this.retired ? { reason } : { reason, on: this.on });
    this.requestUpdate();
    if (Object.keys(this.wrong).length > 0) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const event = this.retired
      ? new CustomEvent('restore', { detail: { reason } })
      : new CustomEvent('retire', { detail: { on: this.on, reason } });
    this.reason = '';
    this.dispatchEvent(event);
  }
}

customElements.define('retire-form', RetireForm);
