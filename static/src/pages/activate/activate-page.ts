import { html, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import type { Activation } from '../../api/types';
import { failure } from '../../components/failure';
import { formError, submitButton } from '../../components/form';
import { icon } from '../../components/icon';
import { moment } from '../../components/moment';
import {
  checkNewPassword,
  NEW_PASSWORD_FIELDS,
  newPasswordFields,
  showErrors,
} from '../../components/new-password';
import { t } from '../../i18n/areas/activate';
import { PageElement } from '../../shell/page-element';
import { go } from '../../shell/session';
import { Task } from '../../state/task';

/** The link's secret, taken out of the address bar at once: the screen may be shown to others. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, '', location.pathname);
  return token;
}

/** `<activate-page>`: whose link it is, and the password to be set. */
export class ActivatePage extends PageElement {
  protected readonly needs = null;
  private readonly token = takeToken();
  private readonly check = new Task<Activation>(this);
  private readonly setting = new Task(this);
  private value = { password: '', again: '' };
  private wrong: FieldErrors = {};

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.token) this.ask();
  }

  protected override heading(): string {
    return t('activate.title');
  }

  protected override content(): TemplateResult {
    if (!this.token) return this.note(t('activate.no_link'));
    const { value, error } = this.check;
    if (error?.kind === 'missing' || this.setting.error?.kind === 'missing') {
      return this.note(t('activate.unusable'));
    }
    if (error) {
      return failure(t('activate.check_failed'), error, () => {
        this.ask();
      });
    }
    return value
      ? this.form(value)
      : html`<p class="loading" role="status">${t('activate.checking')}</p>`;
  }

  private note(text: string): TemplateResult {
    return html`<div class="notice notice-warning" role="alert">
        ${icon('warning')}<span>${text}</span>
      </div>
      <p><a href="/sign-in">${t('activate.to_sign_in')}</a></p>`;
  }

  private form({ login, expires_at: until }: Activation): TemplateResult {
    const errors = { ...this.wrong, ...this.setting.fields };
    return html`<div class="page-narrow">
      <dl class="facts card">
        <dt>${t('activate.login')}</dt>
        <dd><strong>${login}</strong></dd>
        <dt>${t('activate.until')}</dt>
        <dd>${moment(until)}</dd>
      </dl>
      <p class="section-text">${t('activate.not_you')}</p>
      <p>${t('activate.lead')}</p>
      <form
        class="form"
        method="post"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.submit();
        }}
      >
        ${formError(this.setting.error, NEW_PASSWORD_FIELDS)}
        <input
          class="visually-hidden"
          type="text"
          name="username"
          autocomplete="username"
          .value=${login}
          readonly
          tabindex="-1"
          aria-hidden="true"
        />
        ${newPasswordFields(this.value, errors, (part) => {
          this.value = { ...this.value, ...part };
        })}
        ${submitButton(t('activate.submit'), this.setting.busy)}
      </form>
    </div>`;
  }

  private ask(): void {
    const { token } = this;
    void this.check.run(() => send('POST', '/api/activation/check', { token }));
  }

  private async submit(): Promise<void> {
    if (this.setting.busy) return;
    this.wrong = checkNewPassword(this.value);
    this.requestUpdate();
    if (Object.keys(this.wrong).length === 0) {
      const { token, value } = this;
      const done = await this.setting.run(() =>
        send('POST', '/api/activation', { token, password: value.password }),
      );
      if (done) {
        go('/account');
        return;
      }
    }
    await showErrors(this);
  }
}

customElements.define('activate-page', ActivatePage);
