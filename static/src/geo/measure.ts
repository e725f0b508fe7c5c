/** Pure geometry on GeoJSON: positions are longitude and latitude in degrees. */
import type { Bbox, Feature, Geometry, Position } from '../api/types';

const EARTH_RADIUS_M = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The great-circle distance in metres. */
export function distance([lon1, lat1]: Position, [lon2, lat2]: Position): number {
  const a =
    Math.sin(radians(lat2 - lat1) / 2) ** 2 +
    Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(radians(lon2 - lon1) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** Every position of a geometry, in order. */
export function positions(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates;
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
  }
}

/** The box around a geometry; null when it has no position. */
export function bboxOf(geometry: Geometry): Bbox | null {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions(geometry)) {
    w = Math.min(w, lon);
    s = Math.min(s, lat);
    e = Math.max(e, lon);
    n = Math.max(n, lat);
  }
  return w <= e ? [w, s, e, n] : null;
}

/** Whether two boxes share a point. */
export const overlaps = (a: Bbox, b: Bbox): boolean =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** A box made larger by a share of its size on each side. */
export function grow([w, s, e, n]: Bbox, share: number): Bbox {
  const [dx, dy] = [(e - w) * share, (n - s) * share];
  return [w - dx, s - dy, e + dx, n + dy];
}

/** Whether a position lies in a box. */
export const contains = ([w, s, e, n]: Bbox, [lon, lat]: Position): boolean =>
  w <= lon && lon <= e && s <= lat && lat <= n;

/**
 * One point that stands for a geometry: the middle of a line, the centre of the largest area.
 * A centre can fall outside a bent area, which is good enough for a symbol, not for a decision.
 */
export function representative(geometry: Geometry): Position | null {
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates;
    case 'MultiPoint':
      return geometry.coordinates[0] ?? null;
    case 'LineString':
      return middle(geometry.coordinates);
    case 'MultiLineString':
      return middle(longest(geometry.coordinates));
    case 'Polygon':
      return centroid(geometry.coordinates[0] ?? []);
    case 'MultiPolygon':
      return centroid(largest(geometry.coordinates.map((polygon) => polygon[0] ?? [])));
  }
}

const longest = (lines: Position[][]): Position[] =>
  lines.reduce<Position[]>((best, line) => (line.length > best.length ? line : best), []);

const largest = (rings: Position[][]): Position[] =>
  rings.reduce<Position[]>(
    (best, ring) => (Math.abs(doubleArea(ring)) > Math.abs(doubleArea(best)) ? ring : best),
    [],
  );

function middle(line: Position[]): Position | null {
  return line[Math.floor(line.length / 2)] ?? null;
}

function doubleArea(ring: Position[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) sum += cross(ring[i], ring[i + 1]);
  return sum;
}

function cross(a: Position | undefined, b: Position | undefined): number {
  return a && b ? a[0] * b[1] - b[0] * a[1] : 0;
}

function centroid(ring: Position[]): Position | null {
  const origin = ring[0];
  if (!origin) return null;
  // Moving the ring to the origin keeps the small differences from drowning in the large degrees.
  const local = ring.map(([lon, lat]): Position => [lon - origin[0], lat - origin[1]]);
  const area = doubleArea(local);
  if (area === 0) return origin;
  let [x, y] = [0, 0];
  for (let i = 0; i + 1 < local.length; i += 1) {
    const [a, b] = [local[i], local[i + 1]];
    if (!a || !b) continue;
    x += (a[0] + b[0]) * cross(a, b);
    y += (a[1] + b[1]) * cross(a, b);
  }
  return [origin[0] + x / (3 * area), origin[1] + y / (3 * area)];
}

const POINTS = new WeakMap<Feature, Position | null>();
const BOXES = new WeakMap<Feature, Bbox | null>();

/** Where a feature's symbol stands: a council's at its meeting place, where that is known. */
export function pointOf(feature: Feature): Position | null {
  const known = POINTS.get(feature);
  if (known !== undefined) return known;
  const point =
    meetingPlace(feature) ?? (feature.geometry ? representative(feature.geometry) : null);
  POINTS.set(feature, point);
  return point;
}

/** Where a council meets, when its properties say so. */
export function meetingPlace(feature: Feature): Position | null {
  const { meeting_place_longitude: lon, meeting_place_latitude: lat } = feature.properties;
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null;
}

/** The box around a feature, computed once. */
export function boxOf(feature: Feature): Bbox | null {
  const known = BOXES.get(feature);
  if (known !== undefined) return known;
  const box = feature.geometry ? bboxOf(feature.geometry) : null;
  BOXES.set(feature, box);
  return box;
}
