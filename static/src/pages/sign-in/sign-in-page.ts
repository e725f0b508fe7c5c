import { html, nothing, type TemplateResult } from 'lit';
import { type ApiError, type FieldErrors, send } from '../../api/client';
import type { Me, Persona } from '../../api/types';
import {
  focusFirstError,
  formError,
  missing,
  submitButton,
  textField,
} from '../../components/form';
import '../../components/password-field';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { isLanguage, language, pick, setLanguage } from '../../i18n';
import { t } from '../../i18n/areas/sign-in';
import { PageElement } from '../../shell/page-element';
import { returnTo } from '../../shell/return-to';
import { go, loadSession, sessionStore } from '../../shell/session';
import { Task } from '../../state/task';
import { personaTexts } from './personas';
import { signOnProblem } from './problems';

/** `<sign-in-page>`: by number and password, by single sign-on, or as one of the demo's people. */
export class SignInPage extends PageElement {
  protected readonly needs = null;
  private login = '';
  private password = '';
  private wrong: FieldErrors = {};
  private readonly signingIn = new Task(this);

  protected override heading(): string {
    return t('sign_in.title');
  }

  protected override content(who: Me | null): TemplateResult {
    const session = sessionStore.state.session;
    const personas = session?.personas ?? [];
    return html`
      <div class="page-narrow">
        ${who && !this.signingIn.busy ? this.already(who) : this.notLetIn()}
        <p class="page-lead">${t('sign_in.lead')}</p>
        ${session?.single_sign_on ? this.singleSignOn(session.single_sign_on) : nothing}
        ${session?.password ? this.form() : nothing}
      </div>
      ${personas.length > 0 ? this.demo(personas) : nothing}
    `;
  }

  private already({ name }: Me): TemplateResult {
    return html`<div class="notice">
      ${icon('person')}<span>${t('sign_in.already', { name })}</span>
      <a class="button button-small" href=${returnTo(location.search)}>${t('sign_in.go_on')}</a>
    </div>`;
  }

  /** Why the single sign-on, which leads back here, did not let somebody in. */
  private notLetIn(): TemplateResult | typeof nothing {
    const problem = signOnProblem(location.search);
    if (!problem) return nothing;
    return html`<div role="alert">
      <div class="notice notice-error">${icon('warning')}<span>${pick(problem)}</span></div>
    </div>`;
  }

  private singleSignOn(name: string): TemplateResult {
    const back = encodeURIComponent(returnTo(location.search));
    return html`<a class="button button-primary" href="/auth/oidc/start?return_to=${back}"
        >${t('sign_in.sso', { name })}</a
      >
      <h2 class="section-title">${t('sign_in.or_password')}</h2>`;
  }

  private form(): TemplateResult {
    const { error, busy } = this.signingIn;
    return html`<form
      class="form"
      method="post"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.signIn(new FormData(event.target as HTMLFormElement));
      }}
    >
      ${error?.kind === 'signed_out' ? this.wrongPair() : formError(error, [])}
      ${textField({
        name: 'login',
        label: t('sign_in.number'),
        help: t('sign_in.number_help'),
        error: this.wrong['login'],
        value: this.login,
        autocomplete: 'username',
        onInput: (value) => {
          this.login = value;
        },
      })}
      <password-field
        label=${t('sign_in.password')}
        error=${this.wrong['password'] ?? nothing}
        .value=${this.password}
        @typed=${(event: CustomEvent<string>) => {
          this.password = event.detail;
        }}
      ></password-field>
      ${submitButton(t('sign_in.submit'), busy)}
      <p class="section-text">${t('sign_in.forgotten')}</p>
      ${this.contact()}
    </form>`;
  }

  private contact(): TemplateResult | typeof nothing {
    const { session } = sessionStore.state;
    const [ja, en] = [session?.support_contact, session?.support_contact_en];
    const contact = language() === 'en' ? (en ?? ja) : (ja ?? en);
    if (!contact) return nothing;
    return html`<p class="section-text" lang=${langOf(contact)}>
      ${t('sign_in.contact', { contact })}
    </p>`;
  }

  private wrongPair(): TemplateResult {
    return html`<div role="alert">
      <div class="notice notice-error">${icon('warning')}<span>${t('sign_in.wrong')}</span></div>
    </div>`;
  }

  private demo(personas: readonly Persona[]): TemplateResult {
    return html`<section class="section" aria-labelledby="personas">
      <h2 class="section-title" id="personas">${t('sign_in.personas')}</h2>
      <p class="section-text">${t('sign_in.personas_lead')}</p>
      <ul class="personas">
        ${personas.map((persona) => {
          const { name, can } = personaTexts(persona);
          return html`<li>
            <button
              type="button"
              class="persona"
              aria-describedby="persona-${persona}"
              @click=${() => void this.signInAs(persona)}
            >
              ${icon('person')}<strong>${name}</strong>
            </button>
            <p class="section-text" id="persona-${persona}">${can}</p>
          </li>`;
        })}
      </ul>
    </section>`;
  }

  private async signIn(form: FormData): Promise<void> {
    if (this.signingIn.busy) return;
    // As the fields are: a password manager may have filled them in without a word to us.
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const [login, password] = [text('login'), text('password')];
    [this.login, this.password] = [login, password];
    this.wrong = missing({ login, password });
    if (Object.keys(this.wrong).length > 0) {
      this.requestUpdate();
      await this.rendered();
      focusFirstError(this);
      return;
    }
    await this.finish(() => send('POST', '/api/sign-in', { login: login.trim(), password }));
  }

  private async signInAs(persona: Persona): Promise<void> {
    if (!this.signingIn.busy) {
      await this.finish(() => send('POST', '/api/demo/sign-in', { persona }));
    }
  }

  private async finish(job: () => Promise<void>): Promise<void> {
    const done = await this.signingIn.run(async () => {
      await job();
      const chosen = (await loadSession())?.me?.language;
      // Whoever used this device before may have read another language.
      if (isLanguage(chosen)) void setLanguage(chosen);
      go(returnTo(location.search));
    });
    if (!done) await this.failed(this.signingIn.error);
  }

  private async failed(error: ApiError | null): Promise<void> {
    if (error?.kind === 'signed_out') this.password = '';
    this.requestUpdate();
    await this.rendered();
    this.querySelector<HTMLElement>('#field-password')?.focus();
  }

  /** The page with its fields, which render a moment later. */
  private async rendered(): Promise<void> {
    await this.updateComplete;
    await this.querySelector('password-field')?.updateComplete;
  }
}

customElements.define('sign-in-page', SignInPage);
