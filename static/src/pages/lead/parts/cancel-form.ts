import { html, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import { ask } from '../../../components/dialog';
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
import type { Outing } from '../../../outings/types';
import { Task } from '../../../state/task';

/** `<cancel-form>`: an outing is cancelled, with a reason that everybody whom it concerns reads. */
export class CancelForm extends LightElement {
  static override properties = {
    outing: { attribute: false },
    reason: { state: true },
    wrong: { state: true },
  };

  declare outing: Outing;
  declare private reason: string;
  declare private wrong: string | undefined;
  private readonly cancelling = new Task(this);

  constructor() {
    super();
    this.reason = '';
    this.wrong = undefined;
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="cancel">
      <h2 class="section-title" id="cancel">${t('lead.cancel')}</h2>
      <p class="section-text">${t('lead.cancel_text')}</p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.cancel();
        }}
      >
        ${formError(this.cancelling.error, ['reason'])}
        ${areaField({
          name: 'reason',
          label: t('lead.cancel_reason'),
          value: this.reason,
          maxLength: 500,
          required: true,
          error: this.wrong ?? this.cancelling.fields['reason'],
          onInput: (value) => {
            this.reason = value;
            this.wrong = undefined;
          },
        })}
        ${submitButton(t('lead.cancel_go'), this.cancelling.busy, true)}
      </form>
    </section>`;
  }

  private async cancel(): Promise<void> {
    if (this.cancelling.busy) return;
    const { id } = this.outing;
    const reason = this.reason.trim();
    this.wrong = missing({ reason })['reason'];
    if (this.wrong) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const yes = await ask({
      title: () => t('lead.cancel_title'),
      text: () => t('lead.cancel_ask'),
      yes: () => t('lead.cancel_go'),
      danger: true,
    });
    if (!yes) return;
    const path = `/api/outings/${id}/cancel`;
    const isDone = await this.cancelling.run(async (signal) => {
      await send<Outing>('POST', path, { reason }, { signal });
    });
    if (!isDone) return;
    say(() => t('lead.cancelled'));
    this.dispatchEvent(new CustomEvent('cancelled'));
  }
}

customElements.define('cancel-form', CancelForm);
