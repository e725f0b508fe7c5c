import { expect, test } from 'vitest';
import { isClockWrong, peopleOf } from './sheet';
import type { CodeSheet, Participant } from './types';

const participant = (staff_id: string, more: Partial<Participant> = {}): Participant => ({
  staff_id,
  name: `name of ${staff_id}`,
  department_name: 'x',
  state: 'confirmed',
  nominated: false,
  ...more,
});

test('whoever can be called is taken along, with no more than is needed for that', () => {
  const participants = [
    participant('a', { number: '900001', present: true }),
    participant('b', { state: 'refused' }),
    participant('c', { state: 'waiting' }),
    participant('me'),
  ];
  const people = peopleOf({ participants }, 'me');
  expect(people.map(({ staff_id, confirmed, present }) => [staff_id, confirmed, present])).toEqual([
    ['a', true, true],
    ['c', false, null],
  ]);
  expect(JSON.stringify(people)).not.toContain('900001');
});

test('a clock is wrong when the code of its time is not near the service’s', () => {
  const from = '2026-12-01T09:30:00+09:00';
  const at = (seconds: number): number => Date.parse(from) + seconds * 1000;
  const codes = Array.from({ length: 20 }, (_, index) => String(index).padStart(6, '0'));
  const sheet: CodeSheet = { from, step_s: 30, window_s: 60, codes, code: codes[10] ?? null };
  expect([239, 240, 300, 389, 390].map((seconds) => isClockWrong(sheet, at(seconds)))).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
  expect(isClockWrong({ ...sheet, code: null }, at(0))).toBe(false);
});
