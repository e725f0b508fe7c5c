import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icon';
import { t } from '../i18n';
import { openOutbox, type Outbox } from '../outbox';
import '../outbox/unsent-bar';
import { currentWalk } from '../pages/walk/model/current-walk';
import { keepOffline, takeOver } from '../pages/walk/model/updates';
import { walker } from '../pages/walk/model/walker';
import { PageElement } from './page-element';
import { loadSession, sessionStore } from './session';

/**
 * The base of pages behind the sign-in that are of use without a network: with the outbox of this device, the service
 * worker, and newer versions of the page, which wait for a tap.
 */
export abstract class OfflinePage extends PageElement {
  static override properties = {
    outbox: { state: true },
    cannotKeep: { state: true },
    waiting: { state: true },
  };

  protected override readonly worksOffline = true;
  /** Null until it is open. */
  declare protected outbox: Outbox | null;
  /** Whether this browser has no store: a private window, most often. */
  declare protected cannotKeep: boolean;
  declare private waiting: ServiceWorker | null;

  constructor() {
    super();
    this.outbox = null;
    this.cannotKeep = false;
    this.waiting = null;
    void this.prepare();
  }

  private readonly online = (): void => {
    // Who is signed in could not be asked before.
    if (sessionStore.state.error) void loadSession();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.online);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.online);
  }

  /** Whose device it is: who is signed in, or, without a network, who was last. */
  protected account(): string | null {
    return walker();
  }

  /** What is unsent and why, and that a newer version waits. Without anything to say there is nothing. */
  protected bars(isAlways: boolean): TemplateResult {
    const { outbox } = this;
    // While a walk is on, nothing is replaced.
    const waiting = currentWalk() === null ? this.waiting : null;
    const isShown = outbox && (isAlways || outbox.state.state.items.length > 0);
    return html`
      ${isShown ? html`<unsent-bar class="no-print" .outbox=${outbox}></unsent-bar>` : nothing}
      ${
        waiting
          ? html`<div class="notice no-print">
              ${icon('refresh')}<span>${t('update.waits')}</span>
              <button type="button" class="button" @click=${() => takeOver(waiting)}>
                ${t('update.go')}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  private async prepare(): Promise<void> {
    try {
      this.outbox = await openOutbox();
      this.outbox.state.subscribe(() => {
        this.requestUpdate();
      });
    } catch {
      this.cannotKeep = true;
    }
    await keepOffline((worker) => {
      this.waiting = worker;
    }).catch(() => undefined);
  }
}
