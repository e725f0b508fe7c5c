/** What can be done with a gathering at a moment. Pure. */
import type { MyGathering } from './types';

/** For so long before the start codes count, in milliseconds. As in the service's rule. */
const BEFORE_MS = 30 * 60_000;
/** For so long after the end. */
const AFTER_MS = 60 * 60_000;

/** What of a gathering says when it is. */
export type Timed = Pick<MyGathering, 'starts_at' | 'duration_min' | 'state'>;

/** When it starts: milliseconds since 1970. */
export const startOf = ({ starts_at }: Pick<Timed, 'starts_at'>): number => Date.parse(starts_at);

/** When it ends: milliseconds since 1970. */
export const endOf = (gathering: Pick<Timed, 'starts_at' | 'duration_min'>): number =>
  startOf(gathering) + gathering.duration_min * 60_000;

/** Whether one can still sign up and withdraw. */
export const isOpen = (gathering: Timed, now: number): boolean =>
  gathering.state === 'planned' && now < endOf(gathering);

/** Whether a code can be typed now. */
export const takesCodes = (gathering: Timed, now: number): boolean =>
  gathering.state !== 'cancelled' &&
  startOf(gathering) - BEFORE_MS <= now &&
  now <= endOf(gathering) + AFTER_MS;

/** Whether marks are taken: from an hour before the start on; days later as well. */
export const takesMarks = (gathering: Timed, now: number): boolean =>
  gathering.state !== 'cancelled' && now >= startOf(gathering) - 2 * BEFORE_MS;

/** Minutes as hours with one decimal, which is how duty is counted. */
export const hoursOf = (minutes: number): number => Math.round(minutes / 6) / 10;
