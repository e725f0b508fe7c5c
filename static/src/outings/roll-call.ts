/** Who was called, by what the service knew and by what this device has marked since. Pure. */
import type { Item, Receipt } from '../outbox/item';
import type { Person } from './kept';

/** How far what is said of somebody is. */
export type Reached =
  /** The service knows it. */
  | 'sent'
  /** It is on this device alone. */
  | 'unsent'
  /** The service would not take it. */
  | 'failed';

/** Somebody of the roll-call. */
export interface Called {
  person: Person;
  /** Null while nobody has said. */
  present: boolean | null;
  reached: Reached;
  /** Why it was not taken. */
  reason: string;
}

/** What this device knows besides. */
export interface Marked {
  items: readonly Item[];
  receipts: readonly Receipt[];
}

type Mark = Item | Receipt;

const isQueued = (one: Mark): one is Item => 'state' in one;

/**
 * Everybody with what counts: the latest mark of this device, where the service did not know of it when it was asked (`at`,
 * milliseconds since 1970), else what the service said.
 */
export function called(
  people: readonly Person[],
  { items, receipts }: Marked,
  { owner, outing, at }: { owner: string; outing: string; at: number },
): Called[] {
  const isMine = (one: Mark): boolean =>
    one.kind === 'mark' && one.owner === owner && one.outing === outing;
  const news = receipts.filter(({ received }) => received >= at);
  const latest = new Map<string, Mark>();
  for (const one of [...news, ...items].filter(isMine)) {
    const staff = String(one.body['staff_id']);
    const known = latest.get(staff);
    // The ids begin with their time.
    if (!known || known.id < one.id) latest.set(staff, one);
  }
  return people.map((person) => {
    const one = latest.get(person.staff_id);
    if (!one) return { person, present: person.present, reached: 'sent', reason: '' };
    const present = one.body['present'] === true;
    if (!isQueued(one)) return { person, present, reached: 'sent', reason: '' };
    return one.state.is === 'failed'
      ? { person, present, reached: 'failed', reason: one.state.reason.message }
      : { person, present, reached: 'unsent', reason: '' };
  });
}

/** How many are there, are not, and have not been called. */
export function counted(all: readonly Called[]): { there: number; away: number; open: number } {
  const count = (wanted: boolean | null): number =>
    all.filter(({ present }) => present === wanted).length;
  return { there: count(true), away: count(false), open: count(null) };
}
