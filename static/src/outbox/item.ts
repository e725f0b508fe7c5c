/** What waits in the outbox, and how it changes. Pure: nothing here reads a clock, a network or a database. */

/** What can be sent. Each kind has its address in `kinds.ts`. */
export type Kind = 'visit' | 'observation' | 'photo';

/** Why an item was not taken, as the service said it. */
export interface Reason {
  code: string;
  message: string;
}

/** How far an item is. What was received has left the outbox: see {@link Receipt}. */
export type ItemState =
  | { is: 'queued'; tries: number }
  /** The service answered that it will not take it. Kept until its owner dismisses it. */
  | { is: 'failed'; status: 'refused' | 'conflict'; reason: Reason };

/** Something of somebody's that has not reached the service. Its body never changes. */
export interface Item {
  /** Made at the tap: UUIDv7. */
  readonly id: string;
  readonly kind: Kind;
  /** The account whose it is. */
  readonly owner: string;
  /** When it was made: milliseconds since 1970. */
  readonly made: number;
  /** The JSON that is sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** A photo's bytes. */
  readonly file?: ArrayBuffer;
  /** The item that has to be received first: a photo's visit. */
  readonly after?: string;
  readonly state: ItemState;
}

/** What remains of an item that was received. */
export interface Receipt {
  id: string;
  kind: Kind;
  owner: string;
  /** When the receipt came: milliseconds since 1970. */
  received: number;
  status: 'stored' | 'duplicate';
  /** What the service made of a visit. */
  outcome: string | null;
  body: Readonly<Record<string, unknown>>;
}

/** What the service says of one item. */
export interface Result {
  id: string;
  status: 'stored' | 'duplicate' | 'conflict' | 'refused';
  outcome?: string | null;
  reason?: Reason | null;
}

/** What came of sending items together. */
export type Answer =
  | { is: 'results'; results: readonly Result[] }
  /** The request as a whole cannot be read: one of its items spoils it. */
  | { is: 'unreadable'; reason: Reason }
  | { is: 'signed_out' }
  /** No network, no answer, or a service that asks for patience. */
  | { is: 'later' };

/** What becomes of an item by what the service says of it. */
export type Settled = { is: 'received'; receipt: Receipt } | { is: 'kept'; item: Item };

const NO_REASON: Reason = { code: 'unknown', message: '' };

/** Takes a result for the item that it names. */
export function settle(item: Item, result: Result, now: number): Settled {
  if (result.id !== item.id) return { is: 'kept', item };
  const { status } = result;
  switch (status) {
    case 'stored':
    case 'duplicate': {
      const { id, kind, owner, body } = item;
      const outcome = result.outcome ?? null;
      return {
        is: 'received',
        receipt: { id, kind, owner, body, status, outcome, received: now },
      };
    }
    case 'conflict':
    case 'refused':
      return {
        is: 'kept',
        item: { ...item, state: { is: 'failed', status, reason: result.reason ?? NO_REASON } },
      };
    // A word of a later service: no receipt, so nothing leaves.
    default:
      return { is: 'kept', item };
  }
}

/** An item that spoils every request it is in. */
export const refuse = (item: Item, reason: Reason): Item => ({
  ...item,
  state: { is: 'failed', status: 'refused', reason },
});

/** An item after a try that came to nothing. */
export const tried = (item: Item): Item =>
  item.state.is === 'queued'
    ? { ...item, state: { is: 'queued', tries: item.state.tries + 1 } }
    : item;

/** Whether something may be sent for whoever is signed in. */
export const isSendable = (item: Item, account: string | null): boolean =>
  account !== null && item.owner === account && item.state.is === 'queued';
