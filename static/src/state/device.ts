/** Stores on this device (IndexedDB), each in a database of its own. */

/** What a request brought. */
export const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB'));
    };
  });

/** Does something with the store `name` of the database `machiaruki-<name>`, and closes it: another page may want to forget it. */
export async function onDevice<T>(
  name: string,
  mode: IDBTransactionMode,
  job: (store: IDBObjectStore) => Promise<T>,
  factory: IDBFactory,
): Promise<T> {
  const opening = factory.open(`machiaruki-${name}`, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(name);
  };
  const db = await done(opening);
  try {
    return await job(db.transaction(name, mode).objectStore(name));
  } finally {
    db.close();
  }
}
