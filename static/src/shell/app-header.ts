import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../api/types';
import { asApiError } from '../api/client';
import { failureText } from '../components/failure';
import { icon } from '../components/icon';
import '../components/language-select';
import { LightElement } from '../components/light-element';
import { say } from '../components/messages';
import { pick, t } from '../i18n';
import { Watch } from '../state/store';
import { menuOf } from './menu';
import './notice-bell';
import { me, sessionStore, signOut } from './session';

/** `<app-header>`: the way to the map, the pages of whoever is signed in, and the way out. */
export class AppHeader extends LightElement {
  static override properties = { open: { state: true }, leaving: { state: true } };

  /** Whether the menu is unfolded, on a phone. */
  declare private open: boolean;
  declare private leaving: boolean;

  constructor() {
    super();
    this.open = false;
    this.leaving = false;
    new Watch(this, sessionStore, ({ session, settings }) => [session, settings]);
  }

  protected override render(): TemplateResult {
    const { settings } = sessionStore.state;
    const who = me();
    return html`<header
      class="app-header"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && this.open) this.close();
      }}
    >
      <a class="brand" href="/">
        <img src="/favicon.svg" alt="" width="32" height="32" />
        <span class="brand-name" lang="ja">まちあるき</span>
        ${
          settings
            ? html`<span class="brand-place">${pick(settings.municipality.name)}</span>`
            : nothing
        }
      </a>
      ${who ? html`<notice-bell></notice-bell>` : nothing}
      ${who ? this.toggle() : html`<language-select></language-select>`}
      ${who ? this.menu(who) : nothing}
    </header>`;
  }

  private toggle(): TemplateResult {
    return html`<button
      type="button"
      class="button button-quiet menu-toggle"
      aria-expanded=${this.open ? 'true' : 'false'}
      aria-controls="app-menu"
      @click=${() => {
        this.open = !this.open;
      }}
    >
      ${icon(this.open ? 'close' : 'menu')}<span>${t('menu.label')}</span>
    </button>`;
  }

  private menu(who: Me): TemplateResult {
    return html`<div id="app-menu" class="app-menu ${this.open ? 'app-menu-open' : ''}">
      <nav aria-label=${t('menu.label')}>
        <ul class="menu-links">
          <li><a href="/">${t('menu.map')}</a></li>
          ${menuOf(who).map(
            ({ href, label }) =>
              html`<li>
                <a href=${href} aria-current=${href === location.pathname ? 'page' : nothing}
                  >${t(label)}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      <div class="menu-person">
        <language-select></language-select>
        <span class="menu-name">
          <span class="visually-hidden">${t('session.signed_in_as')}</span>
          ${icon('person')}<span>${who.name}</span>
        </span>
        <button
          type="button"
          class="button button-small button-quiet"
          ?disabled=${this.leaving}
          @click=${() => void this.leave()}
        >
          ${t('session.sign_out')}
        </button>
      </div>
    </div>`;
  }

  private close(): void {
    this.open = false;
    this.querySelector<HTMLElement>('.menu-toggle')?.focus();
  }

  private async leave(): Promise<void> {
    this.leaving = true;
    try {
      this.leaving = await signOut();
    } catch (thrown) {
      this.leaving = false;
      const error = asApiError(thrown);
      // Whoever is signed out already has what they wanted.
      if (error.kind === 'signed_out') location.assign('/');
      else say(() => failureText(error), 'error');
    }
  }
}

customElements.define('app-header', AppHeader);
