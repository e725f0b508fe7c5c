/** A phone with a browser: one store, one session, tabs that come and are killed, a network that comes and goes. */
import { IDBFactory } from 'fake-indexeddb';
import { OutboxDatabase } from '../database';
import type { Answer, Item } from '../item';
import { type Kept, Outbox } from '../outbox';
import type { Chance } from './chance';
import type { ModelServer } from './server';

/** One turn of the event loop. */
export const turn = (): Promise<void> =>
  new Promise((done) => {
    setImmediate(done);
  });

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** How often things happened, so that a test can say that they did. */
export type Tally = Map<string, number>;

interface Timer {
  at: number;
  tab: Tab;
  job: () => void;
}

/** The phone. */
export class Phone {
  readonly factory = new IDBFactory();
  online = true;
  session: string | null = null;
  /** Whether the store has no room. */
  full = false;
  now = 1_790_000_000_000;
  tabs: Tab[] = [];
  timers: Timer[] = [];
  lockedBy: Tab | null = null;

  constructor(
    readonly server: ModelServer,
    readonly chance: Chance,
    readonly tally: Tally,
  ) {}

  count(what: string): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
  }

  /** Opens a tab, which sends at once. */
  async open(): Promise<Tab> {
    const tab = new Tab(this, await OutboxDatabase.open(this.factory));
    this.tabs.push(tab);
    void tab.outbox.refresh();
    void tab.outbox.flush();
    return tab;
  }

  /** Ends a tab wherever it is. Its lock is free, its timers are gone, nothing of it goes on. */
  kill(tab: Tab): void {
    if (tab.outbox.state.state.sending) this.count('killed while sending');
    tab.dead = true;
    this.tabs = this.tabs.filter((one) => one !== tab);
    this.timers = this.timers.filter((timer) => timer.tab !== tab);
    if (this.lockedBy === tab) this.lockedBy = null;
  }

  /** Lets time pass: timers that are due go off. */
  pass(ms: number): void {
    this.now += ms;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter((timer) => !due.includes(timer));
    for (const { job } of due) job();
  }

  /** What is on the disk. */
  async items(): Promise<Item[]> {
    const database = await OutboxDatabase.open(this.factory);
    const items = await database.items();
    database.close();
    return items;
  }

  /** A request over the network: it may not arrive, and its answer may be lost. */
  send(items: readonly Item[]): Answer {
    if (!this.online || this.chance.happens(0.05)) return { is: 'later' };
    const answer = this.server.answer(this.session, items);
    if (answer.is === 'signed_out') this.count('401');
    if (answer.is === 'results' && answer.results.some(({ status }) => status === 'duplicate')) {
      this.count('duplicate');
    }
    if (this.online && !this.chance.happens(0.15)) return answer;
    this.count('answer lost');
    return { is: 'later' };
  }
}

/** A tab. What it waits for never comes once it is dead. */
export class Tab {
  dead = false;
  readonly outbox: Outbox;
  private listener: (() => void) | null = null;

  constructor(
    private readonly phone: Phone,
    private readonly disk: OutboxDatabase,
  ) {
    this.outbox = new Outbox(this.database(), {
      post: (items) => this.alive(() => phone.send(items)),
      account: () => this.alive(() => (phone.online ? phone.session : undefined)),
      alone: (job) => this.alone(job),
      later: (ms, job) => {
        const timer: Timer = { at: phone.now + ms, tab: this, job };
        phone.timers.push(timer);
        return () => {
          phone.timers = phone.timers.filter((one) => one !== timer);
        };
      },
      tabs: {
        tell: () => {
          for (const tab of phone.tabs) if (tab !== this) queueMicrotask(() => tab.listener?.());
        },
        hear: (listener) => {
          this.listener = listener;
          return () => {
            this.listener = null;
          };
        },
      },
      now: () => phone.now,
      random: () => phone.chance.next(),
    });
  }

  /** Takes some turns for a job, during which anything may happen; also between its end and its being known. */
  private async alive<T>(job: () => T | Promise<T>): Promise<T> {
    await this.turns();
    if (this.dead) return never();
    const done = await job();
    await this.turns();
    return this.dead ? never() : done;
  }

  private async turns(): Promise<void> {
    for (let left = this.phone.chance.below(3); left > 0; left -= 1) await turn();
  }

  private database(): Kept {
    const { disk, phone } = this;
    const roomy = <T>(job: () => Promise<T>): Promise<T> =>
      this.alive(() => {
        if (!phone.full) return job();
        phone.count('no room');
        throw new DOMException('no room', 'QuotaExceededError');
      });
    return {
      items: () => this.alive(() => disk.items()),
      receipts: () => this.alive(() => disk.receipts()),
      add: (items) => roomy(() => disk.add(items)),
      update: (items) => roomy(() => disk.update(items)),
      // Taking out needs no room, and falls back by itself.
      receive: (receipts) => this.alive(() => disk.receive(receipts)),
      dismiss: (ids) => this.alive(() => disk.dismiss(ids)),
      close: () => {
        disk.close();
      },
    };
  }

  private async alone(job: () => Promise<void>): Promise<boolean> {
    if (this.phone.lockedBy) {
      this.phone.count('another tab was sending');
      return false;
    }
    this.phone.lockedBy = this;
    try {
      await job();
    } finally {
      if (this.phone.lockedBy === this) this.phone.lockedBy = null;
    }
    return true;
  }
}
