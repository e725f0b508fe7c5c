/** The tiles around a route on this device. They are kept only where the service says that their owner allows it. */
import type { BaseMap, Position } from '../../../api/types';
import { distance } from '../../../geo/measure';
import { addressOf, type Tile, tilesWithin, zoomOf } from '../../../geo/tiles';
import { nearby, wholeRoute } from './pictures';

/** Where the tiles came from, beside them. */
const SOURCE = '/tiles';
/** More are not asked of anybody's server for one route. */
const MOST = 240;
/** So many are asked for at once. */
const AT_ONCE = 6;
/** The line is looked at in steps of so many metres. */
const STEP_M = 100;

/** The tiles of a route, as images that can be drawn. */
export interface Tiles {
  source: BaseMap;
  /** Data URLs by address. */
  images: ReadonlyMap<string, string>;
}

/** The tiles that the map of a walk draws, wherever on its line one is. Of a route that is too long, those of all of it alone. */
export function tilesOf(line: readonly Position[], deepest: number): Tile[] {
  const whole = wholeRoute(line);
  const tiles = new Map<string, Tile>();
  const add = (more: readonly Tile[]): void => {
    for (const tile of more)
      tiles.set(`${String(tile.z)}/${String(tile.x)}/${String(tile.y)}`, tile);
  };
  add(tilesWithin(whole.bounds, zoomOf(whole, deepest)));
  const few = [...tiles.values()];
  for (const place of stepsOf(line)) {
    const picture = nearby(place);
    add(tilesWithin(picture.bounds, zoomOf(picture, deepest)));
  }
  return tiles.size > MOST ? few : [...tiles.values()];
}

/** Places along a line, none farther from the next than a step. */
function stepsOf(line: readonly Position[]): Position[] {
  const places: Position[] = line.slice(0, 1);
  for (const [index, to] of line.slice(1).entries()) {
    const from = line[index] ?? to;
    const steps = Math.max(Math.ceil(distance(from, to) / STEP_M), 1);
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      places.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
    }
  }
  return places;
}

/** Keeps the tiles of a line. One that does not come is left out: the map is drawn without it. `progress`: from 0 to 1. */
export async function keepTiles(
  cache: Cache,
  source: BaseMap,
  line: readonly Position[],
  progress: (done: number) => void,
): Promise<void> {
  const addresses = tilesOf(line, source.max_zoom).map((tile) =>
    addressOf(source.url_template, tile),
  );
  const waiting = addresses.values();
  let done = 0;
  const fetchSome = async (): Promise<void> => {
    for (const address of waiting) {
      const response = await fetch(address, { credentials: 'omit' }).catch(() => null);
      if (response?.ok) await cache.put(address, response);
      progress(++done / addresses.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchSome));
  await cache.put(SOURCE, Response.json(source));
}

/** The tiles that were kept with a route; none where they were not. */
export async function tilesIn(cache: Cache): Promise<Tiles | null> {
  const kept = await cache.match(SOURCE);
  if (!kept) return null;
  const source = (await kept.json()) as BaseMap;
  const images = new Map<string, string>();
  const start = source.url_template.slice(0, source.url_template.indexOf('{'));
  for (const { url } of await cache.keys()) {
    const tile = url.startsWith(start) ? await cache.match(url) : undefined;
    if (tile) images.set(url, await dataUrl(await tile.blob()));
  }
  return { source, images };
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      // Of a data URL it is a text.
      resolve(reader.result as string);
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('a tile cannot be read'));
    };
    reader.readAsDataURL(blob);
  });
}
