/** Dragging a row of a list to another place, by mouse or finger. The rows' buttons do the same. */
export class ListDrag {
  constructor(
    private readonly host: HTMLElement,
    private readonly onMove: (from: number, to: number) => void,
  ) {}

  /** Handles `pointerdown` on the grip of a row. */
  start(down: PointerEvent, from: number): void {
    if (!down.isPrimary || down.button !== 0) return;
    down.preventDefault();
    const rows = [...this.host.querySelectorAll<HTMLElement>('[data-index]')];
    const row = rows[from];
    if (!row) return;
    row.classList.add('is-dragged');
    let to = from;
    const move = ({ clientY }: PointerEvent): void => {
      row.style.transform = `translateY(${clientY - down.clientY}px)`;
      to = placeAt(rows, from, clientY);
      for (const [index, other] of rows.entries()) {
        other.classList.toggle('drop-before', index === to && to < from);
        other.classList.toggle('drop-after', index === to && to > from);
      }
    };
    const end = (event: PointerEvent): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      row.style.removeProperty('transform');
      for (const other of rows) other.classList.remove('is-dragged', 'drop-before', 'drop-after');
      if (event.type === 'pointerup' && to !== from) this.onMove(from, to);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }
}

/** Which place a row takes when it is let go at that height. */
function placeAt(rows: readonly HTMLElement[], from: number, y: number): number {
  let to = from;
  for (const [index, row] of rows.entries()) {
    if (index === from) continue;
    const { top, bottom } = row.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    if (index < from && y < middle) return Math.min(to, index);
    if (index > from && y > middle) to = index;
  }
  return to;
}
