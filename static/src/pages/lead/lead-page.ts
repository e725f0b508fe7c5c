import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../../api/types';
import { icon } from '../../components/icon';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/lead';
import { type Address, addressOf } from '../../outings/address';
import { type KeptOuting, keptOutings } from '../../outings/kept';
import type { Outing } from '../../outings/types';
import { OfflinePage } from '../../shell/offline-page';
import './parts/lead-outing';
import './parts/led-list';
import './parts/plan-form';

const NEW = '#new';

/** `<lead-page>`: the outings that a trainer leads, one of them with all that is to be done, or a new one. */
export class LeadPage extends OfflinePage {
  static override properties = {
    ...OfflinePage.properties,
    address: { state: true },
    isNew: { state: true },
    kept: { state: true },
    opened: { state: true },
  };

  protected readonly needs = ['write_outings'];
  declare private address: Address;
  declare private isNew: boolean;
  /** The outings on this device that have a sheet. */
  declare private kept: readonly KeptOuting[];
  declare private opened: Outing | null;

  constructor() {
    super();
    this.address = addressOf(location.hash);
    this.isNew = location.hash === NEW;
    this.kept = [];
    this.opened = null;
    void this.look();
  }

  private readonly moved = (): void => {
    const before = this.address.id;
    this.address = addressOf(location.hash);
    this.isNew = location.hash === NEW;
    if (this.address.id !== before) {
      this.opened = null;
      window.scrollTo(0, 0);
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('#main')?.focus());
    }
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
    if (this.isNew) return t('lead.new');
    return this.opened ? pick(this.opened.title) : t('lead.title');
  }

  protected override content(who: Me | null): TemplateResult {
    return html`
      ${this.bars(this.address.id !== null)}
      ${
        this.cannotKeep
          ? html`<div class="notice notice-error no-print" role="alert">
              ${icon('warning')}<span>${t('lead.cannot_keep')}</span>
            </div>`
          : nothing
      }
      ${this.shown(who)}
    `;
  }

  private shown(who: Me | null): TemplateResult {
    const { id, view } = this.address;
    const account = this.account();
    const kept = this.kept.filter((one) => one.account === account);
    if (this.isNew && who) {
      return html`<p>
          <a class="button button-quiet" href="#">${icon('left')}${t('outing.back')}</a>
        </p>
        <plan-form
          .outing=${null}
          @saved=${({ detail }: CustomEvent<string>) => {
            location.hash = detail;
          }}
        ></plan-form>`;
    }
    if (!id) return html`<led-list .who=${who} .kept=${kept}></led-list>`;
    return html`<lead-outing
      .outing=${id}
      .view=${view}
      .who=${who}
      .account=${account}
      .outbox=${this.outbox}
      .kept=${kept.find(({ outing }) => outing.id === id) ?? null}
      @opened=${({ detail }: CustomEvent<Outing>) => {
        this.opened = detail;
      }}
      @kept=${() => void this.look()}
    ></lead-outing>`;
  }

  private async look(): Promise<void> {
    const account = this.account();
    const all = account ? await keptOutings(account).catch(() => []) : [];
    this.kept = all.filter(({ sheet }) => sheet !== null);
  }
}

customElements.define('lead-page', LeadPage);
