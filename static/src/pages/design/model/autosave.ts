/**
 * Every change goes to this device at once and to the service a moment later. One request at a time; what fails for
 * want of a network is tried again, ever less often. It never writes over what somebody else saved: the service says
 * 412, and whoever uses this merges. So it does when the draft went to review meanwhile (409).
 */
import { type ApiError, asApiError } from '../../../api/client';
import type { Design, DraftDocument } from '../api';
import type { LocalDrafts } from './local-drafts';
import { sendable } from './commands';
import { same } from './design';

/** What the service holds, with its validator. */
export interface Stored {
  document: DraftDocument;
  etag: string;
}

/** What is saved, to be said in words. */
export interface SaveState {
  kind:
    /** The service has everything. */
    | 'saved'
    /** On its way, or about to be. */
    | 'saving'
    /** On this device; the service cannot be reached. */
    | 'offline'
    /** On this device; the service cannot take it now, and is asked again. */
    | 'waiting'
    /** On this device until somebody signs in again. */
    | 'signed_out'
    /** On this device; the service refuses it, and `error` says why. */
    | 'refused'
    /** On this device; somebody else saved something that contradicts it. */
    | 'contradicted';
  /** When the service last took something, in milliseconds. */
  savedAt: number | null;
  /** Whether unsent changes survive a closed tab. */
  isKept: boolean;
  error: ApiError | null;
}

/** The world as this sees it; tests play it. */
export interface Ports {
  save: (design: Design, etag: string) => Promise<Stored>;
  drafts: Pick<LocalDrafts, 'keep' | 'forget'>;
  tab: string;
  now: () => number;
  /** Calls back after some milliseconds, unless it is cancelled. */
  later: (callback: () => void, ms: number) => () => void;
  isOnline: () => boolean;
  onState: (state: SaveState) => void;
  /** The service took a design. */
  onSaved: (stored: Stored) => void;
  /** Somebody else saved first. */
  onOvertaken: () => void;
}

/** So long nothing is sent while somebody goes on changing. */
export const DEBOUNCE_MS = 800;
/** The first wait after a failure, and the longest. */
export const FIRST_WAIT_MS = 2_000;
export const LONGEST_WAIT_MS = 60_000;

export class Autosave {
  private base: Design;
  private etag: string;
  private design: Design;
  /** What the service last got or gave: as long as the design is that, nothing is to be sent. */
  private settled: Design;
  private state: SaveState;
  private cancel: (() => void) | null = null;
  private sending: Promise<void> | null = null;
  private wait = FIRST_WAIT_MS;

  constructor(
    private readonly ports: Ports,
    { document, etag }: Stored,
  ) {
    this.base = this.settled = this.design = document.design;
    this.etag = etag;
    this.state = { kind: 'saved', savedAt: null, isKept: true, error: null };
  }

  /** Whether something has not reached the service. */
  get isPending(): boolean {
    return !same(sendable(this.design), sendable(this.settled));
  }

  /** The state of the service that the changes began from. */
  get stored(): { base: Design; etag: string } {
    return { base: this.base, etag: this.etag };
  }

  /** Takes a new design: onto this device now, to the service soon. */
  change(design: Design): void {
    if (design === this.design) return;
    this.design = design;
    if (!this.isPending) {
      this.settle();
      return;
    }
    this.keep();
    if (this.state.kind === 'contradicted' || this.state.kind === 'signed_out') return;
    // While the service cannot be reached, the next try is already planned.
    const waits = this.state.kind === 'offline' || this.state.kind === 'waiting';
    if (!waits) this.plan(DEBOUNCE_MS);
    this.tell({ kind: waits ? this.state.kind : 'saving', error: waits ? this.state.error : null });
  }

  /** Goes on from another state of the service, as after a merge. */
  rebase({ document, etag }: Stored, design: Design): void {
    this.base = this.settled = document.design;
    this.etag = etag;
    this.design = design;
    this.wait = FIRST_WAIT_MS;
    if (!this.isPending) {
      this.settle();
      return;
    }
    this.keep();
    this.tell({ kind: 'saving', error: null });
    this.plan(0);
  }

  /** Sends now what there is. Says whether the service has everything. */
  async flush(): Promise<boolean> {
    this.cancel?.();
    this.cancel = null;
    if (this.sending) await this.sending;
    if (this.isPending && this.state.kind !== 'contradicted') await this.send();
    return !this.isPending;
  }

  /** Tries again at once: the network is back, somebody has signed in. */
  retry(): void {
    this.wait = FIRST_WAIT_MS;
    if (this.isPending && !this.sending && this.state.kind !== 'contradicted') this.plan(0);
  }

  /** The tab goes: what is not sent stays on the device. */
  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private keep(): void {
    const { tab, now, drafts } = this.ports;
    const { base, etag, design } = this;
    const isKept = drafts.keep({ tab, base, etag, design, at: now() });
    if (isKept !== this.state.isKept) this.tell({ isKept });
  }

  private settle(): void {
    this.cancel?.();
    this.cancel = null;
    this.ports.drafts.forget(this.ports.tab);
    this.tell({ kind: 'saved', error: null });
  }

  private plan(ms: number): void {
    this.cancel?.();
    this.cancel = this.ports.later(() => {
      this.cancel = null;
      // What is on its way looks again itself when it has arrived.
      if (!this.sending) void this.send();
    }, ms);
  }

  private send(): Promise<void> {
    this.sending = this.sendOnce().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async sendOnce(): Promise<void> {
    const sent = this.design;
    this.tell({ kind: 'saving' });
    try {
      const stored = await this.ports.save(sendable(sent), this.etag);
      this.base = stored.document.design;
      this.etag = stored.etag;
      this.settled = sent;
      this.wait = FIRST_WAIT_MS;
      this.state = { ...this.state, savedAt: this.ports.now() };
      this.ports.onSaved(stored);
      if (!this.isPending) this.settle();
      else {
        this.keep();
        this.plan(DEBOUNCE_MS);
      }
    } catch (thrown) {
      this.failed(asApiError(thrown));
    }
  }

  private failed(error: ApiError): void {
    switch (error.kind) {
      case 'changed':
      case 'conflict':
        this.tell({ kind: 'contradicted', error: null });
        this.ports.onOvertaken();
        return;
      case 'signed_out':
        this.tell({ kind: 'signed_out', error });
        return;
      case 'offline':
      case 'timeout':
      case 'busy':
      case 'server':
      case 'limited':
      case 'unreadable':
        this.tell({
          kind: this.ports.isOnline() && error.kind !== 'offline' ? 'waiting' : 'offline',
          error,
        });
        this.plan(this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
        return;
      default:
        this.tell({ kind: 'refused', error });
    }
  }

  private tell(patch: Partial<SaveState>): void {
    this.state = { ...this.state, ...patch };
    this.ports.onState(this.state);
  }
}
