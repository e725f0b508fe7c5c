/**
 * One's own council on this device, where its owner wants that, for the day on which there is no network. It says where
 * somebody lives: it is sealed (AES-GCM) with a key that scripts can use and cannot read, and opens for its account alone.
 * That a copy is there is the owner's consent: nothing else says so.
 */
import { done, onDevice } from '../state/device';
import type { MyCouncilDocument, Outlines } from './types';

/** A council on this device. */
export interface KeptCouncil {
  /** Whose it is: it opens for nobody else. */
  account: string;
  document: MyCouncilDocument;
  /** What lies under the map. */
  outlines: Outlines;
}

/** What is written. Each copy has a key of its own, which goes with it. */
interface Sealed {
  key: CryptoKey;
  nonce: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

const NAME = 'council';
const CIPHER = 'AES-GCM';
const KEY_BITS = 256;
/** As long as AES-GCM wants it. */
const NONCE_BYTES = 12;

/** Whether this browser can keep it: not where a page comes without encryption, nor in some private windows. */
export const canKeep = (): boolean =>
  'indexedDB' in globalThis &&
  'serviceWorker' in navigator &&
  (globalThis.crypto as { subtle?: SubtleCrypto } | undefined)?.subtle !== undefined;

/** Whether somebody has moved out before that day, as far as was known when they were told of their council. */
export const isOver = ({ home }: MyCouncilDocument, today: string): boolean =>
  typeof home?.until === 'string' && home.until < today;

const use = <T>(
  mode: IDBTransactionMode,
  job: (store: IDBObjectStore) => Promise<T>,
  factory: IDBFactory,
): Promise<T> => onDevice(NAME, mode, job, factory);

/** Whose copy it is belongs to the seal, so that none opens under another account. */
const cipherOf = (nonce: Uint8Array<ArrayBuffer>, account: string): AesGcmParams => ({
  name: CIPHER,
  iv: nonce,
  additionalData: new TextEncoder().encode(account),
});

async function seal({ account, ...content }: KeptCouncil): Promise<Sealed> {
  const algorithm = { name: CIPHER, length: KEY_BITS };
  const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(content));
  const bytes = await crypto.subtle.encrypt(cipherOf(nonce, account), key, text);
  return { key, nonce, bytes };
}

async function unseal({ key, nonce, bytes }: Sealed, account: string): Promise<KeptCouncil> {
  const text = await crypto.subtle.decrypt(cipherOf(nonce, account), key, bytes);
  const content = JSON.parse(new TextDecoder().decode(text)) as Omit<KeptCouncil, 'account'>;
  return { account, ...content };
}

/** Keeps it in place of what was kept before, whosever that was: its owner has just said so. */
export async function keepCouncil(
  kept: KeptCouncil,
  factory: IDBFactory = indexedDB,
): Promise<void> {
  const sealed = await seal(kept);
  await use(
    'readwrite',
    async (store) => {
      await done(store.clear());
      await done(store.put(sealed, kept.account));
    },
    factory,
  );
}

/** Keeps it in place of an older copy of the same account, and says whether there was one: without one nobody has consented. */
export async function refreshCouncil(
  kept: KeptCouncil,
  factory: IDBFactory = indexedDB,
): Promise<boolean> {
  const sealed = await seal(kept);
  return use(
    'readwrite',
    async (store) => {
      // Looked at in the transaction that writes: another tab may have taken it away in the meantime.
      const isThere = (await done(store.count(kept.account))) > 0;
      if (isThere) await done(store.put(sealed, kept.account));
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
  const sealed = (await use('readonly', read, factory)) as Sealed | undefined;
  if (!sealed) return null;
  const kept = await unseal(sealed, account).catch(() => null);
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
