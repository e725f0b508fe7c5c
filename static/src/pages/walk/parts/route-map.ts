import { html, svg, type TemplateResult } from 'lit';
import type { Position } from '../../../api/types';
import { t } from '../../../i18n/areas/walk';
import type { Pack } from '../model/packs';
import type { Fix } from '../model/way';

const SIZE = 360;

/** The line, its stops and the walker over the pedestrian network, drawn from the pack: needs no tiles and no library. */
export function routeMap(
  { route, ways, outline }: Pack,
  next: string | null,
  fix: Fix | null,
): TemplateResult {
  const line = route.line.coordinates as Position[];
  const lons = line.map(([lon]) => lon);
  const lats = line.map(([, lat]) => lat);
  const middle = [lons, lats].map((all) => (Math.min(...all) + Math.max(...all)) / 2);
  const [lon0 = 0, lat0 = 0] = middle;
  const narrow = Math.cos((lat0 * Math.PI) / 180);
  const wide = Math.max(
    (Math.max(...lons) - Math.min(...lons)) * narrow,
    Math.max(...lats) - Math.min(...lats),
    0.001,
  );
  const scale = (SIZE * 0.84) / wide;
  const at = ([lon, lat]: Position): [number, number] => [
    SIZE / 2 + (lon - lon0) * narrow * scale,
    SIZE / 2 - (lat - lat0) * scale,
  ];
  const path = (points: readonly Position[]): string =>
    points
      .map((point) =>
        at(point)
          .map((value) => value.toFixed(1))
          .join(','),
      )
      .join(' ');
  const near = ways.filter((way) =>
    way.some((point) => at(point).every((value) => value > -50 && value < SIZE + 50)),
  );
  const me = fix ? at(fix.location) : null;
  return html`<svg
    class="walk-map"
    viewBox="0 0 ${SIZE} ${SIZE}"
    role="img"
    aria-label=${t('walk.map')}
  >
    ${outline.map((ring) => svg`<polygon class="walk-outline" points=${path(ring)} />`)}
    ${near.map((way) => svg`<polyline class="walk-street" points=${path(way)} />`)}
    <polyline class="walk-casing" points=${path(line)} />
    <polyline class="walk-line" points=${path(line)} />
    ${route.stops.map((stop) => {
      const [x, y] = at(stop.location as Position);
      const kind = stop.stop_id === next ? 'walk-stop is-next' : 'walk-stop';
      return svg`<g class=${kind}><circle cx=${x} cy=${y} r="13" /><text x=${x} y=${y + 5}>${stop.sequence}</text></g>`;
    })}
    ${me ? svg`<circle class="walk-me" cx=${me[0]} cy=${me[1]} r="8" />` : ''}
  </svg>`;
}
