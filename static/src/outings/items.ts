/** What a tap makes: items for the outbox. Pure but for the ids. */
import type { Item } from '../outbox/item';
import { newId } from '../outbox/uuid';

const common = (owner: string, outing: string, now: number) =>
  ({ owner, outing, made: now, state: { is: 'queued', tries: 0 } }) as const;

/** That one is there, by the code that was on the trainer's screen when it was typed. */
export function checkIn(owner: string, outing: string, code: string, now: number): Item {
  const id = newId();
  const body = { id, code, at: new Date(now).toISOString() };
  return { ...common(owner, outing, now), id, kind: 'check_in', body };
}

/** A mark of a roll-call. */
export function mark(
  owner: string,
  outing: string,
  staff: string,
  present: boolean,
  now: number,
): Item {
  const id = newId();
  const body = { id, staff_id: staff, present, at: new Date(now).toISOString() };
  return { ...common(owner, outing, now), id, kind: 'mark', body };
}
