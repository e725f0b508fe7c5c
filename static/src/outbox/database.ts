/** Where items and receipts are kept on the device: IndexedDB. What `add` resolves for is on the disk. */
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

const isClosed = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'InvalidStateError';

/** The device's store of what is unsent and of what was received. */
export class OutboxDatabase {
  private opening: Promise<IDBDatabase> | null = null;

  private constructor(private readonly factory: IDBFactory) {}

  /** Opens it, and makes it the first time. */
  static async open(factory: IDBFactory = indexedDB): Promise<OutboxDatabase> {
    const database = new OutboxDatabase(factory);
    await database.connection();
    return database;
  }

  /** Everything that waits. */
  items(): Promise<Item[]> {
    return this.all<Item>(ITEMS);
  }

  /** What was received, the oldest first. */
  receipts(): Promise<Receipt[]> {
    return this.all<Receipt>(SENT);
  }

  /** Adds items: all or, when the device has no room, none. Never replaces one: what is queued is frozen. */
  add(items: readonly Item[]): Promise<void> {
    return this.change(([store]) => {
      for (const item of items) store.add(item);
    });
  }

  /** Writes how far items are, where they are still there: another tab may have had the receipt. */
  update(items: readonly Item[]): Promise<void> {
    return this.change(([store]) => {
      for (const item of items) {
        const found = store.get(item.id) as IDBRequest<Item | undefined>;
        found.onsuccess = () => {
          if (found.result) store.put({ ...found.result, state: item.state });
        };
      }
    });
  }

  /** Takes items out for their receipts, in one transaction. */
  async receive(receipts: readonly Receipt[]): Promise<void> {
    const takeOut = (items: IDBObjectStore): void => {
      for (const { id } of receipts) items.delete(id);
    };
    try {
      await this.change(([items, sent]) => {
        takeOut(items);
        for (const receipt of receipts) sent.put(receipt);
        const keys = sent.getAllKeys();
        keys.onsuccess = () => {
          // The ids begin with their time.
          for (const key of keys.result.slice(0, Math.max(0, keys.result.length - RECEIPTS))) {
            sent.delete(key);
          }
        };
      });
    } catch {
      // No room for what only says what was: what the service has must leave all the same.
      await this.change(([items]) => {
        takeOut(items);
      });
    }
  }

  /** Throws items away, because their owner said so. */
  dismiss(ids: readonly string[]): Promise<void> {
    return this.change(([store]) => {
      for (const id of ids) store.delete(id);
    });
  }

  /** Forgets receipts: they say where somebody was. */
  forgetReceipts(): Promise<void> {
    return this.change(([, store]) => {
      store.clear();
    });
  }

  /** Closes it. */
  close(): void {
    const { opening } = this;
    this.opening = null;
    void opening?.then((db) => {
      db.close();
    });
  }

  private connection(): Promise<IDBDatabase> {
    this.opening ??= this.connect().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  private async connect(): Promise<IDBDatabase> {
    const request = this.factory.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ITEMS, { keyPath: 'id' });
      request.result.createObjectStore(SENT, { keyPath: 'id' });
    };
    const db = await done(request);
    // A newer page in another tab must not wait for this one.
    db.onversionchange = () => {
      db.close();
      this.opening = null;
    };
    // Browsers drop the connections of pages that were long in the background.
    db.onclose = () => {
      this.opening = null;
    };
    return db;
  }

  private all<T>(name: string): Promise<T[]> {
    return this.connected((db) =>
      done(db.transaction(name).objectStore(name).getAll() as IDBRequest<T[]>),
    );
  }

  private change(
    job: (stores: [items: IDBObjectStore, sent: IDBObjectStore]) => void,
  ): Promise<void> {
    return this.connected((db) => {
      // `strict`: complete means flushed, not handed to the system.
      const tx = db.transaction([ITEMS, SENT], 'readwrite', { durability: 'strict' });
      const written = new Promise<void>((resolve, reject) => {
        tx.oncomplete = () => {
          resolve();
        };
        tx.onabort = () => {
          reject(tx.error ?? new Error('IndexedDB'));
        };
      });
      try {
        job([tx.objectStore(ITEMS), tx.objectStore(SENT)]);
      } catch (error) {
        // All or nothing.
        tx.abort();
        written.catch(() => undefined);
        throw error;
      }
      return written;
    });
  }

  /** Does something with the connection, once more where it was closed behind our back. */
  private async connected<T>(job: (db: IDBDatabase) => Promise<T>): Promise<T> {
    try {
      return await job(await this.connection());
    } catch (error) {
      if (!isClosed(error)) throw error;
      this.opening = null;
      return job(await this.connection());
    }
  }
}
