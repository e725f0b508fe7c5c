/** What a tap makes at a gathering: items for the outbox. Pure but for the ids. */
import type { Item } from '../outbox/item';
import { newId } from '../outbox/uuid';

const common = (owner: string, gathering: string, now: number) =>
  ({ owner, gathering, made: now, state: { is: 'queued', tries: 0 } }) as const;

/** That one is there, by the code that was on the screen when it was typed. */
export function checkIn(owner: string, gathering: string, code: string, now: number): Item {
  const id = newId();
  const body = { id, code, at: new Date(now).toISOString() };
  return { ...common(owner, gathering, now), id, kind: 'gathering_check_in', body };
}

/** A mark of a roll-call: of a home, which says nobody's name. */
export function mark(
  owner: string,
  gathering: string,
  residency: string,
  present: boolean,
  now: number,
): Item {
  const id = newId();
  const body = { id, residency_id: residency, present, at: new Date(now).toISOString() };
  return { ...common(owner, gathering, now), id, kind: 'gathering_mark', body };
}
