/** The outbox of a device: keeps what was tapped until the service has named it in a receipt. */
import { Store } from '../state/store';
import { OutboxDatabase } from './database';
import { type Answer, type Item, type Receipt, refuse, settle, tried } from './item';
import { backoff, batches, halves } from './plan';

/** What pages show of it. */
export interface OutboxState {
  items: readonly Item[];
  receipts: readonly Receipt[];
  sending: boolean;
  /** Who was signed in when it was last asked; null for nobody. */
  account: string | null;
}

/** What it needs from outside. */
export interface OutboxParts {
  post: (items: readonly Item[]) => Promise<Answer>;
  /** Undefined when it cannot be known. */
  account: () => Promise<string | null | undefined>;
  alone: (job: () => Promise<void>) => Promise<boolean>;
  now: () => number;
  random: () => number;
}

/** One for each page. Tabs share the database, and tell each other. */
export class Outbox {
  readonly state = new Store<OutboxState>({
    items: [],
    receipts: [],
    sending: false,
    account: null,
  });
  private timer: ReturnType<typeof setTimeout> | null = null;
  private tries = 0;
  private again = false;
  private readonly tabs =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('machiaruki-outbox');

  constructor(
    private readonly database: OutboxDatabase,
    private readonly parts: OutboxParts,
  ) {
    if (this.tabs) this.tabs.onmessage = () => void this.refresh();
  }

  /** Keeps items. When this resolves they are on the disk; only then is anything sent. */
  async add(items: readonly Item[]): Promise<void> {
    await this.database.add(items);
    await this.changed();
    void this.flush();
  }

  /** Sends what can be sent. Safe to call at any time and from every tab. */
  async flush(): Promise<void> {
    if (this.state.state.sending) {
      this.again = true;
      return;
    }
    this.stopTimer();
    this.state.set({ sending: true });
    let isDone = true;
    try {
      const ran = await this.parts.alone(async () => {
        isDone = await this.sendAll();
      });
      isDone &&= ran;
    } catch {
      isDone = false;
    } finally {
      this.state.set({ sending: false });
    }
    await this.changed();
    if (this.again) {
      this.again = false;
      void this.flush();
      return;
    }
    this.tries = isDone ? 0 : this.tries + 1;
    if (!isDone) this.startTimer();
  }

  /** Throws an item away. The page asks first. */
  async dismiss(id: string): Promise<void> {
    await this.database.dismiss(id);
    await this.changed();
  }

  /** Reads again what is kept. */
  async refresh(): Promise<void> {
    const [items, receipts] = await Promise.all([this.database.items(), this.database.receipts()]);
    this.state.set({ items, receipts });
  }

  /** Ends it, as when its page goes. */
  close(): void {
    this.stopTimer();
    this.tabs?.close();
    this.database.close();
  }

  /** Whether nothing is left that could have gone. */
  private async sendAll(): Promise<boolean> {
    const items = await this.database.items();
    if (items.length === 0) return true;
    const account = await this.parts.account();
    if (account === undefined) return false;
    this.state.set({ account });
    // Somebody else's items wait for their owner, not for a timer.
    if (account === null) return true;
    const seen = new Set<string>();
    for (;;) {
      // Asked again each time: a photo may go once its visit is there.
      const left = await this.database.items();
      const group = batches(left, account).find((some) => some.some(({ id }) => !seen.has(id)));
      if (!group)
        return !left.some(({ state, owner }) => state.is === 'queued' && owner === account);
      for (const { id } of group) seen.add(id);
      // Who is signed in may change between two requests.
      if ((await this.parts.account()) !== account) return false;
      if (!(await this.sendGroup(group))) return false;
    }
  }

  /** Sends items together, in halves where the whole cannot be read. False: not now. */
  private async sendGroup(group: readonly Item[]): Promise<boolean> {
    const answer = await this.parts.post(group);
    switch (answer.is) {
      case 'results': {
        const settled = group.map((item) => {
          const result = answer.results.find(({ id }) => id === item.id);
          return result ? settle(item, result, this.parts.now()) : null;
        });
        const receipts = settled.flatMap((one) => (one?.is === 'received' ? [one.receipt] : []));
        const kept = settled.flatMap((one) => (one?.is === 'kept' ? [one.item] : []));
        if (receipts.length > 0) await this.database.receive(receipts);
        if (kept.length > 0) await this.database.update(kept);
        return true;
      }
      case 'unreadable': {
        if (group.length === 1) {
          await this.database.update(group.map((item) => refuse(item, answer.reason)));
          return true;
        }
        const [first, second] = halves(group);
        return (await this.sendGroup(first)) && (await this.sendGroup(second));
      }
      case 'signed_out':
        this.state.set({ account: null });
        return false;
      case 'later':
        await this.database.update(group.map(tried));
        return false;
    }
  }

  private async changed(): Promise<void> {
    await this.refresh();
    this.tabs?.postMessage('changed');
  }

  private startTimer(): void {
    this.stopTimer();
    const wait = backoff(this.tries, this.parts.random());
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
