/**
 * Outings on this device, for the days on which there is no network: those that one joined, to show by a code that one is
 * there; those that one leads, with the codes of their hours and who takes part. Names leave the device when their owner
 * signs out, and some days after the outing.
 */
import { done, onDevice } from '../state/device';
import type { CodeSheet, Outing } from './types';

/** For so long after its start an outing stays: marks may be corrected days later. */
const KEPT_MS = 3 * 24 * 3_600_000;

/** Somebody of a roll-call: no more than is needed to call them. */
export interface Person {
  staff_id: string;
  name: string;
  name_kana: string;
  department: string;
  /** Whether they have a place; others may come all the same. */
  confirmed: boolean;
  /** What the service knew when it was asked. */
  present: boolean | null;
}

/** What a trainer needs without a network. */
export interface Sheet {
  codes: CodeSheet;
  people: Person[];
  /** When they were asked for: milliseconds since 1970. */
  at: number;
  /** Whether this device's clock was wrong then. */
  isClockWrong: boolean;
}

/** An outing on this device. */
export interface KeptOuting {
  /** Whose it is: nobody else is shown it. */
  account: string;
  outing: Outing;
  /** For whoever leads it. */
  sheet: Sheet | null;
  /** When the outing was asked for: milliseconds since 1970. */
  at: number;
}

/** Whether an outing need not be on this device any more. */
export const isOver = ({ outing }: KeptOuting, now: number): boolean =>
  now > Date.parse(outing.starts_at) + KEPT_MS;

const keyOf = (account: string, id: string): string => `${account}/${id}`;

const use = <T>(
  mode: IDBTransactionMode,
  job: (store: IDBObjectStore) => Promise<T>,
  factory: IDBFactory,
): Promise<T> => onDevice('outings', mode, job, factory);

/** Keeps an outing in place of what was kept of it. A sheet that is not brought along stays. */
export function keep(kept: KeptOuting, factory: IDBFactory = indexedDB): Promise<void> {
  const key = keyOf(kept.account, kept.outing.id);
  return use(
    'readwrite',
    async (store) => {
      const before = (await done(store.get(key))) as KeptOuting | undefined;
      const sheet = kept.sheet ?? before?.sheet ?? null;
      await done(store.put({ ...kept, sheet }, key));
    },
    factory,
  );
}

/** The outings of an account on this device, the earliest first. What is over is taken away. */
export function keptOutings(
  account: string,
  now = Date.now(),
  factory: IDBFactory = indexedDB,
): Promise<KeptOuting[]> {
  return use(
    'readwrite',
    async (store) => {
      const all = (await done(store.getAll())) as KeptOuting[];
      for (const kept of all.filter((one) => isOver(one, now))) {
        await done(store.delete(keyOf(kept.account, kept.outing.id)));
      }
      return all
        .filter((kept) => kept.account === account && !isOver(kept, now))
        .sort((a, b) => Date.parse(a.outing.starts_at) - Date.parse(b.outing.starts_at));
    },
    factory,
  );
}

/** Takes an outing of an account away. */
export const forgetOuting = (
  account: string,
  id: string,
  factory: IDBFactory = indexedDB,
): Promise<void> => use('readwrite', (store) => done(store.delete(keyOf(account, id))), factory);

/** Takes all of them away, as when somebody signs out. */
export const forgetOutings = (factory: IDBFactory = indexedDB): Promise<void> =>
  use('readwrite', (store) => done(store.clear()), factory);
