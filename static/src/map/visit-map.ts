/** A map of visits: each stop with its number in the list beside it, and of the chosen visit where the phone said that it was. */
import type { Feature, Position } from '../api/types';
import { pointIcon } from './design-icon';
import { L } from './leaflet';
import { SmallMap, type SmallMapOptions } from './small-map';

/** A visit as it is drawn. */
export interface VisitPoint {
  id: string;
  /** Its number in the list. */
  number: number;
  /** What a screen reader says. */
  label: string;
  stop: Position;
  /** How near one has to come to the stop, in metres. */
  radius_m: number;
  /** Where the phone said that it was, each with the circle within which that is true. */
  fixes: readonly { location: Position; accuracy_m: number }[];
}

/** What the map needs to start, and whom it tells. */
export interface VisitMapOptions extends SmallMapOptions {
  /** Somebody chose a visit on the map. */
  onChoose: (id: string) => void;
}

const RADIUS = '#0031d8';
const FIX = '#a8071a';

const at = ([lon, lat]: Position): L.LatLng => L.latLng(lat, lon);

/** A Leaflet map with the stops of visits. */
export class VisitMap {
  private readonly small: SmallMap;
  private readonly map: L.Map;
  private readonly stops = L.layerGroup();
  private readonly chosen = L.layerGroup();
  private drawn: readonly VisitPoint[] = [];

  constructor(
    container: HTMLElement,
    private readonly options: VisitMapOptions,
  ) {
    this.small = new SmallMap(container, options);
    this.map = this.small.map;
    this.stops.addTo(this.map);
    this.chosen.addTo(this.map);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
  }

  /** Draws the visits, and one of them with all that is known of its place. */
  draw(visits: readonly VisitPoint[], id: string | null): void {
    const isNew =
      visits.map((visit) => visit.id).join() !== this.drawn.map((visit) => visit.id).join();
    this.drawn = visits;
    this.stops.clearLayers();
    for (const visit of visits) this.stops.addLayer(this.sign(visit, visit.id === id));
    this.chosen.clearLayers();
    const found = visits.find((visit) => visit.id === id);
    if (found) this.show(found);
    else if (isNew && visits.length > 0)
      this.lookAt(visits.map(({ stop }) => at(stop).toBounds(200)));
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }

  private sign(visit: VisitPoint, isChosen: boolean): L.Marker {
    const { id, number, label, stop } = visit;
    const icon = pointIcon({ kind: 'stop', number, label, isChosen, hasFindings: false });
    // The list beside the map is the keyboard's way.
    const marker = L.marker(at(stop), { icon, keyboard: false, zIndexOffset: isChosen ? 1000 : 0 });
    // It has a name, so it needs a role as well.
    marker.on('add', () => marker.getElement()?.setAttribute('role', 'img'));
    return marker.on('click', () => {
      this.options.onChoose(id);
    });
  }

  private show({ stop, radius_m, fixes }: VisitPoint): void {
    const plain = { pane: 'areas', interactive: false, weight: 2 } as const;
    const circles = [
      L.circle(at(stop), { ...plain, radius: radius_m, color: RADIUS, fillOpacity: 0.1 }),
      ...fixes.map(({ location, accuracy_m }) =>
        L.circle(at(location), {
          ...plain,
          radius: accuracy_m,
          color: FIX,
          dashArray: '6 6',
          fillOpacity: 0.08,
        }),
      ),
    ];
    const dots = fixes.map(({ location }) =>
      L.circleMarker(at(location), {
        pane: 'lines',
        interactive: false,
        radius: 7,
        color: '#ffffff',
        weight: 3,
        fillColor: FIX,
        fillOpacity: 1,
      }),
    );
    for (const layer of [...circles, ...dots]) this.chosen.addLayer(layer);
    // A circle knows its bounds once it is on the map; its size on the ground does as well.
    this.lookAt([
      at(stop).toBounds(2 * radius_m),
      ...fixes.map(({ location, accuracy_m }) => at(location).toBounds(2 * accuracy_m)),
    ]);
  }

  private lookAt(boxes: readonly L.LatLngBounds[]): void {
    const [first, ...rest] = boxes;
    if (!first) return;
    const all = rest.reduce(
      (sum, box) => sum.extend(box),
      L.latLngBounds(first.getSouthWest(), first.getNorthEast()),
    );
    this.map.fitBounds(all, { animate: false, padding: [24, 24], maxZoom: 18 });
  }
}
