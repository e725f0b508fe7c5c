/** What signing out means for the outbox. Loaded only then: most pages have nothing to do with it. */
import { forgetActivation } from '../activation/kept';
import { expectHeight } from '../activation/marks';
import { ask } from '../components/dialog';
import { forgetCouncils } from '../council/kept';
import { t } from '../i18n';
import { forgetNotices } from '../notices/kept';
import { forgetOutings } from '../outings/kept';
import { forgetSurveys } from '../surveys/kept';
import { OutboxDatabase } from './database';

/** Whether somebody still wants to sign out, once they know what of theirs is unsent on this device. */
export async function mayLeave(account: string): Promise<boolean> {
  const count = await unsentOf(account);
  if (count === 0) return true;
  return ask({
    title: () => t('leaving.title'),
    text: () => t('leaving.text', { count }),
    yes: () => t('session.sign_out'),
  });
}

async function unsentOf(account: string): Promise<number> {
  try {
    const database = await OutboxDatabase.open();
    const items = await database.items();
    database.close();
    return items.filter(({ owner }) => owner === account).length;
  } catch {
    // A browser without a store has nothing unsent.
    return 0;
  }
}

/** Whoever signs out leaves no trace of where they walked, live or gather, and no names of whom they led, and nothing of what they were told; what is unsent stays theirs, and waits for them. */
export async function forgetWalker(): Promise<void> {
  try {
    localStorage.removeItem('machiaruki.walker');
    localStorage.removeItem('machiaruki.walk');
    sessionStorage.removeItem('machiaruki.scanned');
    expectHeight(null);
    await forgetCouncils();
    await forgetActivation();
    const database = await OutboxDatabase.open();
    await database.forgetReceipts();
    database.close();
    await forgetOutings();
    await forgetNotices();
    await forgetSurveys();
  } catch {
    // Storage may be forbidden; then nothing is in it.
  }
}
