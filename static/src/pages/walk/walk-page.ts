import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../../api/types';
import { icon } from '../../components/icon';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/walk';
import { openOutbox, type Outbox, persist } from '../../outbox';
import '../../outbox/unsent-bar';
import { PageElement } from '../../shell/page-element';
import { signInUrl } from '../../shell/return-to';
import { sessionStore } from '../../shell/session';
import { beginWalk, currentWalk, endWalk } from './model/current-walk';
import { kept, type Pack } from './model/packs';
import { forgetScanned, type Scanned, scanned } from './model/scanned';
import { keepOffline, takeOver } from './model/updates';
import { walker } from './model/walker';
import './parts/install-hint';
import './parts/route-list';

import './parts/walk-mode';

/** `<walk-page>`: the routes to choose from, or the one that is being walked. */
export class WalkPage extends PageElement {
  static override properties = {
    pack: { state: true },
    outbox: { state: true },
    waiting: { state: true },
    scanned: { state: true },
    cannotKeep: { state: true },
  };

  protected readonly needs = null;
  protected override readonly worksOffline = true;
  declare private pack: Pack | null;
  declare private outbox: Outbox | null;
  /** A newer version of the page, which waits until no walk is on. */
  declare private waiting: ServiceWorker | null;
  declare private scanned: Scanned | null;
  /** Whether this browser has no store: a private window, most often. */
  declare private cannotKeep: boolean;

  constructor() {
    super();
    this.pack = null;
    this.outbox = null;
    this.waiting = null;
    this.scanned = scanned();
    this.cannotKeep = false;
    void this.begin();
  }

  protected override heading(): string {
    return this.pack ? pick(this.pack.route.title) : t('walk.title');
  }

  protected override content(who: Me | null): TemplateResult {
    // What somebody has on this device stays in sight, whoever is signed in.
    this.classList.toggle('is-walking', this.pack !== null);
    return html`
      ${this.outbox ? html`<unsent-bar .outbox=${this.outbox}></unsent-bar>` : nothing}
      ${this.cannotKeep ? this.warning(t('walk.cannot_keep')) : nothing} ${this.signIn(who)}
      ${this.pack && this.outbox ? this.walk(this.pack, this.outbox) : this.choice()}
    `;
  }

  /** Who has to sign in is told, before a walk and while one is on. */
  private signIn(who: Me | null): TemplateResult | typeof nothing {
    if (who || !sessionStore.state.session) return nothing;
    return html`<div class="notice notice-warning walk-sign-in">
      ${icon('person')}
      <span>${walker() === null ? t('walk.sign_in') : t('walk.sign_in_again')}</span>
      <a class="button button-primary" href=${signInUrl()}>${t('walk.sign_in_go')}</a>
    </div>`;
  }

  private warning(text: string): TemplateResult {
    return html`<div class="notice notice-error" role="alert">
      ${icon('warning')}<span>${text}</span>
    </div>`;
  }

  private walk(pack: Pack, outbox: Outbox): TemplateResult {
    return html`<walk-mode
      .pack=${pack}
      .outbox=${outbox}
      .scanned=${this.scanned}
      @used=${this.forget}
      @leave=${() => {
        endWalk();
        this.pack = null;
        window.scrollTo(0, 0);
      }}
    ></walk-mode>`;
  }

  private choice(): TemplateResult {
    const { waiting } = this;
    return html`
      ${
        waiting
          ? html`<div class="notice">
              ${icon('refresh')}<span>${t('update.waits')}</span>
              <button type="button" class="button" @click=${() => takeOver(waiting)}>
                ${t('update.go')}
              </button>
            </div>`
          : nothing
      }
      <route-list
        .scanned=${this.scanned}
        @walk=${({ detail }: CustomEvent<Pack>) => {
          this.start(detail);
        }}
        @forget=${this.forget}
      ></route-list>
      <install-hint></install-hint>
    `;
  }

  private readonly forget = (): void => {
    forgetScanned();
    this.scanned = null;
  };

  private start(pack: Pack): void {
    beginWalk(pack.route.id);
    this.pack = pack;
    window.scrollTo(0, 0);
    void persist();
  }

  private async begin(): Promise<void> {
    const followed = (): void => {
      this.scanned = scanned() ?? this.scanned;
      void this.resume();
    };
    // A link that is followed while the page is open changes nothing but the part behind the `#`.
    addEventListener('hashchange', followed);
    try {
      this.outbox = await openOutbox();
    } catch {
      this.cannotKeep = true;
    }
    await this.resume();
    await keepOffline((worker) => {
      this.waiting = worker;
    }).catch(() => undefined);
  }

  /** Goes on with the walk that is on, or with the route of a poster that was scanned. */
  private async resume(): Promise<void> {
    const packs = await kept().catch(() => new Map<string, never>());
    const route = this.scanned?.route ?? currentWalk();
    const found = packs.get(route ?? '')?.pack;
    if (found) this.start(found);
    else if (!this.scanned) endWalk();
  }
}

customElements.define('walk-page', WalkPage);
