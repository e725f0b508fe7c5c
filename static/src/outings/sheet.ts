/** What a trainer takes along on the device. Pure. */
import type { Person, Sheet } from './kept';
import type { CodeSheet, Participants } from './types';

/** Whoever can be called: not those who withdrew or were refused, and nobody themselves. */
export function peopleOf({ participants }: Participants, own: string | null): Person[] {
  return participants
    .filter(({ state, staff_id }) => state !== 'refused' && staff_id !== own)
    .map(({ staff_id, number, name, name_kana, department_name, state, present }) => ({
      staff_id,
      // Whoever has left the roster since has a number at most.
      name: name ?? number ?? '',
      name_kana: name_kana ?? '',
      department: department_name,
      confirmed: state === 'confirmed',
      present: present ?? null,
    }));
}

/** A sheet of what the service said at a moment. */
export const sheetOf = (
  codes: CodeSheet,
  participants: Participants,
  own: string | null,
  at: number,
): Sheet => ({
  codes,
  people: peopleOf(participants, own),
  at,
  isClockWrong: isClockWrong(codes, at),
});

/** Whether this device's clock is so far from the service's that codes would not count. */
export function isClockWrong(
  { code, codes, from, step_s, window_s }: CodeSheet,
  now: number,
): boolean {
  if (typeof code !== 'string') return false;
  const step = Math.floor((now - Date.parse(from)) / (step_s * 1000));
  const allowed = Math.floor(window_s / step_s);
  return !codes.slice(Math.max(0, step - allowed), Math.max(0, step + allowed + 1)).includes(code);
}
