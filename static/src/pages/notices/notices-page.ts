import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { send } from '../../api/client';
import type { Me, Notice, NoticeList, UnreadNotices } from '../../api/types';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { empty, paged } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { formatTime } from '../../format/dates';
import { onLanguageChange } from '../../i18n';
import { t } from '../../i18n/areas/notices';
import { keepNotices, keptNotices, type KeptNotices } from '../../notices/kept';
import { OfflinePage } from '../../shell/offline-page';
import { me } from '../../shell/session';
import { setUnread, unreadStore } from '../../shell/unread';
import { Watch } from '../../state/store';
import { Pages } from '../../state/task';

const PATH = '/api/me/notices';

/** `<notices-page>`: what one was told, the latest first. */
export class NoticesPage extends OfflinePage {
  static override properties = {
    ...OfflinePage.properties,
    unread: { state: true },
    kept: { state: true },
  };

  protected readonly needs = ['read_me'];
  /** Whether only unread ones are listed. */
  declare private unread: boolean;
  /** What is on this device. */
  declare private kept: KeptNotices | null;
  private readonly notices = new Pages<Notice, NoticeList>(this, ({ notices }) => notices);
  private stop: (() => void) | null = null;

  constructor() {
    super();
    this.unread = false;
    this.kept = null;
    new Watch(this, unreadStore, ({ count }) => [count]);
    void this.look();
  }

  private readonly again = (): void => {
    if (me()) void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.again);
    // The service puts notices into words.
    this.stop = onLanguageChange(this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.again);
    this.stop?.();
  }

  protected override heading(): string {
    return t('bell.label');
  }

  protected override enter(): void {
    void this.load();
  }

  protected override content(who: Me | null): TemplateResult {
    const isOffline = !who || this.notices.error?.kind === 'offline';
    return html`${this.bars(false)} ${isOffline ? this.offline() : this.list()}`;
  }

  private list(): TemplateResult {
    const count = unreadStore.state.count ?? 0;
    return html`
      <p class="page-lead">${t('notices.lead')}</p>
      <div class="notice-filters">
        <div class="button-row" role="group" aria-label=${t('notices.view')}>
          ${this.filter(false, t('notices.all'))}
          ${this.filter(true, t('notices.only_unread', { count }))}
        </div>
        ${
          count > 0
            ? html`<button type="button" class="button" @click=${() => void this.readAll()}>
                ${icon('check')}${t('notices.read_all')}
              </button>`
            : nothing
        }
      </div>
      ${paged(this.notices, t('notices.failed'), (all) =>
        all.length === 0
          ? empty(t(this.unread ? 'notices.none_unread' : 'notices.none'))
          : this.cards(all, true),
      )}
    `;
  }

  private filter(unread: boolean, label: string): TemplateResult {
    const isOn = this.unread === unread;
    return html`<button
      type="button"
      class="button ${isOn ? 'button-primary' : ''}"
      aria-pressed=${isOn ? 'true' : 'false'}
      @click=${() => {
        this.unread = unread;
        void this.load();
      }}
    >
      ${label}
    </button>`;
  }

  private cards(all: readonly Notice[], canMark: boolean): TemplateResult {
    return html`<ul class="notice-cards">
      ${repeat(
        all,
        ({ id }) => id,
        (notice) => this.card(notice, canMark),
      )}
    </ul>`;
  }

  private card(notice: Notice, canMark: boolean): TemplateResult {
    const { id, title, text, link, at, urgent, read_at: readAt } = notice;
    return html`<li
      class="card notice-card ${readAt ? '' : 'notice-card-unread'}"
      data-notice=${id}
    >
      <div class="notice-card-head">
        ${readAt ? nothing : html`<span class="badge badge-key">${t('notices.unread')}</span>`}
        ${urgent ? html`<span class="badge badge-warning">${t('notices.urgent')}</span>` : nothing}
        <span class="section-text">${moment(at)}</span>
      </div>
      <h2 class="notice-card-title" lang=${langOf(title)}>
        ${
          link
            ? html`<a
                href=${link}
                @click=${() => {
                  // Whoever goes to what it is about has read it.
                  if (canMark && !readAt) void this.mark(notice, true);
                }}
                >${title}</a
              >`
            : title
        }
      </h2>
      <p class="notice-card-text" lang=${langOf(text)}>${text}</p>
      ${
        canMark
          ? html`<button
              type="button"
              class="button button-small button-quiet"
              @click=${() => void this.mark(notice, !readAt)}
            >
              ${icon(readAt ? 'undo' : 'check')}<span
                >${t(readAt ? 'notices.mark_unread' : 'notices.mark_read')}<span
                  class="visually-hidden"
                  lang=${langOf(title)}
                >
                  ${title}</span
                ></span
              >
            </button>`
          : nothing
      }
    </li>`;
  }

  /** What is on this device. */
  private offline(): TemplateResult {
    const kept = this.kept?.account === this.account() ? this.kept : null;
    return html`
      <div class="notice notice-warning" role="status">
        ${icon('warning')}
        <div class="notice-text">
          <p><strong>${t('notices.offline')}</strong></p>
          <p>
            ${
              kept
                ? t('notices.offline_text', { time: formatTime(new Date(kept.at)) })
                : t('notices.offline_none')
            }
          </p>
        </div>
      </div>
      ${kept ? this.cards(kept.notices, false) : nothing}
    `;
  }

  private async load(): Promise<void> {
    const isAll = !this.unread;
    if (!(await this.notices.start(isAll ? PATH : `${PATH}?unread=true`))) return;
    setUnread(this.notices.value?.unread ?? 0);
    const account = this.account();
    if (!account || !isAll) return;
    this.kept = { account, notices: this.notices.items, at: Date.now() };
    // Without a store there is nothing to be seen without a network.
    await keepNotices(this.kept).catch(() => undefined);
  }

  private async look(): Promise<void> {
    const account = this.account();
    this.kept = account ? await keptNotices(account).catch(() => null) : null;
  }

  /** Notes that a notice is read, or that it is not. It stays where it is, so that it can be taken back. */
  private async mark({ id }: Notice, isRead: boolean): Promise<void> {
    try {
      // Whoever goes to another page meanwhile has read it all the same.
      const path = `${PATH}/${id}/read`;
      await send(isRead ? 'POST' : 'DELETE', path, undefined, { keepalive: true });
    } catch {
      say(() => t('notices.mark_failed'), 'error');
      return;
    }
    const readAt = isRead ? new Date().toISOString() : null;
    this.show((notice) => (notice.id === id ? { ...notice, read_at: readAt } : notice));
    setUnread(Math.max(0, (unreadStore.state.count ?? 0) + (isRead ? -1 : 1)));
  }

  private async readAll(): Promise<void> {
    const seen = this.notices.value;
    if (!seen) return;
    try {
      const { unread } = await send<UnreadNotices>('POST', `${PATH}/read`, { as_of: seen.as_of });
      setUnread(unread);
    } catch {
      say(() => t('notices.mark_failed'), 'error');
      return;
    }
    const readAt = new Date().toISOString();
    this.show((notice) => ({ ...notice, read_at: notice.read_at ?? readAt }));
    say(() => t('notices.all_read'));
    // The button is gone: the reader goes on at the head of the page.
    this.querySelector<HTMLElement>('#main')?.focus();
  }

  private show(change: (notice: Notice) => Notice): void {
    this.notices.items = this.notices.items.map(change);
    this.requestUpdate();
  }
}

customElements.define('notices-page', NoticesPage);
