import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../../api/types';
import { icon } from '../../components/icon';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/outings';
import { type Address, addressOf } from '../../outings/address';
import { keptOutings, type KeptOuting } from '../../outings/kept';
import type { Outing } from '../../outings/types';
import { OfflinePage } from '../../shell/offline-page';
import './parts/outing-detail';
import './parts/outing-list';

/** `<outings-page>`: the outings to choose from, or the one that the address names. */
export class OutingsPage extends OfflinePage {
  static override properties = {
    ...OfflinePage.properties,
    address: { state: true },
    kept: { state: true },
    opened: { state: true },
  };

  protected readonly needs = ['read_outings'];
  declare private address: Address;
  /** The outings on this device. */
  declare private kept: readonly KeptOuting[];
  /** The outing that is open, once it is there. */
  declare private opened: Outing | null;

  constructor() {
    super();
    this.address = addressOf(location.hash);
    this.kept = [];
    this.opened = null;
    void this.look();
  }

  private readonly moved = (): void => {
    const before = this.address.id;
    this.address = addressOf(location.hash);
    if (this.address.id === before) return;
    this.opened = null;
    window.scrollTo(0, 0);
    void this.updateComplete.then(() => {
      // Where the reader goes on: at the head of the outing, or at the card they came from.
      const link = before && this.address.id === null ? `a[href="#${before}"]` : '';
      const card = link ? this.querySelector<HTMLElement>(link) : null;
      (card ?? this.querySelector<HTMLElement>('#main'))?.focus();
    });
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.moved);
  }

  protected override heading(): string {
    return this.opened ? pick(this.opened.title) : t('outings.title');
  }

  protected override content(who: Me | null): TemplateResult {
    const { id } = this.address;
    const account = this.account();
    const kept = this.kept.filter((one) => one.account === account);
    return html`
      ${this.bars(false)} ${this.cannotKeep ? this.warning() : nothing}
      ${
        id
          ? html`<outing-detail
              .outing=${id}
              .who=${who}
              .account=${account}
              .outbox=${this.outbox}
              .kept=${kept.find(({ outing }) => outing.id === id) ?? null}
              @opened=${({ detail }: CustomEvent<Outing>) => {
                this.opened = detail;
              }}
              @kept=${() => void this.look()}
            ></outing-detail>`
          : nothing
      }
      <outing-list
        ?hidden=${id !== null}
        .who=${who}
        .account=${account}
        .kept=${kept}
        @kept=${() => void this.look()}
      ></outing-list>
    `;
  }

  private warning(): TemplateResult {
    return html`<div class="notice notice-warning">
      ${icon('warning')}<span>${t('outings.cannot_keep')}</span>
    </div>`;
  }

  private async look(): Promise<void> {
    const account = this.account();
    this.kept = account ? await keptOutings(account).catch(() => []) : [];
  }
}

customElements.define('outings-page', OutingsPage);
