/** Names on the ground, as many as fit without touching each other. */
import { L } from './leaflet';
import { SymbolIcon } from './symbol-icon';

/** A name and where it stands. Earlier names win over later ones. */
export interface NameLabel {
  text: string;
  at: L.LatLng;
  /** Shown from this zoom up to, but not including, `to`. */
  from: number;
  to: number;
  className: string;
}

const LINE_HEIGHT_PX = 20;
const LATIN_PX = 7.2;
const KANJI_PX = 13.5;

/** Draws names and thins them out at every zoom. */
export class NameLabels {
  private readonly group = L.layerGroup();
  private labels: readonly NameLabel[] = [];

  constructor(private readonly map: L.Map) {
    this.group.addTo(map);
    map.on('zoomend', () => {
      this.draw();
    });
  }

  set(labels: readonly NameLabel[]): void {
    this.labels = labels;
    this.draw();
  }

  private draw(): void {
    this.group.clearLayers();
    const zoom = this.map.getZoom();
    const taken: L.Bounds[] = [];
    for (const label of this.labels) {
      if (zoom < label.from || zoom >= label.to) continue;
      const box = this.box(label, zoom);
      if (taken.some((other) => other.intersects(box))) continue;
      taken.push(box);
      this.group.addLayer(this.marker(label));
    }
  }

  private box({ text, at }: NameLabel, zoom: number): L.Bounds {
    const centre = this.map.project(at, zoom);
    const width = Array.from(text).reduce(
      (sum, letter) => sum + (letter.charCodeAt(0) < 0x250 ? LATIN_PX : KANJI_PX),
      0,
    );
    const half = L.point(width / 2 + 6, LINE_HEIGHT_PX / 2);
    return L.bounds(centre.subtract(half), centre.add(half));
  }

  private marker({ text, at, className }: NameLabel): L.Marker {
    const icon = new SymbolIcon({
      draw: () => document.createTextNode(text),
      className: `name ${className}`,
      size: 0,
    });
    return L.marker(at, { icon, pane: 'names', interactive: false, keyboard: false });
  }
}
