/**
 * Areas as they are edited: polygons of open rings, the outline first and its holes behind it. A ring may
 * have too few corners while it is being drawn. Pure: each change gives a new shape and leaves all other
 * rings as they are, to the last digit.
 */
import type { Geometry, Position } from '../api/types';

/** A ring without its first corner repeated at the end. */
export type Ring = readonly Position[];

/** Polygons, each with its outline and its holes. */
export type Shape = readonly (readonly Ring[])[];

/** Which ring of a shape. */
export interface RingPlace {
  readonly polygon: number;
  readonly ring: number;
}

/** Fewer corners are no area. */
export const FEWEST_CORNERS = 3;

const same = (a: Position | undefined, b: Position | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

const opened = (ring: readonly Position[]): Ring =>
  ring.length > 1 && same(ring[0], ring.at(-1)) ? ring.slice(0, -1) : ring;

/** An area's shape; null for what is no area. */
export function shapeOf(geometry: Geometry | null): Shape | null {
  switch (geometry?.type) {
    case 'Polygon':
      return [geometry.coordinates.map(opened)];
    case 'MultiPolygon':
      return geometry.coordinates.map((polygon) => polygon.map(opened));
    default:
      return null;
  }
}

/** A shape as it is sent; null while a ring has too few corners. */
export function geometryOf(shape: Shape): Geometry | null {
  const isWhole = ({ length }: Ring): boolean => length >= FEWEST_CORNERS;
  if (shape.length === 0 || !shape.every((rings) => rings.length > 0 && rings.every(isWhole))) {
    return null;
  }
  const closed = (ring: Ring): Position[] => [...ring, ring[0] as Position];
  const coordinates = shape.map((rings) => rings.map(closed));
  const [first] = coordinates;
  return coordinates.length === 1 && first
    ? { type: 'Polygon', coordinates: first }
    : { type: 'MultiPolygon', coordinates };
}

/** Whether two shapes are the same to the last digit. */
export const isSameShape = (a: Shape, b: Shape): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Where the rings of a shape are, in order. */
export const ringPlaces = (shape: Shape): RingPlace[] =>
  shape.flatMap((rings, polygon) => rings.map((_, ring) => ({ polygon, ring })));

/** A ring of a shape; an empty one where there is none. */
export const ringAt = (shape: Shape, { polygon, ring }: RingPlace): Ring =>
  shape[polygon]?.[ring] ?? [];

/** A shape with another ring in the place of one. */
export const withRing = (shape: Shape, place: RingPlace, ring: Ring): Shape =>
  shape.length === 0
    ? [[ring]]
    : shape.map((rings, polygon) =>
        polygon === place.polygon
          ? rings.map((old, index) => (index === place.ring ? ring : old))
          : rings,
      );

/** A ring with a corner elsewhere. */
export const moved = (ring: Ring, index: number, to: Position): Ring =>
  ring.map((corner, place) => (place === index ? to : corner));

/** A ring with one more corner, which gets this index. */
export const inserted = (ring: Ring, index: number, corner: Position): Ring => [
  ...ring.slice(0, index),
  corner,
  ...ring.slice(index),
];

/** A ring without a corner. */
export const removed = (ring: Ring, index: number): Ring =>
  ring.filter((_, place) => place !== index);

/** How far from the last corner a new one is put where there is no edge yet, in degrees: some 30 m. */
const ASIDE = 0.0003;

/** Where a corner behind that of an index goes by itself: half-way to the next. */
export function spotBehind(ring: Ring, index: number, whereNone: Position): Position {
  const from = ring[index];
  if (!from) return whereNone;
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  const next = ring[(index + 1) % ring.length];
  if (ring.length < FEWEST_CORNERS || !next) {
    // Never on a line with those before, or three corners would be no area.
    const [east, north] = ring.length === 1 ? [ASIDE, 0] : [0, -ASIDE];
    return [round(from[0] + east), round(from[1] + north)];
  }
  return [round((from[0] + next[0]) / 2), round((from[1] + next[1]) / 2)];
}
