import { html, type TemplateResult } from 'lit';
import { ANSWERS } from '../../activation/answers';
import { drawStanding } from '../../activation/signs';
import type { RollAnswer, RollRow } from '../../activation/types';
import { standingName } from '../../activation/words';
import { type FieldErrors, send } from '../../api/client';
import { DialogForm } from '../../components/dialog-form';
import { areaField, textField } from '../../components/form';
import { icon } from '../../components/icon';
import { t } from '../../i18n/areas/activations';
import { newId } from '../../outbox/uuid';
import { phoneBody } from './bodies';
import { personText } from './words';

const LONGEST_NOTE = 500;

/** `<phone-answer>`: the registrar enters what somebody said by phone. */
export class PhoneAnswer extends DialogForm {
  static override properties = {
    ...DialogForm.properties,
    activation: {},
    row: { attribute: false },
    answer: { state: true },
  };

  declare activation: string;
  declare row: RollRow;
  declare private answer: RollAnswer | null;
  protected readonly shown = ['answer', 'answered_at', 'note'];
  private time = '';
  private note = '';
  /** One for all tries, with the moment of the first: what is sent twice is entered once. */
  private sent: { id: string; at: number; as: string } | null = null;

  constructor() {
    super();
    this.answer = null;
  }

  protected override heading(): string {
    return t('activations.phone_of', { who: personText(this.row) });
  }

  protected override yes(): string {
    return t('activations.save');
  }

  protected override fields(): TemplateResult {
    const error = this.errorOf('answer');
    return html`<fieldset class="card" aria-describedby="phone-answer-error">
        <legend>${t('activations.phone_said')}</legend>
        ${ANSWERS.map(
          (answer) =>
            html`<label class="check">
              <input
                type="radio"
                name="phone-answer"
                value=${answer}
                .checked=${answer === this.answer}
                aria-invalid=${error ? 'true' : 'false'}
                @change=${() => {
                  this.answer = answer;
                  this.wrong = {};
                }}
              />
              ${drawStanding(answer)}<span>${standingName(answer)}</span>
            </label>`,
        )}
        <p class="field-error" id="phone-answer-error" ?hidden=${!error}>
          ${icon('warning')}${error}
        </p>
      </fieldset>
      ${textField({
        name: 'phone-time',
        label: t('activations.phone_time'),
        help: t('activations.phone_time_help'),
        error: this.errorOf('answered_at'),
        type: 'time',
        value: this.time,
        onInput: (time) => {
          this.time = time;
        },
      })}
      ${areaField({
        name: 'phone-note',
        label: t('activations.note'),
        help: t('activations.note_help'),
        error: this.errorOf('note'),
        value: this.note,
        rows: 2,
        maxLength: LONGEST_NOTE,
        onInput: (note) => {
          this.note = note;
        },
      })}`;
  }

  protected override check(): FieldErrors {
    return this.answer ? {} : { answer: t('activations.phone_choose') };
  }

  protected override store(signal: AbortSignal): Promise<unknown> {
    const { answer, row, time, note } = this;
    if (!answer) throw new RangeError('an answer that was checked');
    const as = JSON.stringify([answer, time, note]);
    if (this.sent?.as !== as) this.sent = { id: newId(), at: Date.now(), as };
    const { id, at } = this.sent;
    const body = phoneBody(id, row.residency_id, answer, { time, note }, at);
    return send('POST', `/api/activations/${this.activation}/answers`, body, { signal });
  }
}

customElements.define('phone-answer', PhoneAnswer);
