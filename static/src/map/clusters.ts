/** Markers that would lie on each other are shown as one ring, coloured by what is in it. */
import { t } from '../i18n';
import { svg } from '../symbols/draw';
import { colourOf } from '../symbols/looks';
import { FeatureMarker } from './feature-shapes';
import { L } from './leaflet';
// It extends the global `L`, which Leaflet sets while it loads: the order of these two matters.
import 'leaflet.markercluster';
import 'leaflet.markercluster/dist/MarkerCluster.css';
import { SymbolIcon } from './symbol-icon';

/**
 * Far out, fewer rings are easier to read; near by, places should stand for themselves. A sign is
 * 44 px wide, so that what is nearer than that would lie on it.
 */
const radius = (zoom: number): number => (zoom < 14 ? 64 : zoom < 16 ? 56 : 46);
/** From here on places are far enough apart to be told from each other. */
const APART_FROM_ZOOM = 18;
const MANY = 100;

/** The group in which all markers of the map are. */
export function createClusters(calm: boolean): L.MarkerClusterGroup {
  return L.markerClusterGroup({
    maxClusterRadius: radius,
    disableClusteringAtZoom: APART_FROM_ZOOM,
    spiderfyOnMaxZoom: true,
    showCoverageOnHover: false,
    animate: !calm,
    spiderLegPolylineOptions: { weight: 2, color: '#333333', opacity: 0.7 },
    iconCreateFunction: clusterIcon,
  });
}

const clusterIcon = (cluster: L.MarkerCluster): SymbolIcon => {
  const count = cluster.getChildCount();
  return new SymbolIcon({
    draw: () => drawRing(cluster, count),
    className: 'cluster',
    size: count < MANY ? 44 : 52,
    label: () => t('map.cluster', { count }),
  });
};

function drawRing(cluster: L.MarkerCluster, count: number): SVGSVGElement {
  const shares = new Map<string, number>();
  for (const marker of cluster.getAllChildMarkers()) {
    if (!(marker instanceof FeatureMarker)) continue;
    const { subject } = marker;
    const colour = colourOf(subject.layer, subject.feature);
    shares.set(colour, (shares.get(colour) ?? 0) + 1);
  }
  const ring = svg('svg', { viewBox: '0 0 44 44', 'aria-hidden': 'true', focusable: 'false' });
  ring.append(svg('circle', { cx: 22, cy: 22, r: 21, fill: '#ffffff' }));
  let from = 0;
  for (const [colour, share] of [...shares].sort((a, b) => b[1] - a[1])) {
    ring.append(arc(colour, from / count, share / count));
    from += share;
  }
  ring.append(
    svg('circle', { cx: 22, cy: 22, r: 14.5, fill: '#ffffff' }),
    svg(
      'text',
      {
        x: 22,
        y: 27.2,
        'text-anchor': 'middle',
        'font-size': count < 1000 ? 15 : 12,
        'font-weight': 700,
        'font-family': 'sans-serif',
        fill: '#1a1a1a',
      },
      document.createTextNode(String(count)),
    ),
  );
  return ring;
}

const RING_RADIUS = 17;
const AROUND = 2 * Math.PI * RING_RADIUS;

/** A part of the ring: dashes are the shortest way to draw one without trigonometry. */
function arc(colour: string, from: number, share: number): SVGCircleElement {
  return svg('circle', {
    cx: 22,
    cy: 22,
    r: RING_RADIUS,
    fill: 'none',
    stroke: colour,
    'stroke-width': 6,
    'stroke-dasharray': `${share * AROUND} ${AROUND}`,
    'stroke-dashoffset': -from * AROUND,
    transform: 'rotate(-90 22 22)',
  });
}
