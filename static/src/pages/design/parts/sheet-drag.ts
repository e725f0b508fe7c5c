import type { SheetHeight } from '../model/editor';
import type { RouteEditor } from './route-editor';

/** A finger trembles: less than this is a tap. */
const TAP_PX = 8;

/** Lets a finger drag the sheet of a phone between its three heights. */
export class SheetDrag {
  /** Whether the gesture that has just ended was a drag, so that its click must not count. */
  moved = false;

  constructor(private readonly host: RouteEditor) {}

  /** Handles `pointerdown` on the grip. */
  readonly start = (down: PointerEvent): void => {
    const panel = this.host.querySelector<HTMLElement>('.editor-panel');
    const body = panel?.parentElement;
    if (!panel || !body || !down.isPrimary) return;
    this.moved = false;
    const height = panel.offsetHeight;
    const most = body.offsetHeight;
    const move = ({ clientY }: PointerEvent): void => {
      const up = down.clientY - clientY;
      if (!this.moved && Math.abs(up) < TAP_PX) return;
      this.moved = true;
      body.style.setProperty('--sheet', `${Math.min(most, Math.max(0, height + up))}px`);
    };
    const end = (): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      const reached = panel.offsetHeight / most;
      body.style.removeProperty('--sheet');
      if (!this.moved) return;
      this.host.editor.store.set({ sheet: nearest(reached) });
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

/** The height at which a sheet comes to rest, by the share of the page that it covers. */
export const nearest = (reached: number): SheetHeight =>
  reached < 0.36 ? 'low' : reached < 0.75 ? 'half' : 'full';
