/** How far the stops of a route are, by what this device knows. Pure. */
import type { Item, Receipt } from '../../../outbox';
import { fiscalYear } from './way';

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

const RANK: readonly StopState[] = ['failed', 'pending', 'unsent', 'accepted'];

/** What a walker did at each stop in the fiscal year of `now`, by the stop's id. The best of several visits counts. */
export function visited(
  items: readonly Item[],
  receipts: readonly Receipt[],
  owner: string | null,
  now: number,
): Map<string, Visited> {
  const all = new Map<string, Visited>();
  const take = (one: Item | Receipt, state: StopState): void => {
    const { stop_id: stop, at } = one.body as { stop_id?: string; at?: string };
    const when = Date.parse(at ?? '');
    if (one.owner !== owner || !stop || fiscalYear(when) !== fiscalYear(now)) return;
    const known = all.get(stop);
    if (known && RANK.indexOf(known.state) > RANK.indexOf(state)) return;
    all.set(stop, { visit: one.id, state, at: when });
  };
  // Evidence that was added later counts for its visit.
  const added = new Set(
    receipts
      .filter(({ kind, outcome }) => kind === 'addition' && outcome === 'accepted')
      .map(({ visit }) => visit),
  );
  for (const receipt of receipts.filter(({ kind }) => kind === 'visit')) {
    const accepted = receipt.outcome === 'accepted' || added.has(receipt.id);
    take(receipt, accepted ? 'accepted' : 'pending');
  }
  for (const item of items.filter(({ kind }) => kind === 'visit')) {
    take(item, item.state.is === 'failed' ? 'failed' : 'unsent');
  }
  return all;
}
