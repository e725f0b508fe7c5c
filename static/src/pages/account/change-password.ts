import { html, nothing, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import { formError, missing, submitButton } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import {
  checkNewPassword,
  NEW_PASSWORD_FIELDS,
  newPasswordFields,
  showErrors,
} from '../../components/new-password';
import { t } from '../../i18n/areas/account';
import { Task } from '../../state/task';

/** `<change-password>`: the present password and a new one. */
export class ChangePassword extends LightElement {
  static override properties = { login: {} };

  declare login: string;
  private present = '';
  private value = { password: '', again: '' };
  private wrong: FieldErrors = {};
  private readonly changing = new Task(this);

  protected override render(): TemplateResult {
    const errors = { ...this.wrong, ...this.changing.fields };
    return html`<section class="section" aria-labelledby="change-password">
      <h2 class="section-title" id="change-password">${t('account.password')}</h2>
      <p class="section-text">${t('account.password_help')}</p>
      <form
        class="form"
        method="post"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.submit();
        }}
      >
        ${formError(this.changing.error, ['present', ...NEW_PASSWORD_FIELDS])}
        <input
          class="visually-hidden"
          type="text"
          name="username"
          autocomplete="username"
          .value=${this.login}
          readonly
          tabindex="-1"
          aria-hidden="true"
        />
        <password-field
          name="present"
          label=${t('account.password_present')}
          error=${errors['present'] ?? nothing}
          .value=${this.present}
          @typed=${({ detail }: CustomEvent<string>) => {
            this.present = detail;
          }}
        ></password-field>
        ${newPasswordFields(this.value, errors, (part) => {
          this.value = { ...this.value, ...part };
        })}
        ${submitButton(t('account.password_submit'), this.changing.busy)}
      </form>
    </section>`;
  }

  private async submit(): Promise<void> {
    if (this.changing.busy) return;
    const { present, value } = this;
    this.wrong = { ...missing({ present }), ...checkNewPassword(value) };
    this.requestUpdate();
    if (Object.keys(this.wrong).length === 0) {
      const body = { present, password: value.password };
      if (await this.changing.run(() => send('POST', '/api/me/password', body))) {
        this.present = '';
        this.value = { password: '', again: '' };
        this.requestUpdate();
        say(() => t('account.password_done'));
        return;
      }
    }
    await showErrors(this);
  }
}

customElements.define('change-password', ChangePassword);
