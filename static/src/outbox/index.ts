/** The outbox of this device, as pages use it. */
import { language } from '../i18n';
import { OutboxDatabase } from './database';
import { Outbox } from './outbox';
import { post, whoIsSignedIn } from './send';
import { alone } from './single-flight';
import { tabs } from './tabs';

export { exported } from './export';
export type { Item, Receipt } from './item';
export { newId } from './uuid';
export { unsent, type Unsent } from './plan';
export type { Outbox, OutboxState } from './outbox';

let opening: Promise<Outbox> | null = null;

/** Opens it, one for all parts of a page. Where that fails, it is tried again at the next call. */
export function openOutbox(): Promise<Outbox> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** It sends on load, on focus, when the network is back, by a timer and by hand. */
async function open(): Promise<Outbox> {
  const outbox = new Outbox(await OutboxDatabase.open(), {
    post: (items) => post(items, language() === 'en' ? 'en' : 'ja'),
    account: whoIsSignedIn,
    alone,
    later: (ms, job) => {
      const timer = setTimeout(job, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    tabs: tabs(),
    now: () => Date.now(),
    random: () => Math.random(),
  });
  await outbox.refresh();
  const flush = (): void => void outbox.flush();
  addEventListener('online', flush);
  addEventListener('focus', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') flush();
  });
  flush();
  return outbox;
}

/** Asks the browser not to throw the store away when the device is short of room. */
export const persist = async (): Promise<boolean> => {
  const storage = (navigator as { storage?: StorageManager }).storage;
  return storage?.persist ? storage.persist() : false;
};
