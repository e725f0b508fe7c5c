/** A small map on which one point is set: by a click, by dragging, or from outside. */
import type { Feature, Position } from '../api/types';
import { positionOf } from './draggable-points';
import { L } from './leaflet';
import { SmallMap, type SmallMapOptions } from './small-map';
import { SymbolIcon } from './symbol-icon';

/** What the map needs to start, and whom it tells. */
export interface PointPickerOptions extends SmallMapOptions {
  /** Somebody set the point on the map. */
  onPick: (position: Position) => void;
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
  private readonly small: SmallMap;
  private readonly map: L.Map;
  private marker: L.Marker | null = null;

  constructor(
    container: HTMLElement,
    private readonly options: PointPickerOptions,
  ) {
    this.small = new SmallMap(container, options);
    this.map = this.small.map;
    this.map.on('click', ({ latlng }) => {
      this.pick(latlng);
    });
  }

  /** Gives the base map without tiles what it is drawn from. */
  setOutline(layer: string, features: readonly Feature[]): void {
    this.small.setOutline(layer, features);
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
    });
    // The fields beside the map are the keyboard's way: a marker that cannot be moved by keys is no stop.
    return L.marker(at, { icon, draggable: true, keyboard: false }).on('dragend', () => {
      const moved = this.marker?.getLatLng();
      if (moved) this.pick(moved);
    });
  }

  private pick(at: L.LatLng): void {
    const position = positionOf(at);
    this.setPoint(position);
    this.options.onPick(position);
  }

  /** Takes the map away. */
  remove(): void {
    this.small.remove();
  }
}
