/** Which code is on the trainer's screen. Pure: the codes were brought along, so that no network is needed. */
import type { CodeSheet } from './types';

/** What is shown at a moment. */
export type Shown =
  /** The outing's hours have not begun. `at`: when they do, in milliseconds since 1970. */
  | { is: 'before'; at: number }
  /** A code, and how many seconds it is still shown. */
  | { is: 'code'; code: string; left_s: number }
  /** The outing's hours are over. */
  | { is: 'after' }
  /** There are no codes yet: they come a day before. */
  | { is: 'none' };

/** The code of a moment (milliseconds since 1970, by this device's clock). */
export function shownAt({ from, codes, step_s }: CodeSheet, now: number): Shown {
  const first = Date.parse(from);
  if (codes.length === 0) return { is: 'none' };
  if (now < first) return { is: 'before', at: first };
  const step = step_s * 1000;
  const code = codes[Math.floor((now - first) / step)];
  if (code === undefined) return { is: 'after' };
  const left = step - ((now - first) % step);
  return { is: 'code', code, left_s: Math.ceil(left / 1000) };
}

/** A code as people read it out: in two groups. */
export const inGroups = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** What somebody typed as a code: its digits, whatever keyboard they came from; null when they are not six. */
export function codeOf(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}
