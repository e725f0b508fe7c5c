/** What is sent together, and when the next try is. Pure. */
import { isSendable, type Item, type Kind } from './item';

/** As many as the service takes at once. */
export const MOST = 500;
/** Kinds in the order in which they go: what others refer to comes first. */
const ORDER: readonly Kind[] = ['visit', 'observation', 'photo'];
const AT_ONCE: Readonly<Record<Kind, number>> = { visit: MOST, observation: MOST, photo: 1 };

/** The requests to make for whoever is signed in: each holds items of one kind, oldest first. */
export function batches(items: readonly Item[], account: string | null): Item[][] {
  const waiting = new Set(items.map(({ id }) => id));
  const ready = items
    .filter((item) => isSendable(item, account))
    .filter(({ after }) => after === undefined || !waiting.has(after))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return ORDER.flatMap((kind) => {
    const all = ready.filter((item) => item.kind === kind);
    const groups: Item[][] = [];
    for (let at = 0; at < all.length; at += AT_ONCE[kind]) {
      groups.push(all.slice(at, at + AT_ONCE[kind]));
    }
    return groups;
  });
}

/** A request that could not be read, in two: one bad item must not block the rest. */
export function halves(items: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
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
  mine: number;
  others: number;
  failed: number;
  why: Why | null;
}

/** Counts what is unsent. `account`: who is signed in, or null. */
export function unsent(
  items: readonly Item[],
  now: { account: string | null; online: boolean; sending: boolean },
): Unsent {
  const queued = items.filter(({ state }) => state.is === 'queued');
  const mine = queued.filter(({ owner }) => owner === now.account).length;
  const others = queued.length - mine;
  const failed = items.length - queued.length;
  return { mine, others, failed, why: queued.length === 0 ? null : reason(now, mine) };
}

function reason(
  now: { account: string | null; online: boolean; sending: boolean },
  mine: number,
): Why {
  if (!now.online) return 'offline';
  if (now.account === null) return 'signed_out';
  if (mine === 0) return 'other_account';
  return now.sending ? 'sending' : 'waiting';
}
