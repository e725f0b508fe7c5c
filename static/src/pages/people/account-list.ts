import { html, nothing, type TemplateResult } from 'lit';
import type { Account, Accounts } from '../../api/types';
import { type Column, dataTable } from '../../components/data-table';
import { selectField, textField } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty, paged } from '../../components/lists';
import { moment } from '../../components/moment';
import { accountState, GRANTABLE, roleName, roleNames } from '../../format/access';
import { t } from '../../i18n/areas/people';
import { may, me } from '../../shell/session';
import { Watch } from '../../state/store';
import { Pages } from '../../state/task';
import { askForSlips } from './make-slips';
import { peopleStore } from './model';

/** Whether an account can be given an activation link. */
export const canActivate = ({ state }: Account): boolean => state === 'new' || state === 'active';

/** `<account-list>`: accounts, found by number, name and role. */
export class AccountList extends LightElement {
  private readonly accounts = new Pages<Account, Accounts>(this, ({ accounts }) => accounts);
  private text = '';
  private wanted = '';
  private readonly selected = new Map<string, Account>();
  private seen = peopleStore.state.changes;

  constructor() {
    super();
    new Watch(this, peopleStore, ({ changes }) => [changes]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.search();
  }

  protected override willUpdate(): void {
    const { changes } = peopleStore.state;
    if (changes === this.seen) return;
    this.seen = changes;
    void this.search();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="accounts">
      <h2 class="section-title" id="accounts">${t('people.accounts')}</h2>
      ${this.form()}
      ${paged(this.accounts, t('people.accounts_failed'), (accounts) =>
        accounts.length === 0 ? empty(t('people.none')) : this.table(accounts),
      )}
      ${this.selected.size > 0 ? this.bar() : nothing}
    </section>`;
  }

  /** Names are found only by those who see them. */
  private get seesNames(): boolean {
    return me()?.roles.some((role) => role === 'hr' || role === 'manager') ?? false;
  }

  private form(): TemplateResult {
    return html`<form
      class="form-row"
      role="search"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.search();
      }}
    >
      ${textField({
        name: 'q',
        type: 'search',
        label: t(this.seesNames ? 'people.search' : 'people.search_number'),
        value: this.text,
        onInput: (value) => {
          this.text = value;
        },
      })}
      ${selectField({
        name: 'role-filter',
        label: t('people.role'),
        value: this.wanted,
        options: [
          { value: '', label: t('people.any_role') },
          ...GRANTABLE.map((role) => ({ value: role, label: roleName(role) })),
        ],
        onInput: (value) => {
          this.wanted = value;
          void this.search();
        },
      })}
      <button type="submit" class="button">${icon('search')}${t('people.find')}</button>
    </form>`;
  }

  private table(accounts: readonly Account[]): TemplateResult {
    const columns: (Column<Account> | null)[] = [
      {
        label: t('people.number'),
        isName: true,
        cell: ({ id, login }) => html`<a class="row-link" href="#account=${id}">${login}</a>`,
      },
      this.seesNames ? { label: t('people.name'), cell: ({ name }) => name ?? '' } : null,
      { label: t('people.state'), cell: ({ state }) => this.state(state) },
      { label: t('people.roles'), cell: ({ roles }) => roleNames(roles) },
      {
        label: t('people.seen'),
        cell: ({ last_seen_at: at }) => (at ? moment(at) : t('people.never')),
      },
      may('write_accounts')
        ? {
            label: t('people.slips'),
            isAction: true,
            cell: (account) => (canActivate(account) ? this.select(account) : nothing),
          }
        : null,
    ];
    return dataTable<Account>({
      caption: t('people.accounts'),
      rows: accounts,
      key: ({ id }) => id,
      isCurrent: ({ id }) => this.selected.has(id),
      columns: columns.filter((column) => column !== null),
    });
  }

  private state(state: Account['state']): TemplateResult {
    const tone = { new: 'badge-key', active: '', disabled: 'badge-warning', left: 'badge-warning' };
    return html`<span class="badge ${tone[state] || 'badge-plain'}">${accountState(state)}</span>`;
  }

  private select(account: Account): TemplateResult {
    const { id, login } = account;
    return html`<label class="check check-row">
      <input
        type="checkbox"
        aria-label="${t('people.select')}: ${login}"
        .checked=${this.selected.has(id)}
        @change=${({ target }: Event) => {
          if ((target as HTMLInputElement).checked) this.selected.set(id, account);
          else this.selected.delete(id);
          this.requestUpdate();
        }}
      />
      <span>${t('people.select')}</span>
    </label>`;
  }

  private bar(): TemplateResult {
    return html`<div class="select-bar">
      <p role="status">${t('people.selected', { count: this.selected.size })}</p>
      <button type="button" class="button button-primary" @click=${() => void this.makeSlips()}>
        ${t('people.links')}
      </button>
    </div>`;
  }

  private async makeSlips(): Promise<void> {
    if (!(await askForSlips([...this.selected.values()]))) return;
    this.selected.clear();
    this.requestUpdate();
  }

  private async search(): Promise<void> {
    const query = new URLSearchParams();
    if (this.text.trim()) query.set('q', this.text.trim());
    if (this.wanted) query.set('role', this.wanted);
    await this.accounts.start(`/api/accounts${query.size > 0 ? `?${query}` : ''}`);
  }
}

customElements.define('account-list', AccountList);
