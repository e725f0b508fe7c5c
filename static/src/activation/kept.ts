/**
 * The activation that is open, as it was last told, on the device of a resident: for the hour in which there is no
 * network. It says where somebody gathers, so it is sealed, and gone when the activation is over or its owner signs out.
 */
import { done, onDevice } from '../state/device';
import { canSeal, seal, type Sealed, unseal } from '../state/sealed';
import type { MyActivation } from './types';

const NAME = 'activation';
/** Nothing is shown that was told so long ago: whoever was away for days asks the service first. */
const LONGEST_MS = 3 * 24 * 3_600_000;

/** What is kept. */
export interface KeptActivation {
  activation: MyActivation;
  /** When it was told: milliseconds since 1970. */
  at: number;
}

/** Keeps it in place of what was kept before, whosever that was. Where nothing can be sealed, nothing is kept. */
export async function keepActivation(
  account: string,
  kept: KeptActivation,
  factory: IDBFactory = indexedDB,
): Promise<void> {
  if (!canSeal()) return;
  const copy = await seal(kept, account);
  await onDevice(
    NAME,
    'readwrite',
    async (store) => {
      await done(store.clear());
      await done(store.put(copy, account));
    },
    factory,
  );
}

/** What is kept for an account. */
export async function keptActivation(
  account: string,
  now = Date.now(),
  factory: IDBFactory = indexedDB,
): Promise<KeptActivation | null> {
  if (!canSeal()) return null;
  const read = (store: IDBObjectStore): Promise<unknown> => done(store.get(account));
  const copy = (await onDevice(NAME, 'readonly', read, factory)) as Sealed | undefined;
  const kept = copy
    ? await unseal(copy, account).then(
        (content) => content as KeptActivation,
        () => null,
      )
    : null;
  return kept && now - kept.at < LONGEST_MS ? kept : null;
}

/** Takes it away, whosever it is. */
export const forgetActivation = (factory: IDBFactory = indexedDB): Promise<void> =>
  onDevice(NAME, 'readwrite', (store) => done(store.clear()), factory);
