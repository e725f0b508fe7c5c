/** What can be done with an outing at a moment. Pure. */
import type { Outing } from './types';

/** For so long before the start codes are shown and count, in milliseconds. As in the service's rule. */
const BEFORE_MS = 30 * 60_000;
/** For so long after the end. */
const AFTER_MS = 60 * 60_000;
/** A day before, a trainer's phone may fetch its codes. */
const EARLY_MS = 24 * 3_600_000;

/** How an outing stands for whoever thinks of joining it. */
export type Standing = 'cancelled' | 'over' | 'full' | 'open';

/** When it starts: milliseconds since 1970. */
export const startOf = ({ starts_at }: Pick<Outing, 'starts_at'>): number => Date.parse(starts_at);

/** When it ends: milliseconds since 1970. */
export const endOf = (outing: Pick<Outing, 'starts_at' | 'duration_min'>): number =>
  startOf(outing) + outing.duration_min * 60_000;

/** How it stands. */
export function standing(outing: Outing, now: number): Standing {
  if (outing.state === 'cancelled') return 'cancelled';
  if (outing.state === 'held' || now >= endOf(outing)) return 'over';
  return outing.confirmed >= outing.capacity ? 'full' : 'open';
}

/** Whether people can still sign up, withdraw and be decided on. */
export const isOpen = (outing: Outing, now: number): boolean =>
  outing.state === 'planned' && now < endOf(outing);

/** When its codes are shown and count: from, until, in milliseconds since 1970. */
export const codeHours = (outing: Outing): [from: number, until: number] => [
  startOf(outing) - BEFORE_MS,
  endOf(outing) + AFTER_MS,
];

/** Whether a code can be typed now. */
export function takesCodes(outing: Outing, now: number): boolean {
  const [from, until] = codeHours(outing);
  return outing.state !== 'cancelled' && from <= now && now <= until;
}

/** Whether a trainer's device should have what it needs without a network. */
export function isNear(outing: Outing, now: number): boolean {
  const [from, until] = codeHours(outing);
  return outing.state !== 'cancelled' && from - EARLY_MS <= now && now <= until;
}

/** Whether marks are taken: from an hour before the start on; days later as well. */
export const takesMarks = (outing: Outing, now: number): boolean =>
  outing.state !== 'cancelled' && now >= startOf(outing) - 2 * BEFORE_MS;

/** Whether one joined it: takes part, waits, or was put forward. */
export const isJoined = ({ mine }: Outing): boolean =>
  ['confirmed', 'waiting', 'nominated'].includes(mine?.state ?? '');
