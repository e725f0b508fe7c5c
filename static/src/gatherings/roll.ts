/** Who was called, by what the service knew and by what this device has marked since. Pure. */
import type { Item, Receipt } from '../outbox/item';
import type { Marked, Reached } from '../outings/roll-call';
import type { RollPerson } from './types';

/** Somebody of the roll-call. */
export interface CalledPerson {
  person: RollPerson;
  /** Null while nobody has said. */
  present: boolean | null;
  reached: Reached;
  /** Why it was not taken. */
  reason: string;
}

type Mark = Item | Receipt;

const isQueued = (one: Mark): one is Item => 'state' in one;

/**
 * Everybody with what counts: the latest mark of this device, where the service did not know of it when it was asked (`at`,
 * milliseconds since 1970), else what the service said.
 */
export function called(
  people: readonly RollPerson[],
  { items, receipts }: Marked,
  { owner, gathering, at }: { owner: string; gathering: string; at: number },
): CalledPerson[] {
  const isMine = (one: Mark): boolean =>
    one.kind === 'gathering_mark' && one.owner === owner && one.gathering === gathering;
  const news = receipts.filter(({ received }) => received >= at);
  const latest = new Map<string, Mark>();
  for (const one of [...news, ...items].filter(isMine)) {
    const home = String(one.body['residency_id']);
    const known = latest.get(home);
    // The ids begin with their time.
    if (!known || known.id < one.id) latest.set(home, one);
  }
  return people.map((person) => {
    const one = latest.get(person.residency_id);
    if (!one) return { person, present: person.present ?? null, reached: 'sent', reason: '' };
    const present = one.body['present'] === true;
    if (!isQueued(one)) return { person, present, reached: 'sent', reason: '' };
    return one.state.is === 'failed'
      ? { person, present, reached: 'failed', reason: one.state.reason.message }
      : { person, present, reached: 'unsent', reason: '' };
  });
}

/** How many are there, are not, and have not been called. */
export function counted(all: readonly CalledPerson[]): {
  there: number;
  away: number;
  open: number;
} {
  const count = (wanted: boolean | null): number =>
    all.filter(({ present }) => present === wanted).length;
  return { there: count(true), away: count(false), open: count(null) };
}
