/** A small map that shows a route, with the numbers of its stops. Nothing on it can be changed; a list says the same. */
import type { Feature, Position } from '../api/types';
import { L } from './leaflet';
import { SmallMap, type SmallMapOptions } from './small-map';
import { SymbolIcon } from './symbol-icon';

/** A stop as it is drawn. */
export interface RouteStop {
  sequence: number;
  location: Position;
}

/** What is drawn. */
export interface RouteViewOptions extends Omit<SmallMapOptions, 'box'> {
  line: readonly Position[];
  stops: readonly RouteStop[];
}

const SIZE = 32;
const COLOUR = '#0031d8';

function disc(sequence: number): SVGElement {
  const make = (name: string, attributes: Record<string, string>): SVGElement => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const svg = make('svg', { viewBox: '0 0 32 32', 'aria-hidden': 'true' });
  svg.append(make('circle', { cx: '16', cy: '16', r: '15', fill: '#ffffff' }));
  svg.append(make('circle', { cx: '16', cy: '16', r: '13', fill: COLOUR }));
  const number = make('text', {
    x: '16',
    y: '21',
    fill: '#ffffff',
    'font-size': '14',
    'font-weight': '700',
    'text-anchor': 'middle',
  });
  number.textContent = String(sequence);
  svg.append(number);
  return svg;
}

/** A Leaflet map with one route. */
export class RouteView {
  private readonly small: SmallMap;

  constructor(container: HTMLElement, { baseMap, line, stops }: RouteViewOptions) {
    const all = [...line, ...stops.map(({ location }) => location)];
    const longitudes = all.map(([longitude]) => longitude);
    const latitudes = all.map(([, latitude]) => latitude);
    this.small = new SmallMap(container, {
      baseMap,
      box: [
        Math.min(...longitudes),
        Math.min(...latitudes),
        Math.max(...longitudes),
        Math.max(...latitudes),
      ],
    });
    const { map } = this.small;
    // On a phone a finger that passes over the map scrolls the page.
    map.scrollWheelZoom.disable();
    const points = line.map(([longitude, latitude]) => L.latLng(latitude, longitude));
    const shared = {
      pane: 'lines',
      interactive: false,
      lineJoin: 'round',
      lineCap: 'round',
    } as const;
    L.polyline(points, { ...shared, color: '#ffffff', weight: 9 }).addTo(map);
    L.polyline(points, { ...shared, color: COLOUR, weight: 5 }).addTo(map);
    for (const { sequence, location } of stops) {
      const icon = new SymbolIcon({
        draw: () => disc(sequence),
        className: 'route-view-stop',
        size: SIZE,
      });
      L.marker([location[1], location[0]], { icon, interactive: false, keyboard: false }).addTo(
        map,
      );
    }
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }
}
