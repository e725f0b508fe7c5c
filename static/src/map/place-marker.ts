/** Where the reader is, with a circle as wide as the device is unsure. */
import type { Position } from '../api/types';
import { L } from './leaflet';
import { SymbolIcon } from './symbol-icon';

const BLUE = '#0031d8';

/** The reader's own place on the map. */
export class PlaceMarker {
  private readonly group = L.layerGroup();

  constructor(map: L.Map) {
    this.group.addTo(map);
  }

  show(place: { position: Position; accuracy_m: number } | null): void {
    this.group.clearLayers();
    if (!place) return;
    const at = L.latLng(place.position[1], place.position[0]);
    L.circle(at, {
      radius: place.accuracy_m,
      color: BLUE,
      weight: 1.5,
      fillOpacity: 0.1,
      interactive: false,
    }).addTo(this.group);
    L.marker(at, {
      icon: new SymbolIcon({
        draw: () => document.createElement('span'),
        className: 'my-place',
        size: 22,
      }),
      pane: 'top',
      interactive: false,
      keyboard: false,
    }).addTo(this.group);
  }
}
