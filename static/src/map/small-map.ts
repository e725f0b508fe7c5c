/** A small map within a form: its levels, its base, and a box to begin with. */
import type { BaseMap, Bbox, Feature } from '../api/types';
import { BaseLayer } from './base-map';
import { L } from './leaflet';
import { createPanes } from './panes';

/** What a small map needs to start. */
export interface SmallMapOptions {
  baseMap: BaseMap | null;
  /** Where to look first. */
  box: Bbox;
}

/** A Leaflet map in a form, on which others draw. */
export class SmallMap {
  readonly map: L.Map;
  private readonly base: BaseLayer;
  private readonly watcher: ResizeObserver;

  constructor(container: HTMLElement, { baseMap, box }: SmallMapOptions) {
    this.map = L.map(container, { attributionControl: false, minZoom: 9, maxZoom: 20 });
    createPanes(this.map);
    this.fit(box);
    this.base = new BaseLayer(this.map, baseMap, () => undefined);
    this.watcher = new ResizeObserver(() => this.map.invalidateSize({ animate: false }));
    this.watcher.observe(container);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.base.setOutline(layer, features);
  }

  /** Brings a box into view. */
  fit([w, s, e, n]: Bbox): void {
    this.map.fitBounds(
      [
        [s, w],
        [n, e],
      ],
      { animate: false, padding: [24, 24], maxZoom: 18 },
    );
  }

  /** Takes the map away. */
  remove(): void {
    this.watcher.disconnect();
    this.map.remove();
  }
}
