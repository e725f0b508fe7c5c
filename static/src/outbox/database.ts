/** Where items and receipts are kept on the device: IndexedDB. What `put` resolves for is on the disk. */
import type { Item, Receipt } from './item';

const NAME = 'machiaruki-outbox';
const ITEMS = 'items';
const SENT = 'sent';
/** So many receipts are kept, the newest. */
const RECEIPTS = 500;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB'));
    };
  });

/** The device's store of what is unsent and of what was received. */
export class OutboxDatabase {
  private constructor(private readonly db: IDBDatabase) {}

  /** Opens it, and makes it the first time. */
  static async open(factory: IDBFactory = indexedDB): Promise<OutboxDatabase> {
    const request = factory.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ITEMS, { keyPath: 'id' });
      request.result.createObjectStore(SENT, { keyPath: 'id' });
    };
    const db = await done(request);
    // A newer page in another tab must not wait for this one.
    db.onversionchange = () => {
      db.close();
    };
    return new OutboxDatabase(db);
  }

  /** Everything that waits. */
  items(): Promise<Item[]> {
    return done(this.db.transaction(ITEMS).objectStore(ITEMS).getAll() as IDBRequest<Item[]>);
  }

  /** What was received, the oldest first. */
  receipts(): Promise<Receipt[]> {
    return done(this.db.transaction(SENT).objectStore(SENT).getAll() as IDBRequest<Receipt[]>);
  }

  /** Adds items: all or, when the device has no room, none. Never replaces one: what is queued is frozen. */
  add(items: readonly Item[]): Promise<void> {
    return this.write(([store]) => {
      for (const item of items) store.add(item);
    });
  }

  /** Writes how far items are, where they are still there: another tab may have had the receipt. */
  update(items: readonly Item[]): Promise<void> {
    return this.write(([store]) => {
      for (const item of items) {
        const found = store.get(item.id) as IDBRequest<Item | undefined>;
        found.onsuccess = () => {
          if (found.result) store.put({ ...found.result, state: item.state });
        };
      }
    });
  }

  /** Takes items out for their receipts, in one transaction. */
  receive(receipts: readonly Receipt[]): Promise<void> {
    return this.write(([items, sent]) => {
      for (const receipt of receipts) {
        items.delete(receipt.id);
        sent.put(receipt);
      }
      const keys = sent.getAllKeys();
      keys.onsuccess = () => {
        // The ids begin with their time.
        for (const key of keys.result.slice(0, Math.max(0, keys.result.length - RECEIPTS))) {
          sent.delete(key);
        }
      };
    });
  }

  /** Throws an item away, because its owner said so. */
  dismiss(id: string): Promise<void> {
    return this.write(([store]) => {
      store.delete(id);
    });
  }

  /** Forgets receipts: they say where somebody was. */
  forgetReceipts(): Promise<void> {
    return this.write(([, store]) => {
      store.clear();
    });
  }

  /** Closes it. */
  close(): void {
    this.db.close();
  }

  private write(
    change: (stores: [items: IDBObjectStore, sent: IDBObjectStore]) => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      // `strict`: complete means flushed, not handed to the system.
      const tx = this.db.transaction([ITEMS, SENT], 'readwrite', { durability: 'strict' });
      const failed = (): void => {
        reject(tx.error ?? new Error('IndexedDB'));
      };
      tx.oncomplete = () => {
        resolve();
      };
      tx.onabort = failed;
      tx.onerror = failed;
      change([tx.objectStore(ITEMS), tx.objectStore(SENT)]);
    });
  }
}
