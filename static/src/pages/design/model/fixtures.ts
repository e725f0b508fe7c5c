/** Designs for tests. */
import type { Design, Stop } from '../api';
import { emptyDesign, newControl, newStop } from './design';

/** A stop that is called what its id is. */
export const stop = (id: string, patch: Partial<Stop> = {}): Stop => ({
  ...newStop({ location: [139.75, 35.65], name: id }, id),
  ...patch,
});

/** A design of stops `a b c` and of control points `.`, each a little further to the east. */
export const design = (points: string, patch: Partial<Design> = {}): Design => ({
  ...emptyDesign(),
  waypoints: Array.from(points, (id, index) => {
    const location: [number, number] = [139.75 + index / 1000, 35.65];
    return id === '.' ? newControl(location) : stop(id, { location });
  }),
  ...patch,
});

/** The points of a design as {@link design} writes them. */
export const written = ({ waypoints }: Design): string =>
  waypoints.map((point) => (point.kind === 'stop' ? point.stop_id : '.')).join('');

/** Numbers from 0 up to 1 that look like chance and are the same each time. */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
