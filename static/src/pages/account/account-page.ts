import { html, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import type { Me } from '../../api/types';
import { formError, selectField, submitButton } from '../../components/form';
import { say } from '../../components/messages';
import { methodName, roleCan, roleName } from '../../format/access';
import { forgetLanguage, isLanguage, LANGUAGES, preferredLanguage, setLanguage } from '../../i18n';
import { t } from '../../i18n/areas/account';
import { PageElement } from '../../shell/page-element';
import { Task } from '../../state/task';
import './change-password';
import './my-sessions';
import './my-views';

/** `<account-page>`: who one is here, in which language, where signed in, and who looked. */
export class AccountPage extends PageElement {
  protected readonly needs = ['read_me'];
  private readonly saving = new Task(this);
  private readonly details = new Task<Me>(this);
  private chosen: string | null = null;

  protected override heading(): string {
    return t('account.title');
  }

  protected override enter(): void {
    void this.details.run((signal) => get('/api/me', signal));
  }

  protected override content(who: Me | null): TemplateResult {
    if (!who) return html``;
    return html`
      ${this.facts(who)} ${this.language(who)}
      <my-sessions></my-sessions>
      ${who.method === 'password' ? html`<change-password login=${who.login}></change-password>` : ''}
      <my-views></my-views>
    `;
  }

  private facts(who: Me): TemplateResult {
    // Not asked for by other pages, which can do without.
    const department = this.details.value?.department_name;
    return html`<section class="section" aria-labelledby="who">
      <h2 class="section-title" id="who">${t('account.who')}</h2>
      <dl class="facts">
        <dt>${t('account.name')}</dt>
        <dd>${who.name}</dd>
        <dt>${t('account.number')}</dt>
        <dd>${who.login}</dd>
        ${
          department
            ? html`<dt>${t('account.department')}</dt>
                <dd>${department}</dd>`
            : ''
        }
        <dt>${t('account.roles')}</dt>
        <dd>
          <ul class="bullets">
            ${who.roles.map(
              (role) =>
                html`<li>
                  <strong>${roleName(role)}</strong>
                  <span class="section-text">${roleCan(role)}</span>
                </li>`,
            )}
          </ul>
        </dd>
        <dt>${t('account.method')}</dt>
        <dd>${methodName(who.method)}</dd>
      </dl>
      <p class="section-text">${t('account.who_help')}</p>
    </section>`;
  }

  private language({ language }: Me): TemplateResult {
    return html`<section class="section" aria-labelledby="language">
      <h2 class="section-title" id="language">${t('account.language')}</h2>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.save(this.chosen ?? language ?? '');
        }}
      >
        ${formError(this.saving.error)}
        <div class="form-row">
          ${selectField({
            name: 'language',
            label: t('account.language_field'),
            value: this.chosen ?? language ?? '',
            options: [
              { value: '', label: t('account.language_browser') },
              ...LANGUAGES.map(({ id, name }) => ({ value: id, label: name })),
            ],
            onInput: (value) => {
              this.chosen = value;
            },
          })}
          ${submitButton(t('account.save'), this.saving.busy)}
        </div>
        <p class="section-text">${t('account.language_help')}</p>
      </form>
    </section>`;
  }

  private async save(chosen: string): Promise<void> {
    if (this.saving.busy) return;
    const language = isLanguage(chosen) ? chosen : null;
    if (!(await this.saving.run(() => send('PATCH', '/api/me', { language })))) return;
    if (language) await setLanguage(language);
    else {
      forgetLanguage();
      await setLanguage(preferredLanguage(), { remember: false });
    }
    say(() => t('account.language_saved'));
  }
}

customElements.define('account-page', AccountPage);
