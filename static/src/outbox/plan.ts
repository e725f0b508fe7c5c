/** What is sent together, and when the next try is. Pure. */
import { type Item, type Kind, stuck } from './item';

/** As many as the service takes at once. */
export const MOST = 500;
/** Kinds in the order in which they go: what others refer to comes first. */
const ORDER: readonly Kind[] = [
  // Somebody waits to know who is safe.
  'answer',
  // What was answered before a walk arrives before its visits.
  'sheet',
  'visit',
  'addition',
  'observation',
  'photo',
  'check_in',
  'mark',
  'gathering_check_in',
  'gathering_mark',
];
/** An addition's address names its visit, a photo's the photo, a check-in is one: they go one by one. */
const AT_ONCE: Readonly<Record<Kind, number>> = {
  answer: 100,
  sheet: 50,
  visit: MOST,
  addition: 1,
  observation: MOST,
  photo: 1,
  check_in: 1,
  mark: MOST,
  gathering_check_in: 1,
  gathering_mark: MOST,
};

const triesOf = ({ state }: Item): number => (state.is === 'queued' ? state.tries : 0);

/**
 * The requests to make for whoever is signed in: each holds items of one kind. What was tried least often goes first, so
 * that what always fails stands behind what may not; then what is oldest.
 */
export function batches(items: readonly Item[], account: string | null): Item[][] {
  if (account === null) return [];
  const waiting = new Set(items.map(({ id }) => id));
  const ready = items
    .filter(({ owner, state }) => owner === account && state.is === 'queued')
    .filter(({ after }) => after === undefined || !waiting.has(after))
    .sort((a, b) => triesOf(a) - triesOf(b) || (a.id < b.id ? -1 : 1));
  return ORDER.flatMap((kind) => {
    const all = ready.filter((item) => item.kind === kind);
    // The address of a roll-call names its outing or gathering.
    const eventOf = ({ outing, gathering }: Item): string | undefined => outing ?? gathering;
    const events = [...new Set(all.map(eventOf))];
    return events.flatMap((one) =>
      groupsOf(
        all.filter((item) => eventOf(item) === one),
        AT_ONCE[kind],
      ),
    );
  });
}

function groupsOf(items: readonly Item[], most: number): Item[][] {
  const groups: Item[][] = [];
  for (let at = 0; at < items.length; at += most) groups.push(items.slice(at, at + most));
  return groups;
}

/** A request that could not be taken, in two: one bad item must not block the rest. */
export function halves(items: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** Whether something of that account could go, now or after something else of it. */
export function isLeft(items: readonly Item[], account: string): boolean {
  const vain = stuck(items);
  return items.some(
    ({ id, owner, state }) => owner === account && state.is === 'queued' && !vain.has(id),
  );
}

const FIRST_MS = 5_000;
const LONGEST_MS = 5 * 60_000;

/** How long to wait after so many tries in vain, in milliseconds. `chance` in [0, 1) spreads phones apart. */
export function backoff(tries: number, chance: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(tries - 1, 0), 20));
  return Math.round(most * (0.5 + chance / 2));
}

/** Why something is unsent, as a page says it. */
export type Why = 'sending' | 'offline' | 'signed_out' | 'other_account' | 'waiting';

/** How many items are unsent, and why. */
export interface Unsent {
  /** Of whoever is signed in, or of everybody when nobody is. */
  mine: number;
  /** Of others than whoever is signed in. */
  others: number;
  /** Not taken by the service, with what waits for them in vain. */
  failed: number;
  why: Why | null;
}

/** What is known when it is said why something is unsent. `account`: who is signed in, or null. */
export interface Circumstances {
  account: string | null;
  online: boolean;
  sending: boolean;
}

/** Counts what is unsent. */
export function unsent(items: readonly Item[], now: Circumstances): Unsent {
  const vain = stuck(items);
  const queued = items.filter(({ id, state }) => state.is === 'queued' && !vain.has(id));
  const others = queued.filter(({ owner }) => now.account !== null && owner !== now.account).length;
  const mine = queued.length - others;
  const failed = items.length - queued.length;
  return { mine, others, failed, why: queued.length === 0 ? null : reason(now, mine) };
}

function reason(now: Circumstances, mine: number): Why {
  if (!now.online) return 'offline';
  if (now.account === null) return 'signed_out';
  if (mine === 0) return 'other_account';
  return now.sending ? 'sending' : 'waiting';
}
