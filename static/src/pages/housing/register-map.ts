import type { Bbox } from '../../api/types';
import { LightElement } from '../../components/light-element';
import { loadOutlines } from '../../components/outlines';
import type { HousingMap } from '../../map/housing-map';
import { sessionStore } from '../../shell/session';
import { Watch } from '../../state/store';

/**
 * The base of what the register shows on a map. The map comes when it is known where to look and there is
 * an element `.housing-map`; what stands beside it works without it.
 */
export abstract class RegisterMap extends LightElement {
  protected map: HousingMap | null = null;
  private isStarting = false;
  private isFitted = false;

  constructor() {
    super();
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  /** Draws what is known on a map that is there. Returns the box around it; null where nothing is. */
  protected abstract draw(map: HousingMap): Bbox | null;

  /** Whether somebody sees it. */
  protected isWanted(): boolean {
    return true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.map?.remove();
    this.map = null;
    this.isFitted = false;
  }

  protected override updated(): void {
    void this.start();
    this.redraw();
  }

  private redraw(): void {
    if (!this.map) return;
    const box = this.draw(this.map);
    if (!box || this.isFitted) return;
    this.isFitted = true;
    this.map.fit(box);
  }

  private async start(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.housing-map');
    if (!settings || !container || !this.isWanted() || this.map || this.isStarting) return;
    this.isStarting = true;
    try {
      const { HousingMap } = await import('../../map/housing-map');
      if (!this.isConnected) return;
      this.map = new HousingMap(container, {
        baseMap: settings.base_map ?? null,
        box: settings.bbox,
      });
      this.redraw();
      loadOutlines((layer, features) => {
        this.map?.setOutline(layer, features);
      });
    } finally {
      this.isStarting = false;
    }
  }
}
