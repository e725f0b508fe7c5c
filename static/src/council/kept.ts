/**
 * One's own council on this device, where its owner wants that, for the day on which there is no network. It says where
 * somebody lives: it is sealed (AES-GCM) with a key that scripts can use and cannot read, and opens for its account alone.
 * That a copy is there is the owner's consent: nothing else says so.
 */
import { done, onDevice } from '../state/device';
import { canSeal, seal, type Sealed, unseal } from '../state/sealed';
import type { MyCouncilDocument, Outlines } from './types';

/** A council on this device. */
export interface KeptCouncil {
  /** Whose it is: it opens for nobody else. */
  account: string;
  document: MyCouncilDocument;
  /** What lies under the map. */
  outlines: Outlines;
}

const NAME = 'council';

/** Whether this browser can keep it, and show it without a network: not in some private windows. */
export const canKeep = (): boolean =>
  canSeal() && 'indexedDB' in globalThis && 'serviceWorker' in navigator;

/** Whether somebody has moved out before that day, as far as was known when they were told of their council. */
export const isOver = ({ home }: MyCouncilDocument, today: string): boolean =>
  typeof home?.until === 'string' && home.until < today;

const use = <T>(
  mode: IDBTransactionMode,
  job: (store: IDBObjectStore) => Promise<T>,
  factory: IDBFactory,
): Promise<T> => onDevice(NAME, mode, job, factory);

const sealed = ({ account, ...content }: KeptCouncil): Promise<Sealed> => seal(content, account);

const opened = async (copy: Sealed, account: string): Promise<KeptCouncil> => ({
  account,
  ...((await unseal(copy, account)) as Omit<KeptCouncil, 'account'>),
});

/** Keeps it in place of what was kept before, whosever that was: its owner has just said so. */
export async function keepCouncil(
  kept: KeptCouncil,
  factory: IDBFactory = indexedDB,
): Promise<void> {
  const copy = await sealed(kept);
  await use(
    'readwrite',
    async (store) => {
      await done(store.clear());
      await done(store.put(copy, kept.account));
    },
    factory,
  );
}

/** Keeps it in place of an older copy of the same account, and says whether there was one: without one nobody has consented. */
export async function refreshCouncil(
  kept: KeptCouncil,
  factory: IDBFactory = indexedDB,
): Promise<boolean> {
  const copy = await sealed(kept);
  return use(
    'readwrite',
    async (store) => {
      // Looked at in the transaction that writes: another tab may have taken it away in the meantime.
      const isThere = (await done(store.count(kept.account))) > 0;
      if (isThere) await done(store.put(copy, kept.account));
      return isThere;
    },
    factory,
  );
}

/** The council of an account on this device, if it is kept. What is over or does not open is taken away. */
export async function keptCouncil(
  account: string,
  today: string,
  factory: IDBFactory = indexedDB,
): Promise<KeptCouncil | null> {
  const read = (store: IDBObjectStore): Promise<unknown> => done(store.get(account));
  const copy = (await use('readonly', read, factory)) as Sealed | undefined;
  if (!copy) return null;
  const kept = await opened(copy, account).catch(() => null);
  if (kept && !isOver(kept.document, today)) return kept;
  await forgetCouncil(account, factory);
  return null;
}

/** Takes the copy of an account away. */
export const forgetCouncil = (account: string, factory: IDBFactory = indexedDB): Promise<void> =>
  use('readwrite', (store) => done(store.delete(account)), factory);

/** Takes all of them away, as when somebody signs out. */
export const forgetCouncils = (factory: IDBFactory = indexedDB): Promise<void> =>
  use('readwrite', (store) => done(store.clear()), factory);
