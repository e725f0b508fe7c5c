import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../components/icon';
import { t } from '../../i18n/areas/people';
import { PageElement } from '../../shell/page-element';
import { may, me } from '../../shell/session';
import './account-detail';
import './account-list';
import './activation-slips';
import './create-account';
import './grant-list';

const OPEN = /^#account=([\w-]+)$/;

/** The account that the address names, if it names one. */
const opened = (): string | null => OPEN.exec(location.hash)?.[1] ?? null;

/** `<people-page>`: who can sign in, and who may do what. */
export class PeoplePage extends PageElement {
  protected readonly needs = ['read_accounts', 'read_grants'];
  private account = opened();

  private readonly moved = (): void => {
    const account = opened();
    if (account === this.account) return;
    const left = this.account;
    this.account = account;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      // Where the reader goes on: at the head of the account, or at the row they came from.
      const link = left ? `a[href="#account=${left}"]` : '';
      const row = left && !account ? this.querySelector<HTMLElement>(link) : null;
      (row ?? this.querySelector<HTMLElement>('#main'))?.focus();
    });
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.moved);
  }

  protected override heading(): string {
    return t('people.title');
  }

  protected override content(): TemplateResult {
    const open = may('read_accounts') ? this.account : null;
    // The list stays as it is, with what was searched for, while an account is open.
    return html`
      <activation-slips></activation-slips>
      ${
        open
          ? html`<p class="no-print">
                <a class="button button-quiet" href="#">${icon('left')}${t('people.back')}</a>
              </p>
              <account-detail .account=${open}></account-detail>`
          : nothing
      }
      <div class="people-lists no-print" ?hidden=${open !== null}>${this.lists()}</div>
    `;
  }

  private lists(): TemplateResult {
    return html`
      ${me()?.roles.some((role) => role === 'hr' || role === 'manager') ? nothing : html`<p class="section-text">${t('people.numbers_only')}</p>`}
      ${may('read_grants') ? html`<grant-list></grant-list>` : nothing}
      ${may('read_accounts') ? html`<account-list></account-list>` : nothing}
      ${may('write_accounts') ? html`<create-account></create-account>` : nothing}
    `;
  }
}

customElements.define('people-page', PeoplePage);
