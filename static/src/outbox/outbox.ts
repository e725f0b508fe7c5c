/** The outbox of a device: keeps what was tapped until the service has named it in a receipt. */
import { Store } from '../state/store';
import type { OutboxDatabase } from './database';
import {
  type Answer,
  type Item,
  type Receipt,
  refuse,
  revived,
  settle,
  tried,
  withFollowers,
} from './item';
import { backoff, batches, halves, isLeft } from './plan';

/** What pages show of it. */
export interface OutboxState {
  items: readonly Item[];
  receipts: readonly Receipt[];
  sending: boolean;
  /** Who was signed in when it was last asked; null for nobody, undefined when it is not known. */
  account: string | null | undefined;
}

/** How tabs tell each other that something changed. */
export interface Tabs {
  tell: () => void;
  /** Calls `listener` when another tab told, until the returned function is called. */
  hear: (listener: () => void) => () => void;
}

/** What it needs from outside. */
export interface OutboxParts {
  /** Sends items of one kind and one owner, and only as that owner. Never throws. */
  post: (items: readonly Item[]) => Promise<Answer>;
  /** Undefined when it cannot be known. */
  account: () => Promise<string | null | undefined>;
  /** Runs a job unless another tab is at one; says whether it ran. */
  alone: (job: () => Promise<void>) => Promise<boolean>;
  /** Calls `job` after so many milliseconds, unless the returned function is called before. */
  later: (ms: number, job: () => void) => () => void;
  tabs: Tabs;
  /** Milliseconds since 1970. */
  now: () => number;
  /** In [0, 1). */
  random: () => number;
}

/** Where items and receipts are kept. */
export type Kept = Pick<
  OutboxDatabase,
  'items' | 'receipts' | 'add' | 'update' | 'receive' | 'dismiss' | 'close'
>;

/** Requests on which the service may fail before a round is over: it may be ill, and is not helped by more of them. */
const MOST_BROKEN = 24;

/** What a round of sending has come to. */
interface Round {
  broken: number;
}

/** One for each page. Tabs share the database, and tell each other. */
export class Outbox {
  readonly state = new Store<OutboxState>({
    items: [],
    receipts: [],
    sending: false,
    account: undefined,
  });
  private cancelTimer: (() => void) | null = null;
  private tries = 0;
  private again = false;
  private running: Promise<void> | null = null;
  private readonly deafen: () => void;

  constructor(
    private readonly database: Kept,
    private readonly parts: OutboxParts,
  ) {
    this.deafen = parts.tabs.hear(() => void this.refresh().catch(() => undefined));
  }

  /** Keeps items. When this resolves they are on the disk; only then is anything sent. */
  async add(items: readonly Item[]): Promise<void> {
    await this.database.add(items);
    await this.changed();
    void this.flush();
  }

  /** Sends what can be sent. Safe to call at any time and from every tab. Resolves when this tab has stopped sending. */
  async flush(): Promise<void> {
    this.again = true;
    this.running ??= this.run();
    await this.running;
  }

  /** Lets an item that was not taken be sent once more. */
  async retry(id: string): Promise<void> {
    const items = await this.database.items();
    await this.database.update(items.filter((item) => item.id === id).map(revived));
    await this.changed();
    await this.flush();
  }

  /** Throws an item away, with what waits for it. The page asks first. */
  async dismiss(id: string): Promise<void> {
    const items = await this.database.items();
    await this.database.dismiss(withFollowers(items, id).map((item) => item.id));
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
    this.deafen();
    this.database.close();
  }

  private async run(): Promise<void> {
    this.stopTimer();
    this.state.set({ sending: true });
    let isDone = false;
    // What was asked for while it was sending gets a round of its own.
    while (this.again) {
      this.again = false;
      isDone = await this.round();
      await this.changed();
    }
    this.running = null;
    this.state.set({ sending: false });
    this.tries = isDone ? 0 : this.tries + 1;
    if (!isDone) this.startTimer();
  }

  /** Whether nothing is left that could have gone. */
  private async round(): Promise<boolean> {
    let isDone = false;
    try {
      // Where another tab is at it, this one looks again later: the other may be closed half-way.
      await this.parts.alone(async () => {
        isDone = await this.sendAll();
      });
    } catch {
      isDone = false;
    }
    return isDone;
  }

  /** Whether nothing is left that could have gone. */
  private async sendAll(): Promise<boolean> {
    const account = await this.parts.account();
    if (account !== undefined) this.state.set({ account });
    if ((await this.database.items()).length === 0) return true;
    if (account === undefined) return false;
    // Somebody else's items wait for their owner, not for a timer.
    if (account === null) return true;
    const round: Round = { broken: 0 };
    const seen = new Set<string>();
    for (;;) {
      // Asked again each time: a photo may go once what names it is there.
      const left = await this.database.items();
      const group = batches(left, account)
        .map((items) => items.filter(({ id }) => !seen.has(id)))
        .find(({ length }) => length > 0);
      if (!group) return !isLeft(left, account);
      for (const { id } of group) seen.add(id);
      if (!(await this.sendGroup(group, round))) return false;
    }
  }

  /** Sends items together, in halves where the whole cannot be taken. Says whether to go on. */
  private async sendGroup(group: readonly Item[], round: Round): Promise<boolean> {
    const answer = await this.parts.post(group);
    switch (answer.is) {
      case 'results': {
        const settled = group.map((item) => {
          const result = answer.results.find(({ id }) => id === item.id);
          return result ? settle(item, result, this.parts.now()) : null;
        });
        const receipts = settled.flatMap((one) => (one?.is === 'received' ? [one.receipt] : []));
        if (receipts.length > 0) await this.database.receive(receipts);
        await this.note(settled.flatMap((one) => (one?.is === 'kept' ? [one.item] : [])));
        return true;
      }
      case 'unreadable':
        if (group.length > 1) return this.sendHalves(group, round);
        await this.note(group.map((item) => refuse(item, answer.reason)));
        return true;
      case 'refused':
        await this.note(group.map((item) => refuse(item, answer.reason)));
        return true;
      case 'broken':
        round.broken += 1;
        if (group.length > 1 && round.broken < MOST_BROKEN) return this.sendHalves(group, round);
        await this.note(group.map(tried));
        return round.broken < MOST_BROKEN;
      case 'signed_out':
        this.state.set({ account: null });
        return false;
      case 'later':
        await this.note(group.map(tried));
        return false;
    }
  }

  private async sendHalves(group: readonly Item[], round: Round): Promise<boolean> {
    const [first, second] = halves(group);
    return (await this.sendGroup(first, round)) && (await this.sendGroup(second, round));
  }

  /** Writes how far items are. Where there is no room for that, nothing is lost: they are asked about again. */
  private async note(items: readonly Item[]): Promise<void> {
    if (items.length > 0) await this.database.update(items).catch(() => undefined);
  }

  private async changed(): Promise<void> {
    // Whatever this tab can show, the others can.
    this.parts.tabs.tell();
    await this.refresh().catch(() => undefined);
  }

  private startTimer(): void {
    this.stopTimer();
    const wait = backoff(this.tries, this.parts.random());
    this.cancelTimer = this.parts.later(wait, () => void this.flush());
  }

  private stopTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
