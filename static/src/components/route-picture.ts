import { html, nothing, type TemplateResult } from 'lit';
import type { Position } from '../api/types';
import type { RouteView } from '../map/route-view';
import { sessionStore } from '../shell/session';
import { Watch } from '../state/store';
import { langOf } from './lang-of';
import { LightElement } from './light-element';
import { loadOutlines } from './outlines';

/** A route to be shown. */
export interface PicturedRoute {
  line: readonly Position[];
  stops: readonly { sequence: number; location: Position }[];
  /** What must be said wherever the line is shown. */
  attributions: readonly string[];
}

/**
 * `<route-picture>`: a route on a small map. All that it shows has to stand in a list beside it: the map comes late, and
 * without a network not at all.
 */
export class RoutePicture extends LightElement {
  static override properties = { route: { attribute: false }, label: {}, missing: { state: true } };

  declare route: PicturedRoute;
  /** What the map is called. */
  declare label: string;
  /** Whether the map could not be loaded. */
  declare private missing: boolean;
  private view: RouteView | null = null;
  private shown: PicturedRoute | null = null;

  constructor() {
    super();
    this.label = '';
    this.missing = false;
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  protected override render(): TemplateResult {
    const { settings } = sessionStore.state;
    const base = settings?.base_map?.attribution;
    const sources = [...new Set([...(base ? [base] : []), ...this.route.attributions])];
    return html`
      <div
        class="route-picture"
        role="region"
        aria-label=${this.label}
        ?hidden=${this.missing}
      ></div>
      ${
        this.missing
          ? nothing
          : html`<ul class="route-sources">
              ${sources.map((source) => html`<li lang=${langOf(source)}>${source}</li>`)}
            </ul>`
      }
    `;
  }

  protected override updated(): void {
    void this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.view?.remove();
    this.view = null;
    this.shown = null;
  }

  private async draw(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.route-picture');
    if (!settings || !container || this.shown === this.route) return;
    const { route } = this;
    this.shown = route;
    try {
      const { RouteView } = await import('../map/route-view');
      // Meanwhile the page may have gone on.
      if (!this.isConnected || this.route !== route) return;
      this.view?.remove();
      this.view = new RouteView(container, { baseMap: settings.base_map ?? null, ...route });
      loadOutlines((layer, features) => this.view?.setOutline(layer, features));
    } catch {
      this.missing = true;
    }
  }
}

customElements.define('route-picture', RoutePicture);
