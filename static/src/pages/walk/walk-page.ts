import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../i18n/areas/walk';
import { openOutbox, type Outbox, persist } from '../../outbox';
import { PageElement } from '../../shell/page-element';
import { signInUrl } from '../../shell/return-to';
import { pick } from '../../i18n';
import type { Pack } from './model/packs';
import { scanned } from './model/pending-code';
import './parts/route-list';
import './parts/unsent-bar';
import './parts/walk-mode';
import { walker } from './walker';

/** `<walk-page>`: the routes to choose from, or the one that is being walked. */
export class WalkPage extends PageElement {
  static override properties = {
    pack: { state: true },
    outbox: { state: true },
    waiting: { state: true },
  };

  protected readonly needs = null;
  protected override readonly worksOffline = true;
  declare private pack: Pack | null;
  declare private outbox: Outbox | null;
  /** A newer version of the page, which waits until no walk is on. */
  declare private waiting: ServiceWorker | null;
  private readonly scanned = scanned();

  constructor() {
    super();
    this.pack = null;
    this.outbox = null;
    this.waiting = null;
    void this.begin();
  }

  protected override heading(): string {
    return this.pack ? pick(this.pack.route.title) : t('walk.title');
  }

  protected override content(): TemplateResult {
    const { outbox, pack } = this;
    const owner = walker();
    return html`
      ${outbox ? html`<unsent-bar .outbox=${outbox}></unsent-bar>` : nothing}
      ${
        owner === null
          ? html`<p class="notice walk-sign-in">
              ${t('walk.sign_in')} <a class="button" href=${signInUrl()}>${t('walk.sign_in_go')}</a>
            </p>`
          : nothing
      }
      ${
        pack && outbox
          ? html`<walk-mode
              .pack=${pack}
              .outbox=${outbox}
              .scanned=${this.scanned}
              @leave=${() => {
                this.pack = null;
              }}
            ></walk-mode>`
          : html`${
                this.waiting
                  ? html`<button type="button" class="button" @click=${this.renew}>
                      ${t('walk.update')}
                    </button>`
                  : nothing
              }<route-list
                .chosen=${this.scanned?.route ?? null}
                @walk=${({ detail }: CustomEvent<Pack>) => {
                  this.pack = detail;
                  void persist();
                }}
              ></route-list>`
      }
    `;
  }

  private async begin(): Promise<void> {
    this.outbox = await openOutbox();
    if (!('serviceWorker' in navigator)) return;
    const registration = await navigator.serviceWorker.register('/sw.js');
    const look = (): void => {
      if (navigator.serviceWorker.controller) this.waiting = registration.waiting;
    };
    look();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
    });
  }

  private renew(): void {
    const reload = (): void => {
      location.reload();
    };
    navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
    this.waiting?.postMessage('update');
  }
}

customElements.define('walk-page', WalkPage);
