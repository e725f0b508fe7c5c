/**
 * Tiles of a map in Web Mercator, in the usual XYZ scheme: at zoom `z` the world is 2^z tiles wide, counted from its north-west
 * corner.
 */
import type { Bbox, Position } from '../api/types';
import type { Projection } from './projection';

/** A tile. */
export interface Tile {
  z: number;
  x: number;
  y: number;
}

/** How wide the world is along the equator, in metres, as Web Mercator has it. */
const EQUATOR_M = 2 * Math.PI * 6_378_137;
/** A tile is at least so long in a picture: twice as sharp as its 256 pixels, and its writing can still be read. */
const SMALLEST = 128;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The tile in which a position lies. */
export function tileAt([lon, lat]: Position, z: number): Tile {
  const world = 2 ** z;
  const north = Math.asinh(Math.tan(radians(lat))) / Math.PI;
  const within = (value: number): number => Math.min(Math.max(Math.floor(value), 0), world - 1);
  return { z, x: within(((lon + 180) / 360) * world), y: within(((1 - north) / 2) * world) };
}

/** The north-west corner of a tile. */
export function cornerOf({ z, x, y }: Tile): Position {
  const world = 2 ** z;
  const north = Math.PI * (1 - (2 * y) / world);
  return [(x / world) * 360 - 180, (Math.atan(Math.sinh(north)) * 180) / Math.PI];
}

/** What of the world a tile covers. */
export function tileBounds(tile: Tile): Bbox {
  const [west, north] = cornerOf(tile);
  const [east, south] = cornerOf({ ...tile, x: tile.x + 1, y: tile.y + 1 });
  return [west, south, east, north];
}

/** The tiles that cover a box. */
export function tilesWithin([west, south, east, north]: Bbox, z: number): Tile[] {
  const [first, last] = [tileAt([west, north], z), tileAt([east, south], z)];
  const tiles: Tile[] = [];
  for (let y = first.y; y <= last.y; y += 1) {
    for (let x = first.x; x <= last.x; x += 1) tiles.push({ z, x, y });
  }
  return tiles;
}

/** The zoom whose tiles a picture is drawn with, and none deeper than `deepest`. */
export function zoomOf({ metre, bounds }: Projection, deepest: number): number {
  const tile = EQUATOR_M * Math.cos(radians((bounds[1] + bounds[3]) / 2)) * metre;
  return Math.min(Math.max(Math.floor(Math.log2(tile / SMALLEST)), 0), deepest);
}

/** Where a tile is found. */
export const addressOf = (template: string, { z, x, y }: Tile): string =>
  template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
