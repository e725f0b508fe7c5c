import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../../../api/types';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n';
import { menuOf } from '../../../shell/menu';
import '../../../shell/notice-bell';
import { signInUrl } from '../../../shell/return-to';
import { loadSession, sessionStore, signOut } from '../../../shell/session';
import { unreadStore } from '../../../shell/unread';
import { Watch } from '../../../state/store';

/**
 * `<session-link>`: the way to sign in, or the pages of whoever is. Nothing while it is not known who
 * that is, and nothing when it cannot be known: the map is for everybody.
 */
export class SessionLink extends LightElement {
  constructor() {
    super();
    new Watch(this, sessionStore, ({ session }) => [session]);
    new Watch(this, unreadStore, ({ count }) => [count]);
  }

  private readonly outside = (event: Event): void => {
    if (!this.contains(event.target as Node)) this.close();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('click', this.outside);
    void loadSession();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('click', this.outside);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = sessionStore.state;
    if (!session) return nothing;
    if (session.me) return html`<notice-bell></notice-bell>${this.menu(session.me)}`;
    const { password, single_sign_on: sso, personas } = session;
    if (!password && !sso && personas.length === 0) return nothing;
    return html`<a
      class="button button-quiet"
      href="/sign-in"
      aria-label=${t('session.sign_in')}
      @click=${({ currentTarget }: Event) => {
        // Where the map is now, not where it was when this was drawn.
        (currentTarget as HTMLAnchorElement).href = signInUrl();
      }}
    >
      ${icon('person')}<span class="link-text">${t('session.sign_in')}</span>
    </a>`;
  }

  private menu(who: Me): TemplateResult {
    const count = unreadStore.state.count ?? 0;
    const notices = count > 0 ? t('bell.unread', { count }) : t('bell.label');
    const label = t('menu.of', { name: who.name });
    return html`<details
      class="person-menu"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        this.close();
        this.querySelector<HTMLElement>('summary')?.focus();
      }}
    >
      <summary
        class="button button-quiet"
        aria-label=${count > 0 ? `${label}${t('text.separator')}${notices}` : label}
      >
        ${icon('person')}<span class="link-text">${who.name}</span>
        ${count > 0 ? html`<span class="person-menu-dot"></span>` : nothing}
      </summary>
      <div class="person-menu-body">
        <ul>
          <li class="person-menu-notices"><a href="/notices">${notices}</a></li>
          ${menuOf(who).map(({ href, label }) => html`<li><a href=${href}>${t(label)}</a></li>`)}
        </ul>
        <button type="button" class="link-button" @click=${() => void this.leave()}>
          ${t('session.sign_out')}
        </button>
      </div>
    </details>`;
  }

  private close(): void {
    this.querySelector('details')?.removeAttribute('open');
  }

  private async leave(): Promise<void> {
    try {
      await signOut();
    } catch {
      // The page shows whether somebody is still signed in.
      await loadSession();
    }
  }
}

customElements.define('session-link', SessionLink);
