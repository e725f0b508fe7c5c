/**
 * A small map on which the corners of an area are moved, and new ones put between them. It shows what it is
 * given and tells what people do; the list beside it does the same by keyboard.
 */
import type { Bbox, Feature, Position } from '../api/types';
import { type Ring, ringAt, type RingPlace, type Shape, spotBehind } from '../geo/shape';
import { type DraggablePoint, DraggablePoints, positionOf } from './draggable-points';
import { L } from './leaflet';
import { rendererOf } from './panes';
import { SmallMap, type SmallMapOptions } from './small-map';

/** What the map needs to start, and whom it tells. Corners are counted from 0. */
export interface AreaEditorOptions extends SmallMapOptions {
  /** Whether it is only looked at. */
  isLocked: boolean;
  /** A corner was let go. */
  onMove: (corner: number, at: Position) => void;
  /** A new corner is wanted, with this index. */
  onInsert: (corner: number, at: Position) => void;
  onChoose: (corner: number) => void;
  /** The map itself was pressed. */
  onPress: (at: Position) => void;
}

/** What is shown. */
export interface AreaView {
  shape: Shape;
  edited: RingPlace;
  chosen: number | null;
  /** Whether the shape cannot be stored as it is. */
  isWrong: boolean;
  /** What a corner is called, for a screen reader. */
  label: (corner: number) => string;
  /** What stands for the new corner behind one is called. */
  labelOfGap: (corner: number) => string;
}

interface Corner extends DraggablePoint {
  readonly number: number;
}

/** Corners that stand closer than a finger can tell are not all drawn: they come when the map is closer. */
const APART_PX = 24;
/** A new corner needs room between its neighbours. */
const ROOM_PX = 56;
/** More markers make a phone slow. */
const MOST_CORNERS = 120;

const KEY = '#0031d8';
const WRONG = '#c60000';

const latLng = ([lon, lat]: Position): L.LatLng => L.latLng(lat, lon);

const dot = (text: string): HTMLElement => {
  const span = document.createElement('span');
  span.className = 'corner-dot';
  span.textContent = text;
  return span;
};

/** A Leaflet map with one ring of an area that can be changed. */
export class AreaEditor {
  private readonly small: SmallMap;
  private readonly map: L.Map;
  private readonly corners: DraggablePoints<Corner>;
  private readonly gaps: DraggablePoints<Corner>;
  private readonly area: L.Polygon;
  private readonly outline: L.Polygon;
  private readonly line: L.Polyline;
  private view: AreaView | null = null;

  constructor(
    container: HTMLElement,
    private readonly options: AreaEditorOptions,
  ) {
    this.small = new SmallMap(container, options);
    const { map } = this.small;
    this.map = map;
    // Two corners that are set quickly are no wish to come closer.
    map.doubleClickZoom.disable();
    const areas = { renderer: rendererOf(map, 'areas'), pane: 'areas', interactive: false };
    const lines = {
      renderer: rendererOf(map, 'lines'),
      pane: 'lines',
      interactive: false,
      weight: 4,
    };
    this.area = L.polygon([], { ...areas, color: KEY, weight: 2, fillOpacity: 0.12 }).addTo(map);
    this.outline = L.polygon([], { ...lines, fill: false }).addTo(map);
    this.line = L.polyline([], { ...lines, dashArray: '6 8' }).addTo(map);
    this.corners = new DraggablePoints<Corner>(map, {
      icon: ({ number }, isChosen) => ({
        draw: () => dot(String(number + 1)),
        className: isChosen ? 'corner is-chosen' : 'corner',
        size: 36,
      }),
      onMove: (id, at, isDone) => {
        const corner = Number(id);
        if (isDone) options.onMove(corner, at);
        else this.drawRing(this.ring.map((old, index) => (index === corner ? at : old)));
      },
      onChoose: (id) => {
        options.onChoose(Number(id));
      },
    });
    this.gaps = new DraggablePoints<Corner>(map, {
      icon: () => ({ draw: () => dot(''), className: 'corner corner-new', size: 28 }),
      onMove: (id, at, isDone) => {
        const corner = Number(id);
        if (isDone) options.onInsert(corner, at);
        else this.drawRing([...this.ring.slice(0, corner), at, ...this.ring.slice(corner)]);
      },
      onChoose: (id) => {
        const gap = this.gapsNow().find((one) => one.id === id);
        if (gap) options.onInsert(Number(id), gap.at);
      },
    });
    map.on('click', ({ latlng }) => {
      options.onPress(positionOf(latlng));
    });
    map.on('moveend', () => {
      this.drawPoints();
    });
  }

  private get ring(): Ring {
    return this.view ? ringAt(this.view.shape, this.view.edited) : [];
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
  }

  /** Shows a state of the area. */
  show(view: AreaView): void {
    this.view = view;
    this.area.setLatLngs(view.shape.map((rings) => rings.map((ring) => ring.map(latLng))));
    this.drawRing(this.ring);
    this.drawPoints();
  }

  /** Brings a box into view. */
  fit(box: Bbox): void {
    this.small.fit(box);
  }

  /** Brings a corner into view where it is not. */
  reveal(corner: number): void {
    const at = this.ring[corner];
    if (at && !this.map.getBounds().contains(latLng(at)))
      this.map.panTo(latLng(at), { animate: false });
  }

  /** Where the middle of the map is. */
  get middle(): Position {
    return positionOf(this.map.getCenter());
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }

  /** The edited ring; one that is no area yet is a broken line. */
  private drawRing(ring: Ring): void {
    const style = { color: this.view?.isWrong && ring.length > 2 ? WRONG : KEY };
    const at = ring.map(latLng);
    this.outline.setLatLngs(ring.length > 2 ? [at] : []).setStyle(style);
    this.line.setLatLngs(ring.length > 2 ? [] : at).setStyle(style);
  }

  private drawPoints(): void {
    if (!this.view || this.options.isLocked) return;
    const { chosen } = this.view;
    this.corners.set(this.cornersNow(), chosen === null ? null : String(chosen));
    this.gaps.set(this.gapsNow());
  }

  /** The corners that can be seen and told apart. */
  private cornersNow(): Corner[] {
    const { view, ring } = this;
    if (!view) return [];
    const bounds = this.map.getBounds().pad(0.2);
    const shown: Corner[] = [];
    const pixels: L.Point[] = [];
    const add = (number: number, at: Position): void => {
      if (!bounds.contains(latLng(at)) || shown.length >= MOST_CORNERS) return;
      const pixel = this.map.latLngToContainerPoint(latLng(at));
      if (pixels.some((other) => pixel.distanceTo(other) < APART_PX)) return;
      pixels.push(pixel);
      shown.push({ id: String(number), at, number, label: view.label(number) });
    };
    // The corner in hand comes first: others give way to it.
    const inHand = view.chosen === null ? undefined : ring[view.chosen];
    if (view.chosen !== null && inHand) add(view.chosen, inHand);
    for (const [number, at] of ring.entries()) if (number !== view.chosen) add(number, at);
    return shown;
  }

  /** The middles of the edges that are long enough on the screen. */
  private gapsNow(): Corner[] {
    const { ring } = this;
    if (ring.length < 3) return [];
    const bounds = this.map.getBounds();
    const gaps: Corner[] = [];
    for (const [number, from] of ring.entries()) {
      const to = ring[(number + 1) % ring.length] as Position;
      const [a, b] = [latLng(from), latLng(to)];
      const at = spotBehind(ring, number, from);
      if (gaps.length >= MOST_CORNERS || !bounds.contains(latLng(at))) continue;
      const room = this.map
        .latLngToContainerPoint(a)
        .distanceTo(this.map.latLngToContainerPoint(b));
      if (room < ROOM_PX) continue;
      gaps.push({ id: String(number + 1), at, number, label: this.view?.labelOfGap(number) ?? '' });
    }
    return gaps;
  }
}
