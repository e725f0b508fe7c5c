/** A map of how many walks came to places: a circle for each, the larger the more. */
import type { Feature, Position } from '../api/types';
import { L } from './leaflet';
import { rendererOf } from './panes';
import { SmallMap, type SmallMapOptions } from './small-map';

/** A place as it is drawn. */
export interface CoveredPoint {
  id: string;
  location: Position;
  /** How many came; none where that is not told. */
  count: number | null;
}

/** What the map needs to start, and whom it tells. */
export interface CoverageMapOptions extends SmallMapOptions {
  /** Somebody chose a place on the map. */
  onChoose: (id: string) => void;
}

const COLOR = '#0017c1';
const CHOSEN = '#a8071a';
const SMALLEST_PX = 6;
const LARGEST_PX = 26;

const at = ([lon, lat]: Position): L.LatLng => L.latLng(lat, lon);

/** A Leaflet map with a circle at each place. */
export class CoverageMap {
  private readonly small: SmallMap;
  private readonly map: L.Map;
  private readonly circles = L.layerGroup();

  constructor(
    container: HTMLElement,
    private readonly options: CoverageMapOptions,
  ) {
    this.small = new SmallMap(container, options);
    this.map = this.small.map;
    this.circles.addTo(this.map);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
  }

  /** Draws the places, and brings the chosen one into view. */
  draw(points: readonly CoveredPoint[], chosen: string | null): void {
    const most = Math.max(1, ...points.map(({ count }) => count ?? 0));
    this.circles.clearLayers();
    // The smaller one stays within reach.
    for (const point of points.toSorted((one, other) => (other.count ?? 1) - (one.count ?? 1))) {
      this.circles.addLayer(this.circle(point, most, point.id === chosen));
    }
    const found = points.find(({ id }) => id === chosen);
    if (found && !this.map.getBounds().pad(-0.1).contains(at(found.location))) {
      this.map.panTo(at(found.location), { animate: false });
    }
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }

  /** As large as the count: by area, as the eye has it. */
  private circle({ id, location, count }: CoveredPoint, most: number, isChosen: boolean) {
    const part = Math.sqrt((count ?? 1) / most);
    const color = isChosen ? CHOSEN : COLOR;
    return L.circleMarker(at(location), {
      renderer: rendererOf(this.map, isChosen ? 'chosen' : 'lines'),
      radius: SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * part,
      color,
      weight: isChosen ? 4 : 2,
      fillColor: color,
      fillOpacity: count === 0 ? 0 : 0.35,
      ...(count === 0 ? { dashArray: '4 4' } : {}),
    }).on('click', () => {
      this.options.onChoose(id);
    });
  }
}
