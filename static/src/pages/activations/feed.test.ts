import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../api/client';
import type { ActivationDocument, Counts, RollDocument, RollEvent } from '../../activation/types';
import { RollFeed, type FeedState, type Source } from './feed';

const [CONNECTING, OPEN, CLOSED] = [0, 1, 2] as const;

/** A stream that a test plays. */
class Stream implements Source {
  readyState: number = CONNECTING;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  private listeners = new Map<string, (event: { data?: unknown }) => void>();

  constructor(readonly after: number) {}

  addEventListener(name: string, listener: (event: { data?: unknown }) => void): void {
    this.listeners.set(name, listener);
  }

  close(): void {
    this.readyState = CLOSED;
  }

  open(): void {
    this.readyState = OPEN;
    this.onopen?.();
  }

  break(state: number = CLOSED): void {
    this.readyState = state;
    this.onerror?.();
  }

  say(name: string, data?: unknown): void {
    this.listeners.get(name)?.(data === undefined ? {} : { data });
  }
}

const counts = (answered: number): Counts => ({
  none: 3 - answered,
  unable: 0,
  safe: answered,
  on_the_way: 0,
  arrived: 0,
});

/** A service, a clock, and a page that follows. */
class World {
  streams: Stream[] = [];
  states: FeedState[] = [];
  events: RollEvent[] = [];
  read = 0;
  asked = 0;
  /** What the service has, and what is shown. */
  answered = 0;
  shown = { counts: counts(0), sequence: 7 };
  ended = false;
  error: ApiError | null = null;
  private now = 0;
  private timers = new Set<{ at: number; job: () => void }>();
  readonly feed = new RollFeed(
    {
      open: (after) => {
        const stream = new Stream(after);
        this.streams.push(stream);
        return stream;
      },
      numbers: () => {
        this.asked += 1;
        if (this.error) return Promise.reject(this.error);
        const document = { counts: counts(this.answered), ended_at: this.ended ? 'x' : null };
        return Promise.resolve(document as ActivationDocument);
      },
      everything: () => {
        this.read += 1;
        const document = { counts: counts(this.answered), sequence: 7 + this.answered };
        return Promise.resolve(document as RollDocument);
      },
      later: (ms, job) => {
        const timer = { at: this.now + ms, job };
        this.timers.add(timer);
        return () => this.timers.delete(timer);
      },
    },
    {
      shown: () => this.shown,
      onEvent: (event) => {
        this.events.push(event);
        this.shown = { counts: counts(this.answered), sequence: event.sequence };
      },
      onEverything: (document) => {
        this.shown = { counts: document.counts, sequence: document.sequence };
      },
      onState: (state) => this.states.push(state),
    },
  );

  get last(): Stream {
    return this.streams.at(-1)!;
  }

  get state(): FeedState | undefined {
    return this.states.at(-1);
  }

  /** Lets time pass, in small steps, and promises settle. */
  async pass(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end;) {
      this.now = Math.min(end, this.now + 500);
      for (const timer of [...this.timers].filter(({ at }) => at <= this.now)) {
        this.timers.delete(timer);
        timer.job();
      }
      await settled();
    }
  }

  /** Waits for a stream that can open. */
  async fresh(): Promise<Stream> {
    while (this.last.readyState !== CONNECTING) await this.pass(500);
    return this.last;
  }

  get waiting(): number {
    return this.timers.size;
  }
}

const settled = (): Promise<void> =>
  new Promise((done) => {
    setTimeout(done);
  });

let world: World;
beforeEach(() => {
  world = new World();
  world.feed.start();
});

test('it opens after what is shown, and hands on what comes', () => {
  expect(world.last.after).toBe(7);
  expect(world.state).toBe('opening');
  world.last.open();
  expect(world.state).toBe('live');
  world.last.say('roll', JSON.stringify({ sequence: 8, rows: [] }));
  expect(world.events).toEqual([{ sequence: 8, rows: [] }]);
});

test('where it breaks off the browser goes on by itself, and that is said', async () => {
  world.last.open();
  world.last.break(CONNECTING);
  expect(world.state).toBe('retrying');
  expect(world.streams).toHaveLength(1);
  world.last.open();
  expect(world.state).toBe('live');
  // A browser that tries for ever is not waited for, nor is one that never comes back.
  world.last.break(CONNECTING);
  world.last.break(CONNECTING);
  await world.pass(1_000);
  expect(world.streams).toHaveLength(2);
  world.last.open();
  world.last.break(CONNECTING);
  await world.pass(12_000);
  expect(world.streams).toHaveLength(3);
});

test('where the browser gives up it is opened again, from the last change, with growing pauses', async () => {
  world.last.open();
  world.last.say('roll', JSON.stringify({ sequence: 9, rows: [] }));
  world.last.break();
  expect(world.state).toBe('retrying');
  await world.pass(1_000);
  expect(world.streams.map(({ after }) => after)).toEqual([7, 9]);
  world.last.break();
  await world.pass(1_500);
  expect(world.streams).toHaveLength(2);
  await world.pass(1_000);
  expect(world.streams).toHaveLength(3);
  world.last.open();
  expect(world.state).toBe('live');
});

test('where the browser cannot open it at all, it is soon asked instead', async () => {
  for (const wait of [1_000, 2_000, 500]) {
    world.last.break(CONNECTING);
    await world.pass(wait);
  }
  expect(world.state).toBe('polling');
});

test('where it cannot be opened the numbers are asked for, and persons only when they differ', async () => {
  for (let time = 0; time < 3; time += 1) {
    world.last.break();
    await world.pass(8_000);
  }
  expect(world.state).toBe('polling');
  expect(world.read).toBe(0);
  world.answered = 1;
  await world.pass(5_500);
  expect(world.read).toBe(1);
  expect(world.shown.sequence).toBe(8);
  await world.pass(20_000);
  expect(world.read).toBe(1);
  expect(world.asked).toBeGreaterThan(4);
  (await world.fresh()).open();
  expect(world.state).toBe('live');
  const { asked } = world;
  await world.pass(15_000);
  expect(world.asked).toBe(asked);
});

test('a stream that is held back is noticed, and believed again when something comes through', async () => {
  world.last.open();
  await world.pass(19_000);
  world.answered = 1;
  // It may be on its way: one difference is none.
  await world.pass(2_000);
  expect(world.state).toBe('live');
  await world.pass(20_000);
  expect(world.state).toBe('polling');
  expect(world.shown.sequence).toBe(8);
  (await world.fresh()).open();
  expect(world.state).toBe('polling');
  world.answered = 2;
  await world.pass(6_000);
  expect(world.shown.sequence).toBe(9);
  world.last.say('roll', JSON.stringify({ sequence: 10, rows: [] }));
  expect(world.state).toBe('live');
});

test('nobody who is signed out is asked for ever', async () => {
  world.error = new ApiError('signed_out', 401);
  world.last.break();
  await world.pass(1_000);
  expect(world.state).toBe('signed_out');
  expect(world.waiting).toBe(0);
  world.feed.retry();
  expect(world.streams).toHaveLength(1);
});

test('without a network it says so, and goes on at once when it is back', async () => {
  world.last.open();
  world.error = new ApiError('offline', null);
  world.last.break();
  await world.pass(60_000);
  expect(world.state).toBe('retrying');
  world.error = null;
  const before = world.streams.length;
  world.feed.retry();
  expect(world.streams).toHaveLength(before + 1);
  world.last.open();
  expect(world.state).toBe('live');
});

test('the end is said by the stream, or found by asking', async () => {
  world.last.open();
  world.last.say('ended');
  await settled();
  expect(world.state).toBe('ended');
  expect([world.read, world.waiting, world.last.readyState]).toEqual([1, 0, CLOSED]);
  world = new World();
  world.feed.start();
  world.ended = true;
  world.last.break();
  await world.pass(1_000);
  expect(world.state).toBe('ended');
  expect(world.waiting).toBe(0);
});

test('what cannot be read is asked for', async () => {
  world.last.open();
  world.last.say('roll', 'no JSON');
  await settled();
  expect(world.read).toBe(1);
  expect(world.events).toEqual([]);
});

test('after it was stopped nothing is heard and nothing waits', () => {
  const stream = world.last;
  world.feed.stop();
  stream.open();
  stream.say('roll', JSON.stringify({ sequence: 8, rows: [] }));
  expect(world.states).toEqual(['opening']);
  expect(world.events).toEqual([]);
  expect(world.waiting).toBe(0);
});
