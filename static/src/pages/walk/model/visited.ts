/** How far the stops of a route are, by what this device knows. Pure. */
import { fiscalYear } from '../../../format/fiscal-year';
import type { Item, Receipt } from '../../../outbox';

/** How a stop stands. */
export type StopState =
  /** Kept on the phone, not sent yet. */
  | 'unsent'
  /** The service counts it. */
  | 'accepted'
  /** A trainer decides. */
  | 'pending'
  /** The service would not take it. */
  | 'failed';

/** What happened at a stop. */
export interface Visited {
  /** The visit's id. */
  visit: string;
  state: StopState;
  /** When: milliseconds since 1970. */
  at: number;
}

/** A visit as the service tells of it: from other devices too, and as trainers decided. */
export interface Told {
  id: string;
  stop_id: string;
  outcome: 'accepted' | 'pending' | 'rejected';
  at?: string | null;
}

/** What is known of one's visits. */
export interface Known {
  items: readonly Item[];
  receipts: readonly Receipt[];
  /** As the service told it last; empty without a network. */
  told: readonly Told[];
}

const RANK: readonly StopState[] = ['failed', 'pending', 'unsent', 'accepted'];

/**
 * What a walker did at each stop in the fiscal year of `now`, by the stop's id. The best of several visits counts; one
 * that a trainer rejected does not.
 */
export function visited(
  { items, receipts, told }: Known,
  owner: string | null,
  now: number,
): Map<string, Visited> {
  const all = new Map<string, Visited>();
  const take = (visit: string, state: StopState, stop?: string, at?: string | null): void => {
    const when = Date.parse(at ?? '');
    if (!stop || fiscalYear(when) !== fiscalYear(now)) return;
    const known = all.get(stop);
    if (known && RANK.indexOf(known.state) > RANK.indexOf(state)) return;
    all.set(stop, { visit, state, at: when });
  };
  for (const { id, stop_id, outcome, at } of told) {
    if (outcome !== 'rejected') take(id, outcome, stop_id, at);
  }
  const isTold = new Set(told.map(({ id }) => id));
  // Evidence that was added later counts for its visit.
  const added = new Set(
    receipts
      .filter(({ kind, outcome }) => kind === 'addition' && outcome === 'accepted')
      .map(({ visit }) => visit),
  );
  const mine = (one: Item | Receipt): boolean => one.kind === 'visit' && one.owner === owner;
  for (const { id, body, outcome } of receipts.filter(mine)) {
    const isAccepted = outcome === 'accepted' || added.has(id);
    if (isTold.has(id) && !isAccepted) continue;
    const { stop_id, at } = body as Partial<Told>;
    if (!isRejected(told, id)) take(id, isAccepted ? 'accepted' : 'pending', stop_id, at);
  }
  for (const { id, body, state } of items.filter(mine)) {
    const { stop_id, at } = body as Partial<Told>;
    take(id, state.is === 'failed' ? 'failed' : 'unsent', stop_id, at);
  }
  return all;
}

const isRejected = (told: readonly Told[], id: string): boolean =>
  told.some((visit) => visit.id === id && visit.outcome === 'rejected');
