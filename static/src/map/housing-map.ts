/** A map of disaster housing: buildings with lines to where their councils meet. Nothing on it can be changed; a list says the same. */
import type { Bbox, Feature, Position } from '../api/types';
import { drawPoint } from '../symbols/draw';
import { lookOf } from '../symbols/looks';
import { L } from './leaflet';
import { rendererOf } from './panes';
import { SmallMap, type SmallMapOptions } from './small-map';
import { SymbolIcon } from './symbol-icon';

/** A building as it is drawn. */
export interface DrawnBuilding {
  at: Position;
  /** How many of its homes are lived in. */
  homes: number;
  /** Whether one of them belongs to no council. */
  isOpen: boolean;
  /** What is said of it. */
  label: string;
}

/** A line from a building to the meeting place of a council. */
export interface DrawnWay {
  from: Position;
  to: Position;
  /** How many homes it stands for. */
  homes: number;
  /** What is said of it. */
  label: string;
  /** What the council is called. */
  council: string;
}

/** A council as it is drawn: where it meets. */
export interface DrawnCouncil {
  at: Position;
  /** How many of its homes are lived in. */
  residents: number;
  /** What is said of it. */
  label: string;
}

const HOUSING = '#0031d8';
/** No council yet: another shape as well, for whoever does not see the colour. */
const OPEN = '#ac3e00';
const THINNEST_PX = 3;
const THICKEST_PX = 9;
const HIT_PX = 18;
const ABOVE = 1000;

const at = ([lon, lat]: Position): L.LatLng => L.latLng(lat, lon);

/** A tooltip's text as a node: names are data, never HTML. */
const textNode = (text: string): HTMLElement => {
  const node = document.createElement('span');
  node.textContent = text;
  return node;
};

/** A Leaflet map of buildings and the meeting places of their councils. */
export class HousingMap {
  private readonly small: SmallMap;
  private readonly drawn = L.layerGroup();

  constructor(container: HTMLElement, options: SmallMapOptions) {
    this.small = new SmallMap(container, options);
    // A finger or a wheel that passes over the map scrolls the page.
    this.small.map.scrollWheelZoom.disable();
    this.drawn.addTo(this.small.map);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
  }

  /** Brings a box into view. */
  fit(box: Bbox): void {
    this.small.fit(box);
  }

  /** Draws it all anew. */
  draw(buildings: readonly DrawnBuilding[], ways: readonly DrawnWay[]): void {
    this.drawn.clearLayers();
    for (const way of ways) this.drawWay(way);
    const places = new Map(ways.map(({ to, council }) => [JSON.stringify([to, council]), to]));
    for (const [key, to] of places) {
      const [, council] = JSON.parse(key) as [Position, string];
      this.drawn.addLayer(this.meetingPlace(to, council));
    }
    for (const building of buildings) this.drawn.addLayer(this.building(building));
  }

  /** Draws councils alone, with how many residents each has. */
  drawCouncils(councils: readonly DrawnCouncil[]): void {
    this.drawn.clearLayers();
    const { outline, colour } = lookOf('councils');
    for (const { at: place, residents, label } of councils) {
      const look =
        residents > 0 ? { outline, colour } : ({ outline: 'diamond', colour: OPEN } as const);
      const number = String(residents);
      const draw = (): Node => drawPoint({ ...look, glyph: 'none', number });
      // Whoever has none lies above the others.
      this.drawn.addLayer(this.sign(place, label, draw, residents > 0 ? 0 : ABOVE));
    }
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }

  private drawWay({ from, to, homes, label }: DrawnWay): void {
    const line = [at(from), at(to)];
    const shared = { pane: 'lines', renderer: rendererOf(this.small.map, 'lines') } as const;
    const weight = Math.min(THICKEST_PX, THINNEST_PX + homes - 1);
    const { colour } = lookOf('councils');
    const plain = { ...shared, interactive: false, lineCap: 'round' } as const;
    for (const path of [
      L.polyline(line, { ...plain, color: '#ffffff', weight: weight + 4 }),
      L.polyline(line, { ...plain, color: colour, weight }),
      // A pointer needs more than a thin line to hit.
      L.polyline(line, { ...shared, opacity: 0, weight: HIT_PX }).bindTooltip(
        () => textNode(label),
        { sticky: true, direction: 'top' },
      ),
    ]) {
      this.drawn.addLayer(path);
    }
  }

  private meetingPlace(place: Position, council: string): L.Marker {
    const { outline, colour, glyph } = lookOf('councils');
    return this.sign(place, council, () => drawPoint({ outline, colour, glyph }), 0);
  }

  private building({ at: place, homes, isOpen, label }: DrawnBuilding): L.Marker {
    return this.sign(
      place,
      label,
      () =>
        drawPoint({
          outline: isOpen ? 'diamond' : 'house',
          colour: isOpen ? OPEN : HOUSING,
          glyph: 'none',
          number: String(homes),
        }),
      ABOVE,
    );
  }

  private sign(place: Position, label: string, draw: () => Node, zIndexOffset: number): L.Marker {
    const icon = new SymbolIcon({ draw, className: 'symbol', label: () => label });
    // The lists are the keyboard's way.
    const marker = L.marker(at(place), { icon, keyboard: false, zIndexOffset });
    // It has a name, so it needs a role as well.
    marker.on('add', () => marker.getElement()?.setAttribute('role', 'img'));
    return marker.bindTooltip(() => textNode(label), { direction: 'top', offset: [0, -16] });
  }
}
