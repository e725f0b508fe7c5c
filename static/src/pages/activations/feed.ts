/**
 * The stream of what changes in a roll-call. Where it breaks off it is opened again, from the last change that came; where
 * it cannot be opened, or nothing comes through it although something changed, the service is asked instead, until it can.
 * Asking is cheap as long as nothing changes: numbers, and no person, whose reading is recorded each time.
 */
import { type ApiError, asApiError } from '../../api/client';
import type { ActivationDocument, Counts, RollDocument, RollEvent } from '../../activation/types';
import { sameCounts } from './roll';

/** How up to date what is shown is. */
export type FeedState = 'opening' | 'live' | 'retrying' | 'polling' | 'signed_out' | 'ended';

/** What is needed of `EventSource`. */
export interface Source {
  readonly readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener: (name: string, listener: (event: { data?: unknown }) => void) => void;
  close: () => void;
}

/** What it needs from outside. */
export interface FeedParts {
  /** Opens the stream of changes after the one of that number. */
  open: (after: number) => Source;
  /** Asks for the numbers alone. */
  numbers: () => Promise<ActivationDocument>;
  /** Asks for everything. */
  everything: () => Promise<RollDocument>;
  /** Calls `job` after so many milliseconds, unless the returned function is called before. */
  later: (ms: number, job: () => void) => () => void;
}

/** Whom it tells. */
export interface FeedEars {
  /** What is shown now, to compare with. */
  shown: () => { counts: Counts; sequence: number };
  onEvent: (event: RollEvent) => void;
  onEverything: (document: RollDocument) => void;
  onState: (state: FeedState) => void;
}

/** Of `EventSource`: it has given up. */
const CLOSED = 2;
/** So long the stream may take to open. */
const OPEN_MS = 10_000;
/** The first pause before it is opened again; each is twice as long as the one before. */
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** After so many tries in vain the service is asked instead. */
const TRIES = 3;
const POLL_MS = 5_000;
/** So often an open stream is compared with the numbers: a proxy may hold it back. */
const PROOF_MS = 20_000;

/** One stream, from `start` to `stop`. */
export class RollFeed {
  private source: Source | null = null;
  private failures = 0;
  private differed = false;
  /** Whether it was seen that nothing comes through although the stream is open. */
  private isMistrusted = false;
  private timers = new Map<'open' | 'again' | 'poll' | 'proof', () => void>();
  private state: FeedState = 'opening';

  constructor(
    private readonly parts: FeedParts,
    private readonly ears: FeedEars,
  ) {}

  /** Begins. */
  start(): void {
    this.tell('opening');
    this.connect();
  }

  /** Tries at once, as when the network is back. */
  retry(): void {
    if (this.isOver() || this.state === 'live') return;
    this.failures = Math.min(this.failures, TRIES);
    this.connect();
  }

  /** Ends it. */
  stop(): void {
    this.source?.close();
    this.source = null;
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  private isOver(): boolean {
    return this.state === 'ended' || this.state === 'signed_out';
  }

  private tell(state: FeedState): void {
    if (this.state === state && state !== 'opening') return;
    this.state = state;
    this.ears.onState(state);
  }

  private after(name: 'open' | 'again' | 'poll' | 'proof', ms: number, job: () => void): void {
    this.timers.get(name)?.();
    this.timers.set(name, this.parts.later(ms, job));
  }

  private cancel(name: 'open' | 'again' | 'poll' | 'proof'): void {
    this.timers.get(name)?.();
    this.timers.delete(name);
  }

  private connect(): void {
    this.source?.close();
    this.cancel('again');
    const source = (this.source = this.parts.open(this.ears.shown().sequence));
    // What a stream says that was given up is not heard any more.
    const heard = (job: () => void) => (): void => {
      if (this.source === source) job();
    };
    this.after(
      'open',
      OPEN_MS,
      heard(() => {
        this.failed();
      }),
    );
    let wasOpen = false;
    source.onopen = heard(() => {
      wasOpen = true;
      this.opened();
    });
    source.onerror = heard(() => {
      // The browser goes on by itself, from the last change that came: once. It would try for ever, and say nothing.
      const goesOn = wasOpen && source.readyState !== CLOSED;
      wasOpen = false;
      if (goesOn) this.interrupted(source);
      else this.failed();
    });
    source.addEventListener('roll', (event) => {
      if (this.source === source) this.changed(event.data);
    });
    source.addEventListener(
      'ended',
      heard(() => {
        this.end();
      }),
    );
  }

  private opened(): void {
    this.cancel('open');
    this.failures = 0;
    // One that was held back is believed again when something comes through.
    if (!this.isMistrusted) this.live();
  }

  private live(): void {
    this.cancel('poll');
    this.isMistrusted = false;
    this.differed = false;
    this.tell('live');
    this.after('proof', PROOF_MS, () => void this.prove());
  }

  /** It broke off, and the browser tries again. */
  private interrupted(source: Source): void {
    this.cancel('proof');
    if (this.state !== 'polling') this.tell('retrying');
    this.after('open', OPEN_MS, () => {
      if (this.source === source) this.failed();
    });
  }

  private failed(): void {
    this.source?.close();
    this.source = null;
    this.cancel('open');
    this.cancel('proof');
    this.failures += 1;
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.failures - 1));
    this.after('again', wait, () => {
      this.connect();
    });
    if (this.failures < TRIES) this.tell('retrying');
    // Also where it is only retried: a stream does not say that nobody is signed in any more.
    void this.poll();
  }

  private changed(data: unknown): void {
    try {
      this.ears.onEvent(JSON.parse(String(data)) as RollEvent);
      if (this.state !== 'live') this.live();
    } catch {
      // What cannot be read is asked for.
      void this.refresh();
    }
  }

  private end(): void {
    this.stop();
    this.tell('ended');
    void this.refresh();
  }

  /** Whether what the service has is what is shown. Throws where it cannot be asked. */
  private async isSame(): Promise<boolean> {
    const now = await this.parts.numbers();
    if (now.ended_at) {
      this.end();
      return true;
    }
    return sameCounts(now.counts, this.ears.shown().counts);
  }

  private async poll(): Promise<void> {
    this.cancel('poll');
    try {
      if (!(await this.isSame())) await this.refresh();
      if (this.isOver() || this.state === 'live') return;
      if (this.failures >= TRIES || this.isMistrusted) this.tell('polling');
    } catch (error) {
      if (this.lost(asApiError(error))) return;
    }
    if (!this.isOver() && this.state !== 'live')
      this.after('poll', POLL_MS, () => void this.poll());
  }

  /** Compares an open stream with the numbers, twice before it is given up: a change may be on its way. */
  private async prove(): Promise<void> {
    try {
      const isSame = await this.isSame();
      if (this.state !== 'live') return;
      if (!isSame && this.differed) {
        this.isMistrusted = true;
        this.failed();
        return;
      }
      this.differed = !isSame;
    } catch (error) {
      if (this.lost(asApiError(error))) return;
    }
    if (this.state === 'live') this.after('proof', PROOF_MS, () => void this.prove());
  }

  private async refresh(): Promise<void> {
    try {
      this.ears.onEverything(await this.parts.everything());
    } catch (error) {
      this.lost(asApiError(error));
    }
  }

  /** Whether it is of no use to go on: nobody is signed in any more, or the activation is not theirs to see. */
  private lost({ kind }: ApiError): boolean {
    if (kind === 'signed_out' || kind === 'missing') {
      this.stop();
      this.tell('signed_out');
      return true;
    }
    if (this.state === 'polling') this.tell('retrying');
    return false;
  }
}
