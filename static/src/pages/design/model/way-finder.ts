/**
 * Asks the network for the way while somebody drags a point about, as often as it may and no oftener; at the drop at
 * once. An answer that is no longer wanted is never shown.
 */
import { type ApiError, asApiError, isAbort } from '../../../api/client';
import type { Design, PathFeature, PathRequest } from '../api';
import { pointsOf, staysOf, straightLegs } from './design';
import { type Laid, previewWay, straightWay, type Way, wayOfPath } from './way';

/** The shortest time between two questions while something is dragged, in milliseconds. */
export const THROTTLE_MS = 120;
/** After "too many" the network is left alone for a while. */
const LIMITED_MS = 2_000;

export interface WayPorts {
  ask: (request: PathRequest, signal: AbortSignal) => Promise<PathFeature>;
  now: () => number;
  later: (callback: () => void, ms: number) => () => void;
  /** A way, or the reason why there is none. */
  onWay: (way: Way | null, error: ApiError | null) => void;
}

export class WayFinder {
  private last: Laid | null = null;
  private wanted: Design | null = null;
  private flight: AbortController | null = null;
  private cancel: (() => void) | null = null;
  private askedAt = -Infinity;

  constructor(private readonly ports: WayPorts) {}

  /** The way of a design, known without asking. */
  know(way: Way | null, design: Design): void {
    this.stop();
    this.last = way && { way, points: pointsOf(design) };
    this.ports.onWay(way, null);
  }

  /** Something is being dragged: draws a ruler's line now and the network's soon. */
  drag(design: Design): void {
    this.preview(design);
    this.wanted = design;
    if (this.flight || this.cancel) return;
    this.plan(this.askedAt + THROTTLE_MS - this.ports.now());
  }

  /** Something has changed for good: asks at once, whatever is on its way. */
  drop(design: Design): void {
    this.stop();
    this.preview(design);
    this.wanted = design;
    void this.ask();
  }

  /** Asks no more. */
  stop(): void {
    this.flight?.abort();
    this.flight = null;
    this.cancel?.();
    this.cancel = null;
    this.wanted = null;
  }

  private preview(design: Design): void {
    this.ports.onWay(previewWay(this.last, design), null);
  }

  private plan(ms: number): void {
    this.cancel = this.ports.later(
      () => {
        this.cancel = null;
        if (!this.flight) void this.ask();
      },
      Math.max(0, ms),
    );
  }

  private async ask(): Promise<void> {
    const design = this.wanted;
    this.wanted = null;
    if (!design) return;
    if (pointsOf(design).length < 2) {
      this.know(null, design);
      return;
    }
    const flight = (this.flight = new AbortController());
    this.askedAt = this.ports.now();
    try {
      const way = wayOfPath(await this.ports.ask(requestOf(design), flight.signal));
      if (this.flight !== flight) return;
      this.last = { way, points: pointsOf(design) };
      // Whoever has dragged on meanwhile sees this way as far as it still fits.
      this.ports.onWay(this.wanted ? previewWay(this.last, this.wanted) : way, null);
    } catch (thrown) {
      if (this.flight !== flight || isAbort(thrown)) return;
      const error = asApiError(thrown);
      if (error.kind === 'limited') {
        this.flight = null;
        this.wanted ??= design;
        this.plan(LIMITED_MS);
        return;
      }
      this.last = null;
      this.ports.onWay(straightWay(design), error);
    }
    this.flight = null;
    if (this.wanted) this.plan(this.askedAt + THROTTLE_MS - this.ports.now());
  }
}

const requestOf = (design: Design): PathRequest => ({
  points: pointsOf(design),
  profile: design.profile,
  stays_min: staysOf(design),
  straight: straightLegs(design),
});
