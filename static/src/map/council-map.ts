/** The map of one's own council: its area, where it meets, its shelters and members, home, and the ways between. A text beside it says the same. */
import type { BaseMap, Bbox, Feature, Geometry } from '../api/types';
import { drawSign, type PointSign, type Sign, WAYS, type WaySign } from '../council/signs';
import { representative } from '../geo/measure';
import { lookOf } from '../symbols/looks';
import { latLngs } from './lat-lngs';
import { L } from './leaflet';
import { rendererOf } from './panes';
import { SmallMap } from './small-map';
import { SymbolIcon } from './symbol-icon';

/** Something to draw. */
export interface CouncilShape {
  sign: Sign;
  geometry: Geometry;
  /** What it is called: shown to whoever points at it, said by a screen reader. */
  label: string;
  /** The language of the name, where it is not the page's. */
  lang: string | null;
}

/** What the map needs to start. */
export interface CouncilMapOptions {
  baseMap: BaseMap | null;
  /** Where to look first. */
  box: Bbox;
}

const isWay = (sign: Sign): sign is WaySign => sign === 'walk' || sign === 'step_free';

/** A Leaflet map with one council. */
export class CouncilMap {
  private readonly small: SmallMap;
  private readonly map: L.Map;
  private readonly drawn = L.layerGroup();

  constructor(container: HTMLElement, { baseMap, box }: CouncilMapOptions) {
    this.small = new SmallMap(container, { baseMap, box });
    this.map = this.small.map;
    // A wheel or a finger that passes over the map scrolls the page.
    this.map.scrollWheelZoom.disable();
    this.drawn.addTo(this.map);
  }

  /** Draws shapes, from the ground up, in place of those that are there. */
  draw(shapes: readonly CouncilShape[]): void {
    this.drawn.clearLayers();
    for (const shape of shapes) for (const layer of this.layers(shape)) this.drawn.addLayer(layer);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
  }

  /** Brings a box into view. */
  fit(box: Bbox): void {
    this.small.fit(box);
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }

  private layers(shape: CouncilShape): L.Layer[] {
    const { sign, geometry } = shape;
    if (sign === 'area') return this.area(geometry);
    if (isWay(sign)) return this.way(sign, geometry);
    const point = representative(geometry);
    return point ? [marker(shape, sign, L.latLng(point[1], point[0]))] : [];
  }

  private area(geometry: Geometry): L.Layer[] {
    const { colour, stroke } = lookOf('councils');
    return [
      L.polygon(latLngs(geometry) as L.LatLng[][], {
        renderer: rendererOf(this.map, 'areas'),
        pane: 'areas',
        interactive: false,
        color: colour,
        weight: stroke.width,
        fillOpacity: stroke.fill,
        ...(stroke.dash ? { dashArray: stroke.dash } : {}),
      }),
    ];
  }

  private way(sign: WaySign, geometry: Geometry): L.Layer[] {
    const { colour, width, casing, dash } = WAYS[sign];
    const line = latLngs(geometry) as L.LatLng[];
    const shared = {
      renderer: rendererOf(this.map, 'lines'),
      pane: 'lines',
      interactive: false,
      lineCap: 'round',
      lineJoin: 'round',
      ...(dash ? { dashArray: dash } : {}),
    } as const;
    return [
      L.polyline(line, { ...shared, color: '#ffffff', weight: casing }),
      L.polyline(line, { ...shared, color: colour, weight: width }),
    ];
  }
}

/** A point with its name. Not for the keyboard: whoever does not point reads the text. */
function marker({ label, lang }: CouncilShape, sign: PointSign, at: L.LatLng): L.Marker {
  const icon = new SymbolIcon({
    draw: () => drawSign(sign),
    className: `symbol council-sign-${sign}`,
    label: () => label,
  });
  const isFirst = sign === 'home' || sign === 'meeting_place';
  const found = L.marker(at, { icon, keyboard: false, zIndexOffset: isFirst ? 1000 : 0 });
  found.bindTooltip(
    () => {
      const node = document.createElement('span');
      node.textContent = label;
      if (lang) node.lang = lang;
      return node;
    },
    { direction: 'top', offset: [0, -16] },
  );
  // It has a name, so it needs a role as well.
  found.on('add', () => {
    const element = found.getElement();
    element?.setAttribute('role', 'img');
    if (lang) element?.setAttribute('lang', lang);
  });
  return found;
}
