import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icon';
import { LightElement } from '../components/light-element';
import { t } from '../i18n';
import { Watch } from '../state/store';
import { askUnread, unreadStore } from './unread';

const HREF = '/notices';
/** More than that is no number to read at a glance. */
const MOST = 99;

/** `<notice-bell>`: the way to one's notices, and how many of them are unread. For whoever is signed in. */
export class NoticeBell extends LightElement {
  constructor() {
    super();
    new Watch(this, unreadStore, ({ count }) => [count]);
  }

  private readonly back = (): void => {
    if (document.visibilityState === 'visible') void askUnread();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('focus', this.back);
    document.addEventListener('visibilitychange', this.back);
    this.back();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('focus', this.back);
    document.removeEventListener('visibilitychange', this.back);
  }

  protected override render(): TemplateResult {
    const count = unreadStore.state.count ?? 0;
    return html`<a
      class="button button-quiet notice-bell"
      href=${HREF}
      aria-current=${location.pathname === HREF ? 'page' : nothing}
    >
      ${icon('bell')}<span class="visually-hidden"
        >${count > 0 ? t('bell.unread', { count }) : t('bell.label')}</span
      >${
        count > 0
          ? html`<span class="notice-bell-count" aria-hidden="true"
              >${count > MOST ? `${String(MOST)}+` : count}</span
            >`
          : nothing
      }
    </a>`;
  }
}

customElements.define('notice-bell', NoticeBell);
