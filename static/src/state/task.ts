/** What a component is doing with the service: loading something, page by page, or changing it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type ApiError, asApiError, type FieldErrors, get, isAbort } from '../api/client';

/**
 * One thing that a component loads or does. Renders the component when it begins and ends; a
 * second start cancels the first.
 */
export class Task<T = void> implements ReactiveController {
  /** What the last success brought; stays while it is done again. */
  value: T | null = null;
  /** Why the last try failed. */
  error: ApiError | null = null;
  busy = false;
  private abort: AbortController | null = null;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.abort?.abort();
  }

  /** What the service said of single fields. */
  get fields(): FieldErrors {
    return this.error?.fields ?? {};
  }

  /** Does `job`, and says whether it succeeded. */
  async run(job: (signal: AbortSignal) => Promise<T>): Promise<boolean> {
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    this.busy = true;
    this.error = null;
    this.host.requestUpdate();
    try {
      const value = await job(abort.signal);
      if (abort.signal.aborted) return false;
      this.value = value;
      return true;
    } catch (error) {
      if (!abort.signal.aborted && !isAbort(error)) this.error = asApiError(error);
      return false;
    } finally {
      if (this.abort === abort) {
        this.busy = false;
        this.host.requestUpdate();
      }
    }
  }

  /** Forgets how it went, as when a form is opened anew. */
  reset(): void {
    this.abort?.abort();
    this.abort = null;
    this.value = null;
    this.error = null;
    this.busy = false;
    this.host.requestUpdate();
  }
}

/** A list that comes page by page, each with the address of the next. */
export class Pages<T, D extends { next?: string | null }> extends Task<D> {
  items: readonly T[] = [];
  private first: string | null = null;
  private wanted: string | null = null;

  constructor(
    host: ReactiveControllerHost,
    private readonly itemsOf: (document: D) => readonly T[],
    /** The address of the next page, where `next` itself is none. */
    private readonly addressOf: (first: string, next: string) => string = (_, next) => next,
  ) {
    super(host);
  }

  /** Whether there are more. */
  get hasMore(): boolean {
    return this.items.length > 0 && Boolean(this.value?.next);
  }

  /** Loads the list from its beginning. What was shown stays until then. */
  async start(path: string): Promise<boolean> {
    this.first = path;
    return this.load(path, () => []);
  }

  /** Loads the next page, behind what is there. */
  async more(): Promise<boolean> {
    const next = this.value?.next;
    return next && this.first
      ? this.load(this.addressOf(this.first, next), () => this.items)
      : false;
  }

  /** Loads again what failed, or all from the beginning. */
  async again(): Promise<boolean> {
    const failed = this.error ? this.wanted : null;
    if (failed && failed !== this.first) return this.load(failed, () => this.items);
    return this.first ? this.start(this.first) : false;
  }

  private async load(path: string, before: () => readonly T[]): Promise<boolean> {
    this.wanted = path;
    return this.run(async (signal) => {
      const document = await get<D>(path, signal);
      if (!signal.aborted) this.items = [...before(), ...this.itemsOf(document)];
      return document;
    });
  }
}
