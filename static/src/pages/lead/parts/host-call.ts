import { html, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import { areaField, formError, submitButton } from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/lead';
import type { Outing } from '../../../outings/types';
import { Task } from '../../../state/task';

type Host = Outing['hosts'][number];
type Answer = 'yes' | 'no';

/** `<host-call>`: what a host said on the telephone is written down. */
export class HostCall extends LightElement {
  static override properties = {
    outing: {},
    host: { attribute: false },
    answer: { state: true },
    message: { state: true },
  };

  /** The outing's id. */
  declare outing: string;
  declare host: Host;
  declare private answer: Answer;
  declare private message: string;
  private readonly saving = new Task(this);

  constructor() {
    super();
    this.answer = 'yes';
    this.message = '';
  }

  protected override render(): TemplateResult {
    const { id } = this.host;
    return html`<details class="host-call">
      <summary>${t('lead.host_phone')}</summary>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.save();
        }}
      >
        ${formError(this.saving.error, ['message'])}
        <fieldset class="choices">
          <legend class="field-label">${t('lead.host_answer')}</legend>
          ${(['yes', 'no'] as const).map(
            (value) =>
              html`<label class="check">
                <input
                  type="radio"
                  name="answer-${id}"
                  .value=${value}
                  .checked=${value === this.answer}
                  @change=${() => {
                    this.answer = value;
                  }}
                />
                <span>${t(value === 'yes' ? 'lead.host_yes' : 'lead.host_no')}</span>
              </label>`,
          )}
        </fieldset>
        ${areaField({
          name: `message-${id}`,
          label: t('lead.host_message'),
          help: t('lead.host_message_help'),
          error: this.saving.fields['message'],
          value: this.message,
          maxLength: 500,
          onInput: (value) => {
            this.message = value;
          },
        })}
        ${submitButton(t('lead.host_save'), this.saving.busy)}
      </form>
    </details>`;
  }

  private async save(): Promise<void> {
    const { answer, host, message } = this;
    if (this.saving.busy) return;
    const path = `/api/outings/${this.outing}/hosts/${host.id}/answer`;
    const body = { answer, message: message.trim() };
    if (!(await this.saving.run((signal) => send('PUT', path, body, { signal })))) return;
    this.message = '';
    this.querySelector('details')?.removeAttribute('open');
    say(() => t('lead.host_saved', { name: host.name }));
    this.dispatchEvent(new CustomEvent('changed'));
  }
}

customElements.define('host-call', HostCall);
