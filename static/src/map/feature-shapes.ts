/** Turns a layer's features into things that Leaflet can draw. */
import type { Feature, Geometry } from '../api/types';
import { spokenName } from '../format/feature';
import { pointOf } from '../geo/measure';
import { colourOf, lookOf } from '../symbols/looks';
import { latLngs } from './lat-lngs';
import { L } from './leaflet';
import { rendererOf } from './panes';
import { featureIcon } from './symbol-icon';
import { nameNode } from './tooltip';

/** What happens when somebody chooses a feature on the map. */
export type OnChoose = (layer: string, id: string) => void;

/** The drawing of one layer. */
export interface Shapes {
  markers: Map<string, FeatureMarker>;
  paths: L.Layer[];
}

/** A marker that knows what it stands for. */
export class FeatureMarker extends L.Marker {
  constructor(
    /** Named unlike Leaflet's own `feature`, which means something else. */
    readonly subject: { layer: string; feature: Feature },
    at: L.LatLng,
  ) {
    const icon = featureIcon(subject.layer, subject.feature);
    super(at, { icon, keyboard: true, riseOnHover: true });
  }
}

/** A pointer needs more than a thin line to hit. */
const HIT_WIDTH = 22;

/** Draws a layer's features. Areas of `area_or_point` layers get a symbol as well. */
export function drawFeatures(
  map: L.Map,
  layer: string,
  features: readonly Feature[],
  withSymbols: boolean,
  choose: OnChoose,
): Shapes {
  const shapes: Shapes = { markers: new Map(), paths: [] };
  for (const feature of features) {
    const { geometry } = feature;
    if (!geometry) continue;
    const isPoint = geometry.type === 'Point' || geometry.type === 'MultiPoint';
    if (!isPoint) {
      const paths = drawPath(map, layer, feature, geometry);
      const target = paths.at(-1);
      if (target) makeChoosable(target, layer, feature, choose, !withSymbols);
      shapes.paths.push(...paths);
    }
    const point = isPoint || withSymbols ? pointOf(feature) : null;
    if (point) {
      const marker = new FeatureMarker({ layer, feature }, L.latLng(point[1], point[0]));
      makeChoosable(marker, layer, feature, choose, true);
      shapes.markers.set(feature.id, marker);
    }
  }
  return shapes;
}

/** A feature's line or area. The last of the returned layers is the one to point at. */
function drawPath(map: L.Map, layer: string, feature: Feature, geometry: Geometry): L.Path[] {
  const { stroke } = lookOf(layer);
  const colour = colourOf(layer, feature);
  if (geometry.type.endsWith('LineString')) {
    const shared = {
      renderer: rendererOf(map, 'lines'),
      pane: 'lines',
      lineJoin: 'round',
    } as const;
    const line = latLngs(geometry) as L.LatLng[];
    return [
      L.polyline(line, {
        ...shared,
        color: '#ffffff',
        weight: stroke.width + 4,
        interactive: false,
      }),
      L.polyline(line, { ...shared, color: colour, weight: stroke.width, interactive: false }),
      L.polyline(line, { ...shared, color: colour, weight: HIT_WIDTH, opacity: 0 }),
    ];
  }
  return [
    L.polygon(latLngs(geometry) as L.LatLng[][], {
      renderer: rendererOf(map, 'areas'),
      pane: 'areas',
      color: colour,
      weight: stroke.width,
      fillOpacity: stroke.fill,
      // An area without a fill must be chosen by its border, or it would swallow every click.
      fill: stroke.fill > 0,
      ...(stroke.dash ? { dashArray: stroke.dash } : {}),
    }),
  ];
}

function makeChoosable(
  target: L.Marker | L.Path,
  layer: string,
  feature: Feature,
  choose: OnChoose,
  focusable: boolean,
): void {
  target.bindTooltip(() => nameNode(feature), {
    direction: 'top',
    sticky: target instanceof L.Path,
    offset: target instanceof L.Path ? [0, -6] : [0, -16],
  });
  target.on('click', (event) => {
    L.DomEvent.stopPropagation(event);
    choose(layer, feature.id);
  });
  target.on('add', () => {
    const element = target.getElement();
    if (!element) return;
    element.setAttribute('data-feature', `${layer}/${feature.id}`);
    if (!focusable) return;
    element.setAttribute('role', 'button');
    element.setAttribute('tabindex', '0');
    element.setAttribute('aria-label', spokenName(feature));
    element.addEventListener('keydown', (event) => {
      const { key } = event as KeyboardEvent;
      if (key !== 'Enter' && key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      choose(layer, feature.id);
    });
  });
}
