import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { send } from '../../api/client';
import { areaField, formError, submitButton } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { t } from '../../i18n/areas/hosts';
import type { Briefing } from '../../outings/types';
import { Task } from '../../state/task';

type Answer = 'yes' | 'no';

/** `<answer-form>`: yes or no, and a word; until the outing starts, as often as one changes one's mind. */
export class AnswerForm extends LightElement {
  static override properties = {
    token: { attribute: false },
    briefing: { attribute: false },
    answer: { state: true },
    message: { state: true },
    isMissing: { state: true },
  };

  declare token: string;
  declare briefing: Briefing;
  declare private answer: Answer | null;
  declare private message: string | null;
  declare private isMissing: boolean;
  private readonly sending = new Task(this);

  constructor() {
    super();
    this.answer = null;
    this.message = null;
    this.isMissing = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('token')) {
      this.answer = null;
      this.message = null;
    }
  }

  protected override render(): TemplateResult {
    const { may_answer, answer, answered_at } = this.briefing;
    return html`<section class="section" aria-labelledby="answer">
      <h2 class="section-title" id="answer">${t('hosts.answer')}</h2>
      ${
        answer
          ? html`<div class="notice notice-done" role="status" data-answered=${answer}>
              ${icon('check')}
              <span
                >${t(answer === 'yes' ? 'hosts.answered_yes' : 'hosts.answered_no')}
                ${answered_at ? moment(answered_at) : nothing}</span
              >
            </div>`
          : nothing
      }
      ${may_answer ? this.form() : html`<p>${t('hosts.closed')}</p>`}
    </section>`;
  }

  private form(): TemplateResult {
    const { answer, message } = this.briefing;
    const chosen = this.answer ?? answer ?? null;
    return html`<p class="section-text">${t('hosts.answer_text')}</p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.send(chosen);
        }}
      >
        ${formError(this.sending.error, ['message'])}
        <fieldset class="host-choices" aria-describedby=${this.isMissing ? 'choose' : nothing}>
          <legend class="visually-hidden">${t('hosts.answer')}</legend>
          ${(['yes', 'no'] as const).map(
            (value) =>
              html`<label class="check host-choice">
                <input
                  type="radio"
                  name="answer"
                  .value=${value}
                  .checked=${value === chosen}
                  aria-invalid=${this.isMissing ? 'true' : nothing}
                  @change=${() => {
                    this.answer = value;
                    this.isMissing = false;
                  }}
                />
                <span>${t(value === 'yes' ? 'hosts.yes' : 'hosts.no')}</span>
              </label>`,
          )}
          ${
            this.isMissing
              ? html`<p class="field-error" id="choose">${icon('warning')}${t('hosts.choose')}</p>`
              : nothing
          }
        </fieldset>
        ${areaField({
          name: 'message',
          label: t('hosts.message'),
          help: t('hosts.message_help'),
          error: this.sending.fields['message'],
          value: this.message ?? message ?? '',
          maxLength: 500,
          onInput: (value) => {
            this.message = value;
          },
        })}
        ${submitButton(t(answer ? 'hosts.change' : 'hosts.send'), this.sending.busy)}
      </form>`;
  }

  private async send(answer: Answer | null): Promise<void> {
    if (this.sending.busy) return;
    this.isMissing = answer === null;
    if (answer === null) return;
    const message = (this.message ?? this.briefing.message ?? '').trim();
    const path = `/api/hosts/${this.token}`;
    const body = { answer, message };
    if (!(await this.sending.run((signal) => send('POST', path, body, { signal })))) return;
    this.answer = null;
    this.message = null;
    say(() => t('hosts.sent'));
    this.dispatchEvent(new CustomEvent('answered'));
  }
}

customElements.define('answer-form', AnswerForm);
