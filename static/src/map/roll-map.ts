/** A map of a roll-call: how the residents of each building stand, and where they gather. Nothing on it can be changed; a list says the same. */
import type { Standing } from '../activation/answers';
import { drawMuster, drawStanding } from '../activation/signs';
import type { Bbox, Feature, Position } from '../api/types';
import { L } from './leaflet';
import { SmallMap, type SmallMapOptions } from './small-map';
import { SymbolIcon } from './symbol-icon';

/** Something at a place. */
export interface RollSign {
  at: Position;
  /** What the building stands for; null for a place where residents gather. */
  standing: Standing | null;
  /** How many. */
  count: number;
  /** What is said of it. */
  label: string;
}

/** Who needs looking after lies above the others. */
const ABOVE: Readonly<Record<Standing, number>> = {
  none: 4000,
  unable: 3000,
  safe: 2000,
  on_the_way: 2000,
  arrived: 1000,
};

/** A tooltip's text as a node: names are data, never HTML. */
const textNode = (text: string): HTMLElement => {
  const node = document.createElement('span');
  node.textContent = text;
  return node;
};

/** A Leaflet map of buildings and places to gather. */
export class RollMap {
  private readonly small: SmallMap;
  /** What is drawn, by where and what it is: what has not changed stays, so that nothing flickers under a pointer. */
  private drawn = new Map<string, L.Marker>();

  constructor(container: HTMLElement, options: SmallMapOptions) {
    this.small = new SmallMap(container, options);
    // A finger or a wheel that passes over the map scrolls the page.
    this.small.map.scrollWheelZoom.disable();
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
  }

  /** Brings a box into view. */
  fit(box: Bbox): void {
    this.small.fit(box);
  }

  /** Draws signs in place of those that are there. */
  draw(signs: readonly RollSign[]): void {
    const next = new Map<string, L.Marker>();
    for (const sign of signs) {
      const key = JSON.stringify(sign);
      next.set(key, this.drawn.get(key) ?? markerOf(sign).addTo(this.small.map));
    }
    for (const [key, marker] of this.drawn) if (!next.has(key)) marker.remove();
    this.drawn = next;
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }
}

function markerOf({ at: [lon, lat], standing, count, label }: RollSign): L.Marker {
  const icon = new SymbolIcon({
    draw: () => (standing ? drawStanding(standing, count) : drawMuster()),
    className: `symbol roll-sign-${standing ?? 'muster'}`,
    label: () => label,
  });
  const zIndexOffset = standing ? ABOVE[standing] : 0;
  // The list is the keyboard's way.
  const marker = L.marker([lat, lon], { icon, keyboard: false, zIndexOffset });
  // It has a name, so it needs a role as well.
  marker.on('add', () => marker.getElement()?.setAttribute('role', 'img'));
  return marker.bindTooltip(() => textNode(label), { direction: 'top', offset: [0, -16] });
}
