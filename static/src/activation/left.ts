/** What was answered on a page that is closed by now, and is unsent. */
import { openOutbox } from '../outbox';
import { markUnsent } from './marks';
import { isWaiting } from './tap';

/** Sends it, as far as it can be sent. */
export async function sendLeft(): Promise<void> {
  const outbox = await openOutbox();
  await outbox.flush();
  if (!isWaiting(outbox)) markUnsent(false);
}
