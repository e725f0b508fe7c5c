import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../../api/types';
import { t } from '../../i18n/areas/design';
import { PageElement } from '../../shell/page-element';
import { may, me } from '../../shell/session';
import './parts/design-list';
import './parts/draft-page';
import './parts/route-changes';

/** `<design-page>`: the routes that somebody designs or reviews, or one of them in the editor. */
export class DesignPage extends PageElement {
  static override properties = { routeTitle: { state: true } };

  protected readonly needs = ['read_designs'];
  private readonly route = new URLSearchParams(location.search).get('route');
  /** The title of the route that is open. */
  declare private routeTitle: string;

  constructor() {
    super();
    this.routeTitle = '';
    this.classList.toggle('is-editing', this.route !== null);
  }

  protected override heading(): string {
    return this.route === null ? t('design.title') : this.routeTitle || t('design.title_one');
  }

  protected override content(who: Me | null): TemplateResult {
    if (this.route === null) {
      return html`<design-list></design-list>
        ${may('read_change') ? html`<route-changes></route-changes>` : nothing}`;
    }
    return html`<draft-page
      .route=${this.route}
      .account=${who?.account ?? me()?.account ?? ''}
      @titled=${({ detail }: CustomEvent<string>) => {
        this.routeTitle = detail;
      }}
    ></draft-page>`;
  }
}

customElements.define('design-page', DesignPage);
