import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../api/types';
import { failure } from '../components/failure';
import { icon } from '../components/icon';
import { LightElement } from '../components/light-element';
import '../components/messages';
import { t } from '../i18n';
import { Watch } from '../state/store';
import './activation-slot';
import './app-header';
import { signInUrl } from './return-to';
import { go, loadSession, may, me, sessionStore } from './session';

/**
 * The base of every page but the map: header, menu, headline, messages. A page says its `heading`,
 * whom it is for (`needs`) and its `content`; the content is asked for only when somebody may see it.
 */
export abstract class PageElement extends LightElement {
  private arrived = false;

  constructor() {
    super();
    new Watch(this, sessionStore, ({ session, error, settings }) => [session, error, settings]);
  }

  /**
   * The permissions, any one of which opens the page; none when being signed in is enough; `null`
   * when the page is for everybody.
   */
  protected abstract readonly needs: readonly string[] | null;

  /** Whether the page is of use when nobody can be asked who is signed in. */
  protected readonly worksOffline: boolean = false;

  /** The page's headline, which is its title too. */
  protected abstract heading(): string;

  /** What lies below the headline. `who` is signed in, but for pages that are for everybody. */
  protected abstract content(who: Me | null): TemplateResult;

  /** Called once, as soon as it is known that somebody is signed in who may see the page. */
  protected enter?(who: Me): void;

  /** Whether whoever is signed in may see the page. */
  private isOpen(who: Me): boolean {
    return (
      this.needs === null ||
      this.needs.length === 0 ||
      this.needs.some((permission) => may(permission, who))
    );
  }

  protected override willUpdate(): void {
    const { session } = sessionStore.state;
    const who = me();
    if (session && !who && this.needs !== null) go(signInUrl());
    if (who && this.isOpen(who) && !this.arrived) {
      this.arrived = true;
      this.enter?.(who);
    }
  }

  protected override updated(): void {
    document.title = `${this.heading()} - ${t('app.name')}`;
  }

  protected override render(): TemplateResult {
    const { settings } = sessionStore.state;
    return html`
      <a class="skip-link" href="#main" @click=${this.skip}>${t('skip.to_main')}</a>
      <app-header></app-header>
      ${
        settings?.demo
          ? html`<section class="demo-banner" aria-label=${t('sample.badge')}>
              <span class="badge badge-sample" aria-hidden="true">${t('sample.badge')}</span>
              <p>${t('demo.banner')}</p>
            </section>`
          : nothing
      }
      <activation-slot ?offline=${this.worksOffline}></activation-slot>
      <main id="main" class="page" tabindex="-1">
        <h1 class="page-title">${this.heading()}</h1>
        ${this.body()}
      </main>
      <app-messages></app-messages>
    `;
  }

  /** The part behind the `#` says what a page shows, on some pages: skipping to it must not replace that. */
  private readonly skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  };

  private body(): TemplateResult {
    const { session, error } = sessionStore.state;
    if (error && this.worksOffline) return this.content(null);
    if (error) return failure(t('session.failed'), error, () => void loadSession());
    if (!session) return html`<p class="loading">${t('page.loading')}</p>`;
    const who = me();
    if (this.needs === null) return this.content(who);
    // On the way to the sign-in page.
    if (!who) return html`<p class="loading">${t('session.going')}</p>`;
    if (this.isOpen(who)) return this.content(who);
    return html`<div class="notice notice-warning" role="alert">
      ${icon('warning')}
      <div class="notice-text">
        <p><strong>${t('page.closed')}</strong></p>
        <p>${t('page.closed_why')}</p>
      </div>
    </div>`;
  }
}
