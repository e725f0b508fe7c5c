import { html, type TemplateResult } from 'lit';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n/areas/visits';
import type { VisitMap, VisitPoint } from '../../../map/visit-map';
import { sessionStore } from '../../../shell/session';
import { Watch } from '../../../state/store';
import { loadOutlines } from '../../../components/outlines';

/** `<visit-map>`: the visits of the list beside it on a map. The list says all of it in words. */
export class VisitMapElement extends LightElement {
  static override properties = { points: { attribute: false }, chosen: { attribute: false } };

  declare points: readonly VisitPoint[];
  declare chosen: string | null;
  private map: VisitMap | null = null;
  private isStarting = false;

  constructor() {
    super();
    this.points = [];
    this.chosen = null;
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="visit-map" role="region" aria-label=${t('visits.map')}></div>
      <p class="section-text">${t('visits.map_key')} ${t('visits.map_same')}</p>
    `;
  }

  protected override updated(): void {
    void this.start();
    this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.map?.remove();
    this.map = null;
  }

  /** The map comes when it is known where to look; the list works without it. */
  private async start(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.visit-map');
    if (!settings || !container || this.map || this.isStarting) return;
    this.isStarting = true;
    try {
      const { VisitMap } = await import('../../../map/visit-map');
      if (!this.isConnected) return;
      this.map = new VisitMap(container, {
        baseMap: settings.base_map ?? null,
        box: settings.bbox,
        onChoose: (id) => {
          this.dispatchEvent(new CustomEvent('choose', { detail: id, bubbles: true }));
        },
      });
      this.draw();
      loadOutlines((layer, features) => {
        this.map?.setOutline(layer, features);
      });
    } finally {
      this.isStarting = false;
    }
  }

  private draw(): void {
    this.map?.draw(this.points, this.chosen);
  }
}

customElements.define('visit-map', VisitMapElement);
