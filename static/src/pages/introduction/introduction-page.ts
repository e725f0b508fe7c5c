import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../api/client';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { formatTime } from '../../format/dates';
import { language } from '../../i18n';
import { type Key, t } from '../../i18n/areas/introduction';
import { printButton, sheet } from '../../introductions/sheet';
import type { IntroductionLink } from '../../introductions/types';
import { PageElement } from '../../shell/page-element';
import { Task } from '../../state/task';

/** What the link holds: it stands behind the `#`, so that no server on the way writes it down. */
const tokenOf = (hash: string): string | null => /^#([\w-]{20,100})$/.exec(hash)?.[1] ?? null;

/** Why a link does not open, in words. */
const CLOSED = {
  opened: ['chair.opened', 'chair.opened_why'],
  expired: ['chair.expired', 'chair.expired_why'],
  revoked: ['chair.revoked', 'chair.revoked_why'],
} as const satisfies Record<string, readonly [Key, Key]>;

/** `<introduction-page>`: residents are introduced to the chair of their council, once. Looking at the page does not open the link. */
export class IntroductionPage extends PageElement {
  protected readonly needs = null;
  // Whoever has a link need not be known: without the session the page is the same.
  protected override readonly worksOffline = true;
  private token = tokenOf(location.hash);
  private readonly checked = new Task<IntroductionLink>(this);
  private readonly opened = new Task<IntroductionLink>(this);

  constructor() {
    super();
    void this.check();
  }

  private readonly moved = (): void => {
    this.token = tokenOf(location.hash);
    this.checked.reset();
    this.opened.reset();
    void this.check();
  };

  /** What is shown cannot be had again: whoever is about to leave it is asked. */
  private readonly leaving = (event: Event): void => {
    if (this.opened.value?.people.length) event.preventDefault();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.moved);
    addEventListener('beforeunload', this.leaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.moved);
    removeEventListener('beforeunload', this.leaving);
  }

  protected override heading(): string {
    return t('chair.title');
  }

  protected override content(): TemplateResult {
    if (!this.token) return sorry(t('chair.no_link'));
    const { error, busy } = this.checked;
    const link = this.opened.value ?? this.checked.value;
    if (error?.kind === 'missing' || this.opened.error?.kind === 'missing') return missing();
    return html`
      ${error ? failure(t('chair.failed'), error, () => void this.check()) : nothing}
      ${link ? this.all(link) : nothing}
      ${!link && busy ? html`<p class="loading" role="status">${t('page.loading')}</p>` : nothing}
    `;
  }

  private all(link: IntroductionLink): TemplateResult {
    if (link.people.length > 0) {
      return html`
        <div class="notice notice-warning no-print" role="status" id="opened-now" tabindex="-1">
          ${icon('warning')}<span>${t('chair.opened_now')}</span>
        </div>
        <p class="no-print">${printButton()}</p>
        ${sheet(link)}
      `;
    }
    const { state } = link;
    return state === 'waiting' || state === 'printed' ? this.waiting(link) : closed(link, state);
  }

  private waiting({
    recipient,
    council_name: council,
    expires_at,
  }: IntroductionLink): TemplateResult {
    const { error, busy } = this.opened;
    return html`
      <div class="card introduction-waiting">
        <h2 class="section-title" lang=${langOf(recipient)}>
          ${t('chair.waiting', { recipient })}
        </h2>
        <p lang=${langOf(council)}>${t('chair.council', { council })}</p>
        <p>${t('chair.once')}</p>
        ${expires_at ? html`<p class="section-text">${t('chair.until', { time: time(expires_at) })}</p>` : nothing}
        ${error ? failure(t('chair.failed'), error, () => void this.open()) : nothing}
        <p>
          <button
            type="button"
            class="button button-primary introduction-open"
            aria-disabled=${busy ? 'true' : nothing}
            @click=${() => void this.open()}
          >
            ${icon('show')}${busy ? t('page.loading') : t('chair.open')}
          </button>
        </p>
      </div>
    `;
  }

  private check(): Promise<boolean> {
    const { token } = this;
    if (!token) return Promise.resolve(false);
    return this.checked.run((signal) =>
      send<IntroductionLink>('POST', '/api/introductions/check', { token }, { signal }),
    );
  }

  private async open(): Promise<void> {
    const { token } = this;
    if (!token || this.opened.busy) return;
    const isOpen = await this.opened.run((signal) =>
      send<IntroductionLink>('POST', '/api/introductions/open', { token }, { signal }),
    );
    if (!isOpen) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>('#opened-now')?.focus();
  }
}

const time = (at: string): string => formatTime(new Date(at));

const sorry = (text: string): TemplateResult =>
  html`<div class="notice notice-warning" role="alert">
    ${icon('warning')}<span>${text}</span>
  </div>`;

const missing = (): TemplateResult =>
  html`<div class="notice notice-warning" role="alert">
    ${icon('warning')}
    <div class="notice-text">
      <p><strong>${t('chair.missing')}</strong></p>
      <p>${t('chair.missing_why')}</p>
      <p>${t('chair.another')}</p>
      <p>${t('chair.contact_none')}</p>
    </div>
  </div>`;

/** Why it does not open, and whom to ask for another. */
function closed(
  { opened_at, contact: ja, contact_en: en }: IntroductionLink,
  state: keyof typeof CLOSED,
): TemplateResult {
  const [what, why] = CLOSED[state];
  const contact = language() === 'en' ? (en ?? ja) : (ja ?? en);
  return html`<div class="notice notice-warning" role="status" id="opened-now" tabindex="-1">
    ${icon('warning')}
    <div class="notice-text">
      <p><strong>${t(what, { time: opened_at ? time(opened_at) : '' })}</strong></p>
      <p>${t(why)}</p>
      <p>${t('chair.another')}</p>
      <p lang=${langOf(contact ?? '')}>
        ${contact ? t('chair.contact', { contact }) : t('chair.contact_none')}
      </p>
    </div>
  </div>`;
}

customElements.define('introduction-page', IntroductionPage);
