/** The ways of the pedestrian network under a map without tiles: loaded for what is in view, once one is near enough to tell them apart. */
import type { Bbox, Position } from '../api/types';
import { tileBounds, tilesWithin } from '../geo/tiles';
import { L } from './leaflet';
import { rendererOf } from './panes';

/** What is drawn. */
export interface Ways {
  ways: readonly Position[][];
  stairs: readonly Position[][];
  /** What must be said of it. */
  attributions: readonly string[];
}

/** Loads the ways in a box. */
export type LoadWays = (box: Bbox) => Promise<Ways>;

/** From that zoom on ways are drawn. */
const NEAR_ENOUGH = 16;
/** They are loaded square by square, as large as tiles of that zoom. */
const SQUARES = 16;
/** So many squares are kept. */
const KEPT = 40;

const latLng = ([lon, lat]: Position): L.LatLngTuple => [lat, lon];

/** Draws ways while it is shown. */
export class NetworkWays {
  private readonly group = L.layerGroup();
  private readonly squares = new Map<string, L.LayerGroup>();
  private readonly said = new Set<string>();
  private shown = false;

  constructor(
    private readonly map: L.Map,
    private readonly load: LoadWays,
    private readonly onAttributions: (said: readonly string[]) => void,
  ) {
    map.on('moveend', () => {
      this.look();
    });
  }

  show(): void {
    this.shown = true;
    this.group.addTo(this.map);
    this.look();
  }

  hide(): void {
    this.shown = false;
    this.group.remove();
  }

  private look(): void {
    const isNear = this.map.getZoom() >= NEAR_ENOUGH;
    if (!this.shown) return;
    if (isNear) this.group.addTo(this.map);
    else this.group.remove();
    if (!isNear) return;
    const view = this.map.getBounds();
    const box: Bbox = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
    for (const square of tilesWithin(box, SQUARES)) {
      const key = `${String(square.x)}/${String(square.y)}`;
      if (!this.squares.has(key)) void this.draw(key, tileBounds(square));
    }
  }

  private async draw(key: string, box: Bbox): Promise<void> {
    const drawn = L.layerGroup().addTo(this.group);
    this.squares.set(key, drawn);
    this.forgetOne();
    let found: Ways;
    try {
      found = await this.load(box);
    } catch {
      // Without them the ward's outlines are there still; it is tried again when the map is moved.
      this.squares.delete(key);
      return;
    }
    const style = {
      renderer: rendererOf(this.map, 'base'),
      pane: 'base',
      interactive: false,
    } as const;
    for (const line of found.ways) {
      L.polyline(line.map(latLng), { ...style, color: '#b4bac0', weight: 4 }).addTo(drawn);
    }
    for (const line of found.stairs) {
      L.polyline(line.map(latLng), {
        ...style,
        color: '#7a5c3e',
        weight: 4,
        dashArray: '3 4',
        lineCap: 'butt',
      }).addTo(drawn);
    }
    const before = this.said.size;
    for (const text of found.attributions) this.said.add(text);
    if (this.said.size > before) this.onAttributions([...this.said]);
  }

  /** What was looked at first is the first to go. */
  private forgetOne(): void {
    const [first] = this.squares;
    if (this.squares.size <= KEPT || !first) return;
    this.group.removeLayer(first[1]);
    this.squares.delete(first[0]);
  }
}
