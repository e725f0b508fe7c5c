/** A small map on which one point is set: by a click, by dragging, or from outside. */
import type { BaseMap, Bbox, Feature, Geometry, Position } from '../api/types';
import { BaseLayer } from './base-map';
import { latLngs } from './lat-lngs';
import { L } from './leaflet';
import { createPanes } from './panes';
import { SymbolIcon } from './symbol-icon';

/** What the map needs to start, and whom it tells. */
export interface PointPickerOptions {
  baseMap: BaseMap | null;
  /** Where to look while no point is set. */
  box: Bbox;
  /** Somebody set the point on the map. */
  onPick: (position: Position) => void;
  /** What the point is called, for a screen reader. */
  label: () => string;
}

const CLOSE_ZOOM = 17;
const SIZE = 36;

/** A pin, drawn by us. */
function pin(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 36 36');
  svg.setAttribute('aria-hidden', 'true');
  for (const [radius, fill] of [
    ['15', '#ffffff'],
    ['12', '#0031d8'],
    ['4', '#ffffff'],
  ] as const) {
    const circle = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    circle.setAttribute('cx', '18');
    circle.setAttribute('cy', '18');
    circle.setAttribute('r', radius);
    circle.setAttribute('fill', fill);
    svg.append(circle);
  }
  return svg;
}

/** A Leaflet map with one point that can be moved. */
export class PointPicker {
  private readonly map: L.Map;
  private readonly base: BaseLayer;
  private marker: L.Marker | null = null;
  private area: L.Polygon | null = null;

  constructor(
    container: HTMLElement,
    private readonly options: PointPickerOptions,
  ) {
    this.map = L.map(container, { attributionControl: false, minZoom: 9, maxZoom: 20 });
    createPanes(this.map);
    const [w, s, e, n] = options.box;
    this.map.fitBounds([
      [s, w],
      [n, e],
    ]);
    this.base = new BaseLayer(this.map, options.baseMap, () => undefined);
    this.map.on('click', ({ latlng }) => {
      this.pick(latlng);
    });
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(container);
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.base.setOutline(layer, features);
  }

  /** Shows an area, which is not changed here. */
  setArea(geometry: Geometry | null): void {
    this.area?.remove();
    this.area = null;
    if (!geometry?.type.endsWith('Polygon')) return;
    this.area = L.polygon(latLngs(geometry) as L.LatLng[][], { interactive: false }).addTo(
      this.map,
    );
    this.map.fitBounds(this.area.getBounds());
  }

  /** Shows the point, and brings it into view where it is not. */
  setPoint(position: Position | null): void {
    if (!position) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    const at = L.latLng(position[1], position[0]);
    if (this.marker) this.marker.setLatLng(at);
    else {
      this.map.setView(at, CLOSE_ZOOM, { animate: false });
      this.marker = this.createMarker(at).addTo(this.map);
    }
    if (!this.map.getBounds().contains(at)) this.map.panTo(at, { animate: false });
  }

  private createMarker(at: L.LatLng): L.Marker {
    const icon = new SymbolIcon({
      draw: pin,
      className: 'point-picker-pin',
      size: SIZE,
      label: this.options.label,
    });
    // The fields beside the map are the keyboard's way: a marker that cannot be moved by keys is no stop.
    return L.marker(at, { icon, draggable: true, keyboard: false }).on('dragend', () => {
      const moved = this.marker?.getLatLng();
      if (moved) this.pick(moved);
    });
  }

  private pick({ lat, lng }: L.LatLng): void {
    const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
    const position: Position = [round(lng), round(lat)];
    this.setPoint(position);
    this.options.onPick(position);
  }

  /** Takes the map away. */
  remove(): void {
    this.map.remove();
  }
}
