/** What lies under the layers: tiles, and outlines where there are none or they do not arrive. */
import type { BaseMap, Feature } from '../api/types';
import { L } from './leaflet';
import { type LoadWays, NetworkWays } from './network-ways';
import { OutlineBase } from './outline-base';

/** What is drawn now. `failed`: tiles are configured but do not arrive. */
export type BaseState = 'tiles' | 'outlines' | 'failed';

/** So many failures with no success mean that the tile server cannot be reached. */
const GIVE_UP_AFTER = 4;

/** The base map with its fallback. */
export class BaseLayer {
  private readonly outlines: OutlineBase;
  private tiles: L.TileLayer | null = null;
  private failures = 0;
  private ways: NetworkWays | null = null;

  constructor(
    private readonly map: L.Map,
    private source: BaseMap | null,
    private readonly onState: (state: BaseState) => void,
  ) {
    this.outlines = new OutlineBase(map);
    const retry = (): void => {
      if (!this.tiles) this.start();
    };
    window.addEventListener('online', retry);
    // A map that is gone needs no tiles.
    map.on('unload', () => {
      window.removeEventListener('online', retry);
    });
    this.start();
  }

  /** Changes where the tiles come from. */
  setSource(source: BaseMap | null): void {
    if (source === this.source) return;
    this.source = source;
    this.tiles?.remove();
    this.tiles = null;
    this.start();
  }

  /** Tries the tiles, again if they failed before. */
  start(): void {
    this.failures = 0;
    if (!this.source || !navigator.onLine) {
      this.fallBack();
      return;
    }
    this.tiles ??= this.createTiles(this.source).addTo(this.map);
    this.outlines.hide();
    this.ways?.hide();
    this.onState('tiles');
  }

  /** Gives the outlines what they are drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.outlines.set(layer, features);
  }

  /** Draws ways as well where there are no tiles. Tells what must be said of them. */
  setWays(load: LoadWays, onAttributions: (said: readonly string[]) => void): void {
    this.ways = new NetworkWays(this.map, load, onAttributions);
    if (!this.tiles) this.ways.show();
  }

  /** Writes names again after the language has changed. */
  rename(): void {
    this.outlines.redraw();
  }

  private createTiles({ url_template, max_zoom }: BaseMap): L.TileLayer {
    return L.tileLayer(url_template, { maxNativeZoom: max_zoom, maxZoom: 20, detectRetina: false })
      .on('tileload', () => {
        this.failures = 0;
      })
      .on('tileerror', () => {
        this.failures += 1;
        if (this.failures >= GIVE_UP_AFTER) this.fallBack();
      });
  }

  private fallBack(): void {
    this.tiles?.remove();
    this.tiles = null;
    this.outlines.show();
    this.ways?.show();
    this.onState(this.source ? 'failed' : 'outlines');
  }
}
