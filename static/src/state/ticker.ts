import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders a component again and again, as what it shows follows the clock, and when the network comes or goes. */
export class Ticker implements ReactiveController {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly ms: number,
  ) {
    host.addController(this);
  }

  private readonly tick = (): void => {
    this.host.requestUpdate();
  };

  hostConnected(): void {
    this.timer = setInterval(this.tick, this.ms);
    addEventListener('online', this.tick);
    addEventListener('offline', this.tick);
  }

  hostDisconnected(): void {
    clearInterval(this.timer);
    removeEventListener('online', this.tick);
    removeEventListener('offline', this.tick);
  }
}
