import { html, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import type { Grant, Role } from '../../api/types';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  selectField,
  submitButton,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { GRANTABLE, roleCan, roleName, SENSITIVE } from '../../format/access';
import { t } from '../../i18n/areas/people';
import { Task } from '../../state/task';
import { changed } from './model';

/** `<request-role>`: asks for a role for somebody, with the reason that the approver reads. */
export class RequestRole extends LightElement {
  static override properties = { account: { attribute: false }, held: { attribute: false } };

  declare account: string;
  /** The roles that they have or wait for. */
  declare held: readonly Role[];
  private wanted = '';
  private reason = '';
  private wrong: FieldErrors = {};
  private readonly asking = new Task<Grant>(this);

  constructor() {
    super();
    this.held = [];
  }

  protected override render(): TemplateResult {
    const errors = { ...this.wrong, ...this.asking.fields };
    const chosen = GRANTABLE.find((role) => role === this.wanted);
    return html`<section class="section" aria-labelledby="request">
      <h2 class="section-title" id="request">${t('people.request')}</h2>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.submit();
        }}
      >
        ${formError(this.asking.error, ['role', 'reason'])}
        ${selectField({
          name: 'role',
          label: t('people.grant_role'),
          error: errors['role'],
          value: this.wanted,
          options: [
            { value: '', label: t('people.choose_role') },
            ...GRANTABLE.map((role) => ({
              value: role,
              label: roleName(role),
              disabled: this.held.includes(role),
            })),
          ],
          onInput: (value) => {
            this.wanted = value;
            this.requestUpdate();
          },
        })}
        <p class="section-text" role="status">
          ${
            chosen
              ? html`${roleCan(chosen)}<br />${t(
                    SENSITIVE.includes(chosen)
                      ? 'people.request_sensitive'
                      : 'people.request_at_once',
                  )}`
              : ''
          }
        </p>
        ${areaField({
          name: 'reason',
          label: t('people.request_reason'),
          help: t('people.request_reason_help'),
          error: errors['reason'],
          value: this.reason,
          maxLength: 500,
          onInput: (value) => {
            this.reason = value;
          },
        })}
        ${submitButton(t('people.request_submit'), this.asking.busy)}
      </form>
    </section>`;
  }

  private async submit(): Promise<void> {
    if (this.asking.busy) return;
    const { account, wanted: role, reason } = this;
    this.wrong = missing({ role, reason });
    this.requestUpdate();
    if (
      Object.keys(this.wrong).length === 0 &&
      (await this.asking.run(() => send('POST', '/api/grants', { account, role, reason })))
    ) {
      const waits = this.asking.value?.state === 'pending';
      [this.wanted, this.reason] = ['', ''];
      say(() => t(waits ? 'people.requested' : 'people.granted'));
      changed();
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('request-role', RequestRole);
