import { store } from '../model/state';

/** The same as in panel.css, where the sheet's heights are written for the eye. */
const LOW_PX = 84;
/** The column of buttons at the right edge. */
const BUTTONS_PX = 56;

/** How much of the map lies under the sheet, as top, right, bottom, left. */
export function coveredBySheet(map: HTMLElement): [number, number, number, number] {
  const panel = document.querySelector<HTMLElement>('.panel');
  if (!panel || getComputedStyle(panel).position !== 'absolute') return [0, 0, 0, 0];
  const height = map.offsetHeight;
  const covered = { low: LOW_PX, half: height / 2, full: height / 2 }[store.state.sheet];
  return [0, BUTTONS_PX, Math.min(covered, height / 2), 0];
}
