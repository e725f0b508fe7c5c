import { type SheetHeight, store } from './state';

/** A finger trembles: less than this is a tap. */
const TAP_PX = 8;
/** Faster than this is a flick, which goes one step in its direction. */
const FLICK_PX_PER_MS = 0.5;
const ORDER: readonly SheetHeight[] = ['low', 'half', 'full'];

/** Lets a finger drag the sheet of a phone between its three heights. */
export class SheetDrag {
  /** Whether the gesture that has just ended was a drag, so that its click must not count. */
  moved = false;

  constructor(private readonly host: HTMLElement) {}

  /** Handles `pointerdown` on what can be dragged. */
  readonly start = (down: PointerEvent): void => {
    const panel = this.host.querySelector<HTMLElement>('.panel');
    if (!panel || !down.isPrimary || getComputedStyle(panel).position !== 'absolute') return;
    this.moved = false;
    const height = panel.offsetHeight;
    const most = panel.parentElement?.parentElement?.offsetHeight ?? height;
    const begun = down.timeStamp;
    const move = (event: PointerEvent): void => {
      const up = down.clientY - event.clientY;
      if (!this.moved && Math.abs(up) < TAP_PX) return;
      this.moved = true;
      panel.classList.add('is-dragged');
      panel.style.height = `${Math.min(most, Math.max(0, height + up))}px`;
    };
    const end = (event: PointerEvent): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      const reached = panel.offsetHeight / most;
      panel.classList.remove('is-dragged');
      panel.style.removeProperty('height');
      if (!this.moved) return;
      const speed = (down.clientY - event.clientY) / Math.max(1, event.timeStamp - begun);
      store.set({ sheet: settle(store.state.sheet, reached, speed) });
      // The click that follows this gesture comes before the next task.
      setTimeout(() => {
        this.moved = false;
      });
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  };
}

/** Where a sheet comes to rest: by a flick one step on, else at the nearest height. */
export function settle(from: SheetHeight, reached: number, speed: number): SheetHeight {
  if (Math.abs(speed) > FLICK_PX_PER_MS) {
    const next = ORDER.indexOf(from) + Math.sign(speed);
    return ORDER[Math.min(ORDER.length - 1, Math.max(0, next))] ?? from;
  }
  if (reached < 0.3) return 'low';
  return reached < 0.75 ? 'half' : 'full';
}
