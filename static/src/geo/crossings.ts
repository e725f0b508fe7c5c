/**
 * Whether an edited area is one: each ring goes round without touching itself, rings do not cross each other,
 * and holes lie in their outline. Plane geometry on degrees, which is exact enough for yes or no.
 */
import type { Position } from '../api/types';
import { FEWEST_CORNERS, type Ring, ringAt, type RingPlace, ringPlaces, type Shape } from './shape';

/** What is wrong with a shape. Edges are named by the corners at their ends, counted from 0. */
export type ShapeProblem =
  | { kind: 'empty' }
  | { kind: 'few'; at: RingPlace }
  | { kind: 'same'; at: RingPlace; corner: number }
  | { kind: 'crossing'; at: RingPlace; edges: readonly [number, number] }
  | { kind: 'rings'; at: RingPlace; edge: number }
  | { kind: 'outside'; at: RingPlace };

/** Which side of the line from `a` to `b` a point is on: positive on the left. */
const side = (a: Position, b: Position, c: Position): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const isBetween = (a: Position, b: Position, c: Position): boolean =>
  Math.min(a[0], b[0]) <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= c[1] &&
  c[1] <= Math.max(a[1], b[1]);

type Edge = readonly [Position, Position];

/** Whether the boxes around two edges have nothing in common: the quick answer for most. */
const isApart = ([a, b]: Edge, [c, d]: Edge): boolean =>
  Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
  Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
  Math.max(a[1], b[1]) < Math.min(c[1], d[1]) ||
  Math.max(c[1], d[1]) < Math.min(a[1], b[1]);

/** Whether two edges pass through each other. */
function cross(first: Edge, second: Edge): boolean {
  if (isApart(first, second)) return false;
  const [a, b] = first;
  const [c, d] = second;
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Whether two edges share any point. */
const touch = (first: Edge, second: Edge): boolean => {
  if (isApart(first, second)) return false;
  const [a, b] = first;
  const [c, d] = second;
  return (
    cross(first, second) ||
    (side(a, b, c) === 0 && isBetween(a, b, c)) ||
    (side(a, b, d) === 0 && isBetween(a, b, d)) ||
    (side(c, d, a) === 0 && isBetween(c, d, a)) ||
    (side(c, d, b) === 0 && isBetween(c, d, b))
  );
};

const edgesOf = (ring: Ring): Edge[] =>
  ring.map((corner, index) => [corner, ring[(index + 1) % ring.length] as Position]);

const sameSpot = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Whether a point is inside a ring (even-odd rule). */
function isInside(ring: Ring, [x, y]: Position): boolean {
  let inside = false;
  for (const [[x1, y1], [x2, y2]] of edgesOf(ring)) {
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Where a ring touches itself. */
function ownProblem(ring: Ring, at: RingPlace): ShapeProblem | null {
  if (ring.length < FEWEST_CORNERS) return { kind: 'few', at };
  const edges = edgesOf(ring);
  const doubled = edges.findIndex(([a, b]) => sameSpot(a, b));
  if (doubled !== -1) return { kind: 'same', at, corner: doubled };
  for (const [i, first] of edges.entries()) {
    for (let j = i + 1; j < edges.length; j += 1) {
      const second = edges[j] as Edge;
      const isNext = j === i + 1;
      const isBefore = i === 0 && j === edges.length - 1;
      // Neighbours share a corner. What they must not do is turn back upon each other.
      const wrong =
        isNext || isBefore
          ? turnsBack(isNext ? first : second, isNext ? second : first)
          : touch(first, second);
      if (wrong) return { kind: 'crossing', at, edges: [i, j] };
    }
  }
  return null;
}

/** Whether an edge goes back over the one before it. */
function turnsBack([a, b]: Edge, [, c]: Edge): boolean {
  const forward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
  return side(a, b, c) === 0 && forward < 0;
}

/** What is wrong with a ring beside the others. Other rings are only read. */
function problemAmong(shape: Shape, at: RingPlace, ring: Ring): ShapeProblem | null {
  const edges = edgesOf(ring);
  for (const other of ringPlaces(shape)) {
    if (other.polygon === at.polygon && other.ring === at.ring) continue;
    const others = edgesOf(ringAt(shape, other));
    const edge = edges.findIndex((one) => others.some((another) => cross(one, another)));
    if (edge !== -1) return { kind: 'rings', at, edge };
  }
  return null;
}

/** Whether most of a ring's corners lie inside another: one may stand on its border. */
const liesIn = (inner: Ring, outer: Ring): boolean =>
  inner.filter((corner) => isInside(outer, corner)).length * 2 > inner.length;

/** Holes that are not in their outline, and parts that lie in other parts. */
function misplaced(shape: Shape): ShapeProblem | null {
  for (const [polygon, [outline, ...holes]] of shape.entries()) {
    if (!outline) continue;
    const hole = holes.findIndex((ring) => !liesIn(ring, outline));
    if (hole !== -1) return { kind: 'outside', at: { polygon, ring: hole + 1 } };
    const isOnAnother = shape.some(
      ([other, ...gaps], index) =>
        index !== polygon &&
        other !== undefined &&
        liesIn(outline, other) &&
        !gaps.some((gap) => liesIn(outline, gap)),
    );
    if (isOnAnother) return { kind: 'outside', at: { polygon, ring: 0 } };
  }
  return null;
}

/** The first thing that is wrong with a shape whose ring `edited` was changed; null when nothing is. */
export function problemOf(shape: Shape, edited: RingPlace): ShapeProblem | null {
  const ring = ringAt(shape, edited);
  if (shape.length === 0 || ring.length === 0) return { kind: 'empty' };
  return ownProblem(ring, edited) ?? problemAmong(shape, edited, ring) ?? misplaced(shape);
}

const KNOWN = new WeakMap<Shape, ShapeProblem | null>();

/** The first thing that is wrong with a shape, in any of its rings; looked for once. */
export function problemAnywhere(shape: Shape): ShapeProblem | null {
  const known = KNOWN.get(shape);
  if (known !== undefined) return known;
  const found = search(shape);
  KNOWN.set(shape, found);
  return found;
}

function search(shape: Shape): ShapeProblem | null {
  if (shape.length === 0) return { kind: 'empty' };
  for (const place of ringPlaces(shape)) {
    const found = problemOf(shape, place);
    if (found) return found;
  }
  return null;
}
