/** Shows which feature is chosen, above everything and outside the clusters. */
import type { Feature } from '../api/types';
import { meetingPlace, pointOf } from '../geo/measure';
import { colourOf, lookOf } from '../symbols/looks';
import type { OnChoose } from './feature-shapes';
import { latLngs } from './lat-lngs';
import { L } from './leaflet';
import { rendererOf } from './panes';
import { chosenIcon, featureIcon } from './symbol-icon';
import { nameNode } from './tooltip';

/** A feature that is shown because another one is chosen, such as the stops of a route. */
export interface Companion {
  layer: string;
  feature: Feature;
}

const HALO = '#ffd43d';
const INK = '#1a1a1a';

/** The chosen feature on the map. */
export class Highlight {
  private readonly group = L.layerGroup();

  constructor(
    private readonly map: L.Map,
    private readonly choose: OnChoose,
  ) {
    this.group.addTo(map);
  }

  clear(): void {
    this.group.clearLayers();
  }

  show(layer: string, feature: Feature, companions: readonly Companion[]): void {
    this.clear();
    this.drawGeometry(layer, feature);
    for (const companion of companions) this.drawCompanion(companion);
    const point = pointOf(feature);
    if (point && !feature.geometry?.type.endsWith('LineString')) {
      const marker = L.marker(L.latLng(point[1], point[0]), {
        icon: chosenIcon(layer, feature),
        pane: 'top',
        interactive: false,
        keyboard: false,
      }).addTo(this.group);
      this.nameMeetingPlace(marker, feature);
    }
  }

  private drawGeometry(layer: string, { geometry, ...rest }: Feature): void {
    if (!geometry || geometry.type.endsWith('Point')) return;
    const { stroke } = lookOf(layer);
    const colour = colourOf(layer, { geometry, ...rest });
    const isLine = geometry.type.endsWith('LineString');
    const shared = {
      renderer: rendererOf(this.map, 'chosen'),
      pane: 'chosen',
      interactive: false,
      lineJoin: 'round',
      fill: false,
    } as const;
    const draw = (style: L.PolylineOptions): void => {
      const coordinates = latLngs(geometry);
      (isLine
        ? L.polyline(coordinates as L.LatLng[], { ...shared, ...style })
        : L.polygon(coordinates as L.LatLng[][], { ...shared, ...style })
      ).addTo(this.group);
    };
    draw({ color: INK, weight: stroke.width + 9 });
    draw({ color: HALO, weight: stroke.width + 6 });
    draw({ color: colour, weight: Math.max(stroke.width, 3), fill: !isLine, fillOpacity: 0.16 });
  }

  private drawCompanion({ layer, feature }: Companion): void {
    const point = pointOf(feature);
    if (!point) return;
    L.marker(L.latLng(point[1], point[0]), {
      icon: featureIcon(layer, feature),
      pane: 'top',
    })
      .bindTooltip(() => nameNode(feature), { direction: 'top', offset: [0, -16] })
      .on('click keypress', (event) => {
        const { originalEvent } = event as L.LeafletKeyboardEvent;
        if (event.type === 'keypress' && originalEvent.key !== 'Enter') return;
        L.DomEvent.stopPropagation(event);
        this.choose(layer, feature.id);
      })
      .addTo(this.group);
  }

  private nameMeetingPlace(marker: L.Marker, feature: Feature): void {
    const name = feature.properties['meeting_place'];
    if (!meetingPlace(feature) || typeof name !== 'string') return;
    const node = document.createElement('span');
    node.textContent = name;
    marker.bindTooltip(node, { permanent: true, direction: 'bottom', offset: [0, 20] });
  }
}
