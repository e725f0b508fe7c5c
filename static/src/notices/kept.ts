/** What one was told, as it was last loaded: for the days on which there is no network. Its owner signs out, and it is gone. */
import type { Notice } from '../api/types';
import { done, onDevice } from '../state/device';

/** Notices on this device. */
export interface KeptNotices {
  /** Whose they are: nobody else is shown them. */
  account: string;
  /** The latest first. */
  notices: readonly Notice[];
  /** When they were asked for: milliseconds since 1970. */
  at: number;
}

const NAME = 'notices';

/** Keeps them in place of what was kept before, whosever that was. */
export const keepNotices = (kept: KeptNotices, factory: IDBFactory = indexedDB): Promise<void> =>
  onDevice(
    NAME,
    'readwrite',
    async (store) => {
      await done(store.clear());
      await done(store.put(kept, kept.account));
    },
    factory,
  );

/** The notices of an account on this device, if there are any. */
export const keptNotices = (
  account: string,
  factory: IDBFactory = indexedDB,
): Promise<KeptNotices | null> =>
  onDevice(
    NAME,
    'readonly',
    async (store) => ((await done(store.get(account))) as KeptNotices | undefined) ?? null,
    factory,
  );

/** Takes them away, as when somebody signs out. */
export const forgetNotices = (factory: IDBFactory = indexedDB): Promise<void> =>
  onDevice(NAME, 'readwrite', (store) => done(store.clear()), factory);
