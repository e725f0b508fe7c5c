/** Which points a merged way has, and in which order. */
import type { Stop, Waypoint } from '../api';
import { isStop, same } from './design';
import type { Side } from './merge';

/** Both put the same points into another order. */
export interface OrderConflict {
  base: readonly Waypoint[];
  mine: readonly Waypoint[];
  theirs: readonly Waypoint[];
}

/** What a point is: a stop by its id, a control point by where it is and how one comes there. */
const tokenOf = (waypoint: Waypoint): string =>
  isStop(waypoint)
    ? waypoint.stop_id
    : ['control', ...waypoint.location, waypoint.straight].join(' ');

/**
 * One order of three. Points that one side took away go, points that one side added come where that side has them; when
 * both put the points that all have into different orders, somebody chooses.
 */
export function mergeOrder(
  [base, mine, theirs]: readonly [readonly Waypoint[], readonly Waypoint[], readonly Waypoint[]],
  choose: (conflict: OrderConflict) => Side,
): Waypoint[] {
  const [was, my, their] = [base, mine, theirs].map((points) => points.map(tokenOf)) as [
    string[],
    string[],
    string[],
  ];
  const common = new Set(was.filter((token) => my.includes(token) && their.includes(token)));
  const orderOf = (tokens: string[]): string[] => tokens.filter((token) => common.has(token));
  const [before, myOrder, theirOrder] = [orderOf(was), orderOf(my), orderOf(their)];
  const both = !same(myOrder, before) && !same(theirOrder, before) && !same(myOrder, theirOrder);
  const side = both ? choose({ base, mine, theirs }) : same(myOrder, before) ? 'theirs' : 'mine';
  const [leading, following] = side === 'mine' ? [mine, theirs] : [theirs, mine];
  const gone = (token: string): boolean =>
    was.includes(token) && (!my.includes(token) || !their.includes(token));

  const result = leading.filter((point) => isStop(point) || !gone(tokenOf(point)));
  // What only the other side has comes after the point that it follows there.
  for (const [index, point] of following.entries()) {
    const token = tokenOf(point);
    const has = (tokens: readonly Waypoint[], wanted: string): number =>
      tokens.findIndex((other) => tokenOf(other) === wanted);
    if (has(result, token) >= 0 || (!isStop(point) && gone(token))) continue;
    const previous = following
      .slice(0, index)
      .reverse()
      .find((other) => has(result, tokenOf(other)) >= 0);
    const at = previous ? has(result, tokenOf(previous)) + 1 : 0;
    result.splice(at, 0, point);
  }
  return result;
}

/** The points in that order, each stop as it was merged; those that are gone are left out. */
export const rebuild = (
  order: readonly Waypoint[],
  stops: ReadonlyMap<string, Stop>,
  gone: ReadonlySet<string>,
): Waypoint[] =>
  order.flatMap((waypoint): Waypoint[] => {
    if (!isStop(waypoint)) return [waypoint];
    const stop = stops.get(waypoint.stop_id);
    return stop && !gone.has(waypoint.stop_id) ? [stop] : [];
  });
