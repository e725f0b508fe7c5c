/** What a tap on an answer does: it is on the disk before the network is touched. */
import { language } from '../i18n';
import { newId, type Outbox } from '../outbox';
import { post } from '../outbox/send';
import { answerItem, tapTime } from './answers';
import { markUnsent } from './marks';
import type { GivenAnswer, RollAnswer } from './types';

/** Whose answer it is, to what, and what they answered before. */
export interface Tapping {
  owner: string;
  activation: string;
  before: GivenAnswer | null;
}

/**
 * Keeps an answer, and lets it be sent. Without a store, as in a private window, it is sent at once or not at all. Says
 * whether it is kept or has arrived.
 */
export async function tap(
  outbox: Outbox | null,
  { owner, activation, before }: Tapping,
  answer: RollAnswer,
  now = Date.now(),
): Promise<boolean> {
  const item = answerItem({ id: newId(), owner, activation }, answer, tapTime(now, before));
  if (outbox) {
    try {
      markUnsent(true);
      await outbox.add([item]);
      return true;
    } catch {
      // The device has no room: the network is all that is left.
    }
  }
  const said = await post([item], language() === 'en' ? 'en' : 'ja');
  return (
    said.is === 'results' &&
    said.results.some(({ id, status }) => id === item.id && status === 'stored')
  );
}

/** Whether an answer of anybody waits on this device. */
export const isWaiting = (outbox: Outbox): boolean =>
  outbox.state.state.items.some(({ kind }) => kind === 'answer');
