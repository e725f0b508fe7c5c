import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../api/client';
import {
  areaField,
  focusFirstError,
  formError,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { today } from '../../format/dates';
import { type Key, t } from '../../i18n/areas/training';
import { Task } from '../../state/task';
import { type Exemption, type ExemptionKind, kindsOf, type Obligation } from './model';

const KINDS: Record<ExemptionKind, Key> = {
  exempt: 'training.kind_exempt',
  deferred: 'training.kind_deferred',
  desk: 'training.kind_desk',
};

/** The words for what is asked for. */
export const kindWords = (kind: ExemptionKind): string => t(KINDS[kind]);

/** `<ask-form>`: asks HR to be exempt, for more time, or to have study at a desk count. Says `asked` once it is sent. */
export class AskForm extends LightElement {
  static override properties = { obligation: { attribute: false }, year: { attribute: false } };

  declare obligation: Obligation;
  declare year: number;
  private kind: ExemptionKind = 'exempt';
  private until = '';
  private day = '';
  private reason = '';
  private readonly sending = new Task<Exemption>(this);

  protected override render(): TemplateResult {
    const { fields, error, busy } = this.sending;
    const id = this.obligation.programme_id;
    return html`<details class="training-ask">
      <summary>${t('training.ask')}</summary>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          if (!busy) void this.submit();
        }}
      >
        <p class="section-text">${t('training.ask_lead')}</p>
        ${selectField({
          name: `kind-${id}`,
          label: t('training.kind'),
          value: this.kind,
          error: fields['kind'],
          options: kindsOf(this.obligation).map((kind) => ({
            value: kind,
            label: kindWords(kind),
          })),
          onInput: (value) => {
            this.kind = value as ExemptionKind;
            this.requestUpdate();
          },
        })}
        ${
          this.kind === 'deferred'
            ? textField({
                name: `until-${id}`,
                label: t('training.until'),
                type: 'date',
                required: true,
                value: this.until,
                min: today(),
                max: `${String(this.year + 1)}-03-31`,
                error: fields['until'],
                onInput: (value) => {
                  this.until = value;
                },
              })
            : nothing
        }
        ${
          this.kind === 'desk'
            ? textField({
                name: `day-${id}`,
                label: t('training.day'),
                type: 'date',
                required: true,
                value: this.day,
                max: today(),
                error: fields['day'],
                onInput: (value) => {
                  this.day = value;
                },
              })
            : nothing
        }
        ${areaField({
          name: `reason-${id}`,
          label: t('training.reason'),
          help: t('training.reason_help'),
          required: true,
          value: this.reason,
          maxLength: 1000,
          error: fields['reason'],
          onInput: (value) => {
            this.reason = value;
          },
        })}
        ${formError(error, ['kind', 'until', 'day', 'reason'])}
        ${submitButton(t('training.send'), busy)}
      </form>
    </details>`;
  }

  private async submit(): Promise<void> {
    const body = {
      programme_id: this.obligation.programme_id,
      fiscal_year: this.year,
      kind: this.kind,
      reason: this.reason,
      ...(this.kind === 'deferred' && this.until ? { until: this.until } : {}),
      ...(this.kind === 'desk' && this.day ? { day: this.day } : {}),
    };
    const done = await this.sending.run((signal) =>
      send<Exemption>('POST', '/api/me/exemptions', body, { signal }),
    );
    if (!done) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    this.reason = '';
    say(() => t('training.sent'));
    this.dispatchEvent(new CustomEvent('asked', { bubbles: true }));
  }
}

customElements.define('ask-form', AskForm);
