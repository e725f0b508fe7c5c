import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../components/light-element';
import { icon } from '../components/icon';
import { onLanguageChange } from '../i18n';
import { t } from '../i18n/areas/activation';
import { openOutbox, type Outbox } from '../outbox';
import { signInUrl } from '../shell/return-to';
import { me, sessionStore } from '../shell/session';
import { Watch } from '../state/store';
import '../styles/activation.css';
import { mine, type Mine } from './answers';
import { answerButtons, gather, head, message } from './card';
import { expectHeight, markUnsent } from './marks';
import { askOpen, openStore } from './open';
import { isWaiting, tap } from './tap';
import type { MyActivation, RollAnswer } from './types';
import { kindName, momentText, standingName } from './words';

/** `<activation-banner>`: the activation that is open, where one gathers, and one's own answer with one tap. */
export class ActivationBanner extends LightElement {
  static override properties = {
    isFolded: { state: true },
    isLost: { state: true },
    isPrepared: { state: true },
  };

  /** Whether it shows its headline and the answer alone; null until it is known how it begins. */
  declare private isFolded: boolean | null;
  /** Whether the last tap could be neither kept nor sent. */
  declare private isLost: boolean;
  /** Whether it is known what this device has not sent. */
  declare private isPrepared: boolean;
  private outbox: Outbox | null = null;
  /** Which activation was read out on this page. */
  private announced = '';
  private hadWaiting = false;
  private stop: (() => void)[] = [];
  private readonly size = new ResizeObserver(() => {
    this.measure();
  });

  constructor() {
    super();
    this.isFolded = null;
    this.isLost = false;
    this.isPrepared = false;
    new Watch(this, openStore, ({ activation, account, isKept }) => [activation, account, isKept]);
    new Watch(this, sessionStore, ({ session, error }) => [session, error]);
  }

  private readonly again = (): void => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.again);
    addEventListener('offline', this.again);
    this.size.observe(this);
    this.stop = [
      // The service says its title and message in the reader's language.
      onLanguageChange(() => {
        this.ask();
      }),
    ];
    void this.prepare();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.again);
    removeEventListener('offline', this.again);
    this.size.disconnect();
    for (const stop of this.stop) stop();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { activation, account, at, isKept } = openStore.state;
    if (!activation || !account || !this.isPrepared) return nothing;
    const own = this.own(activation, account);
    // Whoever has answered has read it: on the next page it takes less room.
    const isFolded = (this.isFolded ??= own !== null && own.reached !== 'failed');
    const { kind } = activation;
    return html`<section
      class="activation activation-${kind} no-print"
      aria-labelledby="activation-title"
      data-activation=${activation.id}
      data-mine=${own?.answer ?? 'none'}
      data-reached=${own?.reached ?? nothing}
    >
      ${this.voice(activation, own)}
      <div class="activation-head">
        ${head(activation, 'activation-title')}
        <button
          type="button"
          class="button button-small activation-fold"
          aria-expanded=${isFolded ? 'false' : 'true'}
          aria-controls="activation-body"
          aria-describedby="activation-title"
          @click=${() => {
            this.isFolded = !isFolded;
          }}
        >
          ${icon(isFolded ? 'down' : 'up')}${t(isFolded ? 'activation.unfold' : 'activation.fold')}
        </button>
      </div>
      <div id="activation-body" class="activation-body" ?hidden=${isFolded}>
        ${message(kind, activation.message, activation.declared_at)}
        ${gather(activation.muster ?? null)}
        ${answerButtons(
          own?.answer ?? null,
          (answer) => void this.tap(activation, account, answer),
          'activation-choose',
        )}
        ${
          isKept && !navigator.onLine
            ? html`<p class="activation-kept">
                ${t('activation.kept_at', { time: momentText(at) })}
              </p>`
            : nothing
        }
      </div>
      <div class="activation-mine" role="status">${this.status(own)}</div>
    </section>`;
  }

  protected override updated(): void {
    this.measure();
    const { activation } = openStore.state;
    if (!activation || !this.isPrepared || this.announced === activation.id) return;
    this.announced = activation.id;
    // A live region is heard when something comes into it, not when it comes itself.
    setTimeout(this.again);
  }

  /** What a screen reader says without being asked: the real thing at once, a drill when there is a pause; what was answered, never again. */
  private voice(activation: MyActivation, own: Mine | null): TemplateResult {
    const { id, kind, title, muster } = activation;
    const isHeard = own === null && this.announced === id;
    const text = isHeard
      ? t('activation.announce', {
          kind: kindName(kind),
          title,
          what: t(kind === 'drill' ? 'activation.drill_what' : 'activation.real_what'),
          muster: muster?.name ?? t('activation.muster_none'),
        })
      : nothing;
    return html`<p class="visually-hidden" role="alert">${kind === 'real' ? text : nothing}</p>
      <p class="visually-hidden" role="status">${kind === 'drill' ? text : nothing}</p>`;
  }

  private status(own: Mine | null): TemplateResult {
    if (this.isLost) return line('warning', t('activation.not_kept'));
    if (!own) return line('info', t('activation.not_yet'));
    const said = t('activation.mine', {
      answer: standingName(own.answer),
      time: momentText(own.answered_at),
    });
    const strong = html`<strong>${said}</strong>`;
    switch (own.reached) {
      case 'sent':
        return line('check', html`${strong} ${t('activation.sent')}`);
      case 'unsent':
        return this.isSignedOut()
          ? html`${line('warning', html`${strong} ${t('activation.unsent_signed_out')}`)}
              <a class="button button-small" href=${signInUrl()}>${t('session.sign_in')}</a>`
          : line('share', html`${strong} ${t('activation.unsent')}`);
      case 'failed':
        return line(
          'warning',
          html`${strong} ${t('activation.failed', { reason: own.reason })}
          ${t('activation.failed_next')}`,
        );
    }
  }

  private isSignedOut(): boolean {
    const { session } = sessionStore.state;
    return session !== null && !me() && navigator.onLine;
  }

  private own({ id, answer }: MyActivation, owner: string): Mine | null {
    const { items = [], receipts = [] } = this.outbox?.state.state ?? {};
    // What the service had received before it was asked, it has said.
    const news = receipts.filter(({ received }) => received >= openStore.state.at);
    return mine(answer ?? null, { items, receipts: news }, { owner, activation: id });
  }

  private async prepare(): Promise<void> {
    try {
      this.outbox = await openOutbox();
      const heard = (): void => {
        this.settle();
        this.requestUpdate();
      };
      this.stop.push(this.outbox.state.subscribe(heard));
      heard();
    } catch {
      // Without a store, answers are sent or they are not.
    }
    this.isPrepared = true;
  }

  /** Once everything has arrived, no other page need look for it, and what the service says is asked anew. */
  private settle(): void {
    const isThere = this.outbox !== null && isWaiting(this.outbox);
    if (this.hadWaiting && !isThere) {
      markUnsent(false);
      this.ask();
    }
    this.hadWaiting = isThere;
  }

  private ask(): void {
    const { account } = openStore.state;
    if (account && me()?.account === account) void askOpen(account, { isUrgent: true });
  }

  private async tap(activation: MyActivation, owner: string, answer: RollAnswer): Promise<void> {
    const before = this.own(activation, owner);
    this.isLost = false;
    const isSafe = await tap(this.outbox, { owner, activation: activation.id, before }, answer);
    this.isLost = !isSafe;
    // Without a store nothing here knows what was sent.
    if (isSafe && !this.outbox) this.ask();
  }

  /** The next page keeps as much room from the beginning. */
  private measure(): void {
    const { height } = this.getBoundingClientRect();
    if (openStore.state.activation && height > 0) expectHeight(height);
  }
}

const line = (name: 'check' | 'info' | 'share' | 'warning', text: string | TemplateResult) =>
  html`<p class="activation-line">${icon(name)}<span>${text}</span></p>`;

customElements.define('activation-banner', ActivationBanner);
