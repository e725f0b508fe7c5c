/**
 * The line, its stops and the walker, drawn from the pack without a library: over the tiles that were kept with it, and over streets
 * and names where there are none.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Position } from '../../../api/types';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { pathOf, type Projection } from '../../../geo/projection';
import { addressOf, cornerOf, tilesWithin, zoomOf } from '../../../geo/tiles';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/walk';
import type { Pack } from '../model/packs';
import { nearby, SIZE, wholeRoute } from '../model/pictures';
import type { Tiles } from '../model/tiles';
import type { Visited } from '../model/visited';
import type { Fix } from '../model/way';

/** Names that are drawn at once: more would hide the way. */
const NAMES = 12;

/** What the map shows. */
export interface RouteMapParts {
  pack: Pack;
  tiles: Tiles | null;
  next: string | null;
  seen: ReadonlyMap<string, Visited>;
  fix: Fix | null;
  /** Whether only what lies around the walker is shown. */
  isNear: boolean;
}

const isInSight = ([x, y]: [number, number], margin = 0): boolean =>
  x > -margin && y > -margin && x < SIZE + margin && y < SIZE + margin;

/** The map with the button that changes how much of it is seen. */
export function routeMap(parts: RouteMapParts, toggle: () => void): TemplateResult {
  const { pack, fix, isNear, tiles } = parts;
  const line = pack.route.line.coordinates as Position[];
  const picture = isNear && fix ? nearby(fix.location) : wholeRoute(line);
  const { at } = picture;
  const drawn = (points: readonly Position[]): string => pathOf(picture, points);
  const ground = tiles ? images(tiles, picture) : [];
  const near = pack.ways.filter((way) => way.some((point) => isInSight(at(point), 200)));
  return html`<section class="section" aria-labelledby="map">
    <h2 class="section-title" id="map">${t('walk.map')}</h2>
    <p class="visually-hidden">${t('walk.map_same')}</p>
    <div class="walk-map">
      <svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-labelledby="map">
        ${pack.outline.map((ring) => svg`<polygon class="walk-outline" points=${drawn(ring)} />`)}
        ${near.map((way) => svg`<polyline class="walk-street" points=${drawn(way)} />`)}
        ${repeat(
          ground,
          ({ address }) => address,
          ({ drawn }) => drawn,
        )}
        ${ground.length > 0 ? nothing : names(pack, at)}
        <polyline class="walk-casing" points=${drawn(line)} />
        <polyline class="walk-line" points=${drawn(line)} />
        ${pack.route.stops.map((stop) => sign(parts, stop, at))}
        ${fix ? walker(fix, picture) : nothing}
        <g class="walk-north" aria-hidden="true">
          <path d="M376 14l9 24l-9-6l-9 6z" />
          <text x="376" y="54">N</text>
        </g>
      </svg>
      ${
        fix
          ? html`<button
              type="button"
              class="button button-small"
              aria-pressed=${isNear ? 'true' : 'false'}
              @click=${toggle}
            >
              ${icon(isNear ? 'fit' : 'locate')}${isNear ? t('walk.map_all') : t('walk.map_near')}
            </button>`
          : nothing
      }
    </div>
    ${
      tiles && ground.length > 0
        ? html`<p class="walk-sources">
            <a href=${tiles.source.attribution_url} lang=${langOf(tiles.source.attribution)}
              >${tiles.source.attribution}</a
            >
          </p>`
        : nothing
    }
  </section>`;
}

/** The tiles of a picture that are on the device. */
function images({ source, images }: Tiles, picture: Projection) {
  return tilesWithin(picture.bounds, zoomOf(picture, source.max_zoom)).flatMap((tile) => {
    const address = addressOf(source.url_template, tile);
    const image = images.get(address);
    if (!image) return [];
    const [x, y] = picture.at(cornerOf(tile));
    const [right, below] = picture.at(cornerOf({ ...tile, x: tile.x + 1, y: tile.y + 1 }));
    // A little larger, so that no seam shines through.
    const drawn = svg`<image class="walk-tile" href=${image} x=${x} y=${y} width=${right - x + 0.4} height=${below - y + 0.4} preserveAspectRatio="none" />`;
    return [{ address, drawn }];
  });
}

/** Names of localities and landmarks that are in sight, and lie on no stop and no other name. */
function names({ landmarks, localities, route }: Pack, at: Projection['at']): TemplateResult[] {
  const taken = route.stops.map(({ location }) => at(location as Position));
  const drawn: TemplateResult[] = [];
  for (const { name, location } of [...localities, ...landmarks]) {
    const [x, y] = at(location as Position);
    const isFree = taken.every(([tx, ty]) => Math.abs(tx - x) > 70 || Math.abs(ty - y) > 20);
    if (drawn.length >= NAMES || !isFree || !isInSight([x, y], -30)) continue;
    taken.push([x, y]);
    drawn.push(svg`<text class="walk-name" x=${x} y=${y}>${pick(name)}</text>`);
  }
  return drawn;
}

function sign(
  { next, seen }: RouteMapParts,
  stop: Pack['route']['stops'][number],
  at: Projection['at'],
) {
  const [x, y] = at(stop.location as Position);
  const kind = stop.stop_id === next ? 'is-next' : seen.has(stop.stop_id) ? 'is-seen' : '';
  return svg`<g class="walk-stop ${kind}"><circle cx=${x} cy=${y} r="14" /><text x=${x} y=${y + 5}>${stop.sequence}</text></g>`;
}

/** Where one is, with the circle within which that is true. */
function walker(fix: Fix, { at, metre }: Projection) {
  const [x, y] = at(fix.location);
  return svg`<g class="walk-me"><circle class="walk-me-around" cx=${x} cy=${y} r=${Math.min(fix.accuracy_m * metre, SIZE)} /><circle class="walk-me-dot" cx=${x} cy=${y} r="9" /></g>`;
}
