import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import type { AccountDetail as Detail } from '../../api/types';
import { ask } from '../../components/dialog';
import { failureText } from '../../components/failure';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { accountState, methodName, roleNames } from '../../format/access';
import { t } from '../../i18n/areas/people';
import { may, me } from '../../shell/session';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import { canActivate } from './account-list';
import { grantTable } from './grants';
import { askForSlips } from './make-slips';
import { changed, peopleStore } from './model';
import './request-role';

/** `<account-detail>`: one account, its roles, and what can be done with it. */
export class AccountDetail extends LightElement {
  static override properties = { account: { attribute: false } };

  declare account: string;
  private readonly detail = new Task<Detail>(this);
  private readonly changing = new Task(this);
  private seen = peopleStore.state.changes;

  constructor() {
    super();
    new Watch(this, peopleStore, ({ changes }) => [changes]);
  }

  protected override willUpdate(properties: PropertyValues<this>): void {
    const { changes } = peopleStore.state;
    if (properties.has('account')) this.detail.value = null;
    if (properties.has('account') || changes !== this.seen) {
      this.seen = changes;
      void this.load();
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="people-lists no-print">
      ${loaded(
        this.detail,
        t('people.accounts_failed'),
        () => void this.load(),
        (detail) => html`${this.facts(detail)} ${this.roles(detail)}`,
      )}
    </div>`;
  }

  private facts(detail: Detail): TemplateResult {
    const { login, name, state, on_roster: onRoster, last_seen_at: seen } = detail;
    const ways = [
      detail.has_password ? methodName('password') : '',
      detail.has_identity ? methodName('oidc') : '',
    ].filter(Boolean);
    return html`<section class="section" aria-labelledby="account">
      <h2 class="section-title" id="account">${t('people.detail', { login })}</h2>
      <dl class="facts">
        ${
          name
            ? html`<dt>${t('people.name')}</dt>
                <dd>${name}</dd>`
            : nothing
        }
        <dt>${t('people.state')}</dt>
        <dd>${accountState(state)}${onRoster ? nothing : html` (${t('people.off_roster')})`}</dd>
        <dt>${t('people.roles')}</dt>
        <dd>${roleNames(detail.roles)}</dd>
        <dt>${t('people.sign_in_by')}</dt>
        <dd>${ways.length > 0 ? ways.join(t('text.separator')) : t('people.no_way')}</dd>
        <dt>${t('people.seen')}</dt>
        <dd>${seen ? moment(seen) : t('people.never')}</dd>
      </dl>
      ${may('write_accounts') ? this.actions(detail) : nothing}
    </section>`;
  }

  private actions(detail: Detail): TemplateResult {
    const { id, state } = detail;
    return html`<div class="button-row">
      ${
        canActivate(detail)
          ? html`<button
              type="button"
              class="button button-primary"
              @click=${() => void askForSlips([detail])}
            >
              ${t('people.link')}
            </button>`
          : nothing
      }
      ${
        state === 'disabled'
          ? html`<button
              type="button"
              class="button"
              @click=${() => void this.set(detail, 'enable')}
            >
              ${t('people.enable')}
            </button>`
          : id === me()?.account
            ? nothing
            : html`<button
                type="button"
                class="button"
                @click=${() => void this.set(detail, 'disable')}
              >
                ${t('people.disable')}
              </button>`
      }
    </div>`;
  }

  private roles({ id, state, grants }: Detail): TemplateResult {
    return html`<section class="section" aria-labelledby="roles">
        <h2 class="section-title" id="roles">${t('people.roles')}</h2>
        ${grants.length > 0 ? grantTable(t('people.roles'), grants) : empty(t('people.no_grants'))}
      </section>
      ${
        may('write_grants') && state !== 'left'
          ? html`<request-role
              .account=${id}
              .held=${grants.map(({ role }) => role)}
            ></request-role>`
          : nothing
      }`;
  }

  private load(): Promise<boolean> {
    return this.detail.run((signal) =>
      get(`/api/accounts/${encodeURIComponent(this.account)}`, signal),
    );
  }

  private async set({ id, login }: Detail, step: 'disable' | 'enable'): Promise<void> {
    const off = step === 'disable';
    const yes = await ask({
      title: () => t(off ? 'people.disable_title' : 'people.enable_title', { login }),
      text: () => t(off ? 'people.disable_text' : 'people.enable_text'),
      yes: () => t(off ? 'people.disable' : 'people.enable'),
      danger: off,
    });
    if (!yes) return;
    const path = `/api/accounts/${encodeURIComponent(id)}/${step}`;
    if (await this.changing.run(() => send('POST', path))) {
      say(() => t(off ? 'people.disabled' : 'people.enabled'));
    } else {
      const { error } = this.changing;
      if (error) say(() => failureText(error), 'error');
    }
    changed();
  }
}

customElements.define('account-detail', AccountDetail);
