import { html, nothing, type TemplateResult } from 'lit';
import { expectedHeight, mayBeUnsent } from '../activation/marks';
import { askOpen, hide, openStore, showKept } from '../activation/open';
import { LightElement } from '../components/light-element';
import { Watch } from '../state/store';
import { lastHere, may, me, sessionStore } from './session';

/** So long a crowded network may take to say who is signed in, before what is kept is shown. */
const PATIENCE_MS = 4_000;

/**
 * `<activation-slot>`: where an activation is seen, on every page. Most people never see one: for them it is one question
 * more, asked beside that for unread notices, and the banner's code is not loaded.
 */
export class ActivationSlot extends LightElement {
  static override properties = { offline: { type: Boolean }, isReady: { state: true } };

  /** Whether the page is of use when nobody can be asked who is signed in. */
  declare offline: boolean;
  declare private isReady: boolean;
  /** For whom it looked last. */
  private lookedFor: string | null = null;
  private isLoading = false;

  constructor() {
    super();
    this.offline = false;
    this.isReady = false;
    new Watch(this, sessionStore, ({ session, error }) => [session, error]);
    new Watch(this, openStore, ({ activation }) => [activation]);
  }

  private readonly back = (): void => {
    const account = this.answering();
    if (account && document.visibilityState === 'visible') void askOpen(account);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['focus', 'online', 'pointerdown', 'keydown']) {
      addEventListener(event, this.back, { passive: true });
    }
    document.addEventListener('visibilitychange', this.back);
    this.reserve(expectedHeight());
    if (this.offline) setTimeout(this.late, PATIENCE_MS);
    void sendLeft();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const event of ['focus', 'online', 'pointerdown', 'keydown']) {
      removeEventListener(event, this.back);
    }
    document.removeEventListener('visibilitychange', this.back);
  }

  protected override willUpdate(): void {
    const { session, error } = sessionStore.state;
    if (!session && !error) return;
    const account = this.answering() ?? (this.offline && !me() ? lastHere() : null);
    if (account !== this.lookedFor) {
      this.lookedFor = account;
      if (openStore.state.account !== account) hide();
      if (account) void this.look(account);
    }
    if (!account) this.reserve(null);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!openStore.state.activation) return nothing;
    if (!this.isReady && !this.isLoading) void this.load();
    return this.isReady ? html`<activation-banner></activation-banner>` : nothing;
  }

  /** Whoever is signed in and can answer. */
  private answering(): string | null {
    const who = me();
    return who && may('answer_activations', who) ? who.account : null;
  }

  private readonly late = (): void => {
    const { session, error } = sessionStore.state;
    const account = lastHere();
    if (!session && !error && account) void showKept(account);
  };

  private async look(account: string): Promise<void> {
    const isSignedIn = this.answering() === account;
    await Promise.all([showKept(account), isSignedIn ? askOpen(account) : null]);
    if (!openStore.state.activation) this.reserve(null);
  }

  private async load(): Promise<void> {
    this.isLoading = true;
    try {
      await import('../activation/banner');
      this.isReady = true;
      await this.updateComplete;
      this.reserve(null);
    } catch {
      // Without a network the page may have come without it; the next try is at the next change.
    } finally {
      this.isLoading = false;
    }
  }

  /** Keeps room, so that nothing moves under a thumb when the banner comes. */
  private reserve(pixels: number | null): void {
    this.style.minHeight = pixels === null ? '' : `${String(pixels)}px`;
  }
}

/** Sends what was answered on a page that is closed by now. Where it cannot, another page will. */
async function sendLeft(): Promise<void> {
  if (!mayBeUnsent()) return;
  await import('../activation/left').then(({ sendLeft: send }) => send()).catch(() => undefined);
}

customElements.define('activation-slot', ActivationSlot);
