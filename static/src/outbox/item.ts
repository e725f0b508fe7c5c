/** What waits in the outbox, and how it changes. Pure: nothing here reads a clock, a network or a database. */

/** What can be sent. Each kind has its address in `send.ts`. */
export type Kind =
  | 'answer'
  | 'sheet'
  | 'visit'
  | 'addition'
  | 'observation'
  | 'photo'
  | 'check_in'
  | 'mark'
  | 'gathering_check_in'
  | 'gathering_mark';

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

/** Something of somebody's that has not reached the service. All but its state is frozen. */
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
  /** The visit to which an addition or a photo belongs. */
  readonly visit?: string;
  /** The outing to which a check-in or a mark of a roll-call belongs. */
  readonly outing?: string;
  /** The gathering of councils to which a check-in or a mark of its roll-call belongs. */
  readonly gathering?: string;
  /** A photo's bytes. */
  readonly file?: ArrayBuffer;
  /** The item that has to be received first: what names a photo, the visit of an addition. */
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
  /** What counts of a visit, as the service said. */
  outcome: string | null;
  body: Readonly<Record<string, unknown>>;
  visit?: string;
  outing?: string;
  gathering?: string;
}

/** What the service says of one item. What it does not say, it leaves out. */
export interface Result {
  id?: string | null;
  status: 'stored' | 'duplicate' | 'conflict' | 'refused';
  outcome?: string | null;
  reason?: Reason | null;
}

/** What came of sending items together. */
export type Answer =
  | { is: 'results'; results: readonly Result[] }
  /** The request as a whole cannot be read: one of its items spoils it. */
  | { is: 'unreadable'; reason: Reason }
  /** None of it is taken, whatever each item says: it is about what all of them belong to. */
  | { is: 'refused'; reason: Reason }
  /** The service failed on it. One of its items may be the cause, and nobody knows which. */
  | { is: 'broken' }
  /** Nobody is signed in, or somebody else. */
  | { is: 'signed_out' }
  /** No network, no answer, or a service that asks for patience. */
  | { is: 'later' };

/** What becomes of an item by what the service says of it. */
export type Settled = { is: 'received'; receipt: Receipt } | { is: 'kept'; item: Item };

const NO_REASON: Reason = { code: 'unknown', message: '' };

/** What a receipt remembers of what was sent. Answers to questions are nobody's business but their owner's: they leave the device. */
const remembered = ({ kind, body }: Item): Item['body'] =>
  kind === 'sheet' ? { ...body, answers: {} } : body;

/** Takes a result for the item that it names. */
export function settle(item: Item, result: Result, now: number): Settled {
  if (result.id !== item.id) return { is: 'kept', item };
  const { status } = result;
  switch (status) {
    case 'stored':
    case 'duplicate': {
      const { id, kind, owner, visit, outing, gathering } = item;
      const body = remembered(item);
      const outcome = result.outcome ?? null;
      const receipt: Receipt = { id, kind, owner, body, status, outcome, received: now };
      if (visit !== undefined) receipt.visit = visit;
      if (outing !== undefined) receipt.outing = outing;
      if (gathering !== undefined) receipt.gathering = gathering;
      return { is: 'received', receipt };
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

/** An item that its owner wants to be sent once more. */
export const revived = (item: Item): Item => ({ ...item, state: { is: 'queued', tries: 0 } });

/** An item and all that waits for it, of everything there is. */
export function withFollowers(items: readonly Item[], id: string): Item[] {
  const found = items.filter((item) => item.id === id);
  for (const item of found) found.push(...items.filter(({ after }) => after === item.id));
  return found;
}

/** The items that wait in vain: what has to be received before them was not taken. */
export function stuck(items: readonly Item[]): Set<string> {
  const failed = items.filter(({ state }) => state.is === 'failed').map(({ id }) => id);
  const followers = failed.flatMap((id) => withFollowers(items, id).map((item) => item.id));
  return new Set(followers.filter((id) => !failed.includes(id)));
}
