/** The answers to an activation, and which one of somebody's counts. Pure. */
import type { Item, Receipt } from '../outbox/item';
import type { GivenAnswer, RollAnswer } from './types';

/** The answers in the order of their buttons. */
export const ANSWERS: readonly RollAnswer[] = ['safe', 'on_the_way', 'arrived', 'unable'];

/** How somebody stands to an activation: their answer, or none yet. */
export type Standing = RollAnswer | 'none';

/** How far one's own answer is. */
export type Reached =
  /** The service has it. */
  | 'sent'
  /** It is on this device alone. */
  | 'unsent'
  /** The service would not take it. */
  | 'failed';

/** One's own answer. */
export interface Mine extends GivenAnswer {
  reached: Reached;
  /** Why it was not taken. */
  reason: string;
}

/** What this device knows besides what the service said. */
export interface Tapped {
  items: readonly Item[];
  receipts: readonly Receipt[];
}

const isAnswer = (value: unknown): value is RollAnswer =>
  (ANSWERS as readonly unknown[]).includes(value);

function mineOf(one: Item | Receipt): Mine | null {
  const { answer, answered_at: at } = one.body;
  if (!isAnswer(answer) || typeof at !== 'string') return null;
  const said = { answer, answered_at: at };
  if (!('state' in one)) return { ...said, reached: 'sent', reason: '' };
  return one.state.is === 'failed'
    ? { ...said, reached: 'failed', reason: one.state.reason.message }
    : { ...said, reached: 'unsent', reason: '' };
}

const timeOf = ({ answered_at: at }: GivenAnswer): number => Date.parse(at);

/**
 * One's own answer: the latest tap, whether or not it has arrived, of what the service said and what this device knows.
 * Of two taps of one moment the larger id counts, as in the service.
 */
export function mine(
  said: GivenAnswer | null,
  { items, receipts }: Tapped,
  { owner, activation }: { owner: string; activation: string },
): Mine | null {
  const taps = [...receipts, ...items]
    .filter((one) => one.kind === 'answer' && one.owner === owner)
    .filter(({ body }) => body['activation_id'] === activation)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(mineOf)
    .filter((one) => one !== null);
  const known: Mine[] = said ? [{ ...said, reached: 'sent', reason: '' }, ...taps] : taps;
  return known.reduce<Mine | null>(
    (latest, one) => (latest && timeOf(one) < timeOf(latest) ? latest : one),
    null,
  );
}

/** When a tap was, in milliseconds since 1970: later than the one before, whatever the clock of the device has done since. */
export const tapTime = (now: number, before: GivenAnswer | null): number =>
  before ? Math.max(now, timeOf(before) + 1) : now;

/** The item that carries an answer. */
export const answerItem = (
  { id, owner, activation }: { id: string; owner: string; activation: string },
  answer: RollAnswer,
  at: number,
): Item => ({
  id,
  kind: 'answer',
  owner,
  made: at,
  body: { id, activation_id: activation, answer, answered_at: new Date(at).toISOString() },
  state: { is: 'queued', tries: 0 },
});
