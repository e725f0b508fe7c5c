/** The ward drawn from its own data: outline, districts and the names of localities. */
import type { Feature } from '../api/types';
import { nameOf } from '../format/feature';
import { pointOf } from '../geo/measure';
import { latLngs } from './lat-lngs';
import { L } from './leaflet';
import { NameLabels } from './name-labels';
import { rendererOf } from './panes';

/** Quiet enough for symbols to stand out; neighbours differ just enough to be seen. */
const DISTRICT_TINTS = ['#f7f6ee', '#f1f5f2', '#f7f2ee', '#eff3f8', '#f5f1f6'] as const;

/** A base map without tiles. */
export class OutlineBase {
  private readonly features = new Map<string, readonly Feature[]>();
  private readonly group = L.layerGroup();
  private readonly labels: NameLabels;
  private shown = false;

  constructor(private readonly map: L.Map) {
    this.labels = new NameLabels(map);
  }

  set(layer: string, features: readonly Feature[]): void {
    if (this.features.get(layer) === features) return;
    this.features.set(layer, features);
    this.redraw();
  }

  show(): void {
    this.shown = true;
    this.group.addTo(this.map);
    this.redraw();
  }

  hide(): void {
    this.shown = false;
    this.group.remove();
    this.labels.set([]);
  }

  redraw(): void {
    if (!this.shown) return;
    this.group.clearLayers();
    const { features } = this;
    this.outline(features.get('boundary') ?? [], { fillColor: '#f9f9f6', weight: 0 });
    for (const [index, district] of (features.get('districts') ?? []).entries()) {
      const fillColor = DISTRICT_TINTS[index % DISTRICT_TINTS.length] ?? DISTRICT_TINTS[0];
      this.outline([district], { fillColor, color: '#a8b0b8', weight: 1.5, dashArray: '2 5' });
    }
    this.outline(features.get('boundary') ?? [], { fill: false, color: '#6b7680', weight: 2.5 });
    this.labels.set([
      ...this.names('districts', { from: 0, to: 15, className: 'name-district' }),
      ...this.names('localities', { from: 14, to: 99, className: 'name-locality' }),
    ]);
  }

  private outline(features: readonly Feature[], style: L.PathOptions): void {
    for (const { geometry } of features) {
      if (!geometry?.type.endsWith('Polygon')) continue;
      L.polygon(latLngs(geometry) as L.LatLng[][], {
        renderer: rendererOf(this.map, 'base'),
        pane: 'base',
        interactive: false,
        fillOpacity: 1,
        ...style,
      }).addTo(this.group);
    }
  }

  private names(layer: string, at: { from: number; to: number; className: string }) {
    return (this.features.get(layer) ?? []).flatMap((feature) => {
      const point = pointOf(feature);
      return point ? [{ ...at, text: nameOf(feature), at: L.latLng(point[1], point[0]) }] : [];
    });
  }
}
