import { html, type TemplateResult } from 'lit';
import { LightElement } from '../../components/light-element';
import { loadOutlines } from '../../components/outlines';
import { t } from '../../i18n/areas/covered';
import type { CoverageMap, CoveredPoint } from '../../map/coverage-map';
import { sessionStore } from '../../shell/session';
import { Watch } from '../../state/store';

/** `<coverage-view>`: the places of the table below on a map. Fires `choose` with a place's id. */
export class CoverageView extends LightElement {
  static override properties = { points: { attribute: false }, chosen: { attribute: false } };

  declare points: readonly CoveredPoint[];
  declare chosen: string | null;
  private map: CoverageMap | null = null;
  private isStarting = false;

  constructor() {
    super();
    this.points = [];
    this.chosen = null;
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="coverage-map" role="region" aria-label=${t('covered.map')}></div>
      <p class="section-text">${t('covered.map_key')}</p>
    `;
  }

  protected override updated(): void {
    void this.start();
    this.map?.draw(this.points, this.chosen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.map?.remove();
    this.map = null;
  }

  /** The map comes when it is known where to look; the table works without it. */
  private async start(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.coverage-map');
    if (!settings || !container || this.map || this.isStarting) return;
    this.isStarting = true;
    try {
      const { CoverageMap } = await import('../../map/coverage-map');
      if (!this.isConnected) return;
      this.map = new CoverageMap(container, {
        baseMap: settings.base_map ?? null,
        box: settings.bbox,
        onChoose: (id) => {
          this.dispatchEvent(new CustomEvent('choose', { detail: id }));
        },
      });
      this.map.draw(this.points, this.chosen);
      loadOutlines((layer, features) => {
        this.map?.setOutline(layer, features);
      });
    } finally {
      this.isStarting = false;
    }
  }
}

customElements.define('coverage-view', CoverageView);
