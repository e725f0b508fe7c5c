import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A page's state in one place. Values are replaced, never changed in place. */
export class Store<S extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: S) {}

  /** The state now. */
  get state(): Readonly<S> {
    return this.current;
  }

  /** Replaces some of the state and tells everybody who watches. */
  set(patch: Partial<S>): void {
    const changed = (Object.keys(patch) as (keyof S)[]).some(
      (key) => !Object.is(patch[key], this.current[key]),
    );
    if (!changed) return;
    this.current = { ...this.current, ...patch };
    for (const listener of [...this.listeners]) listener();
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Renders a component again when the parts of the state that it reads have changed. */
export class Watch<S extends object> implements ReactiveController {
  private stop: (() => void) | null = null;
  private seen: readonly unknown[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly store: Store<S>,
    private readonly read: (state: Readonly<S>) => readonly unknown[],
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.seen = this.read(this.store.state);
    this.stop = this.store.subscribe(() => {
      const next = this.read(this.store.state);
      if (next.some((value, index) => !Object.is(value, this.seen[index]))) {
        this.seen = next;
        this.host.requestUpdate();
      }
    });
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = null;
  }
}
