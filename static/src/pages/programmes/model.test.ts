import { expect, test } from 'vitest';
import type { Programme } from '../completion/model';
import { actions, daysText, deadlineOf, dueDay, numbersOf } from './model';

test('a deadline is a day of the fiscal year, and back', () => {
  expect(dueDay('02-28', 2026)).toBe('2027-02-28');
  expect(dueDay('04-01', 2026)).toBe('2026-04-01');
  expect(dueDay('12-31', 2026)).toBe('2026-12-31');
  expect(deadlineOf('2027-02-28')).toBe('02-28');
});

test('numbers are read however they are written', () => {
  expect(numbersOf('14, 60')).toEqual([60, 14]);
  expect(numbersOf(' 7、30 30 ')).toEqual([30, 7]);
  expect(numbersOf('x, -1')).toEqual([]);
  expect(daysText([7, 30, 60])).toBe('60, 30, 7');
  expect(daysText(undefined)).toBe('');
});

test('what is open is not changed; what is planned is', () => {
  const programme = (more: Partial<Programme>) =>
    ({ fiscal_year: 2026, opened_at: null, ended_on: null, ...more }) as Programme;
  expect(actions(programme({}), 2026)).toEqual(['edit', 'start', 'take_back']);
  expect(actions(programme({ fiscal_year: 2027 }), 2026)).toEqual(['edit', 'take_back']);
  expect(actions(programme({ opened_at: 'x' }), 2026)).toEqual(['plan_next', 'end']);
  expect(actions(programme({ opened_at: 'x', ended_on: 'y' }), 2026)).toEqual(['go_on']);
  expect(actions(programme({ opened_at: 'x', fiscal_year: 2025 }), 2026)).toEqual([]);
});
