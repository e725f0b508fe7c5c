import { expect, test } from 'vitest';
import { isJoined, isNear, isOpen, standing, takesCodes, takesMarks } from './state';
import type { Outing } from './types';

const start = Date.parse('2026-12-01T10:00:00+09:00');
const MINUTE = 60_000;
const outing = {
  starts_at: '2026-12-01T10:00:00+09:00',
  duration_min: 120,
  capacity: 2,
  confirmed: 1,
  state: 'planned',
} as Outing;

test('an outing is open, full, over or cancelled', () => {
  expect(standing(outing, start)).toBe('open');
  expect(standing({ ...outing, confirmed: 2 }, start)).toBe('full');
  expect(standing(outing, start + 120 * MINUTE)).toBe('over');
  expect(standing({ ...outing, state: 'held' }, start)).toBe('over');
  expect(standing({ ...outing, state: 'cancelled' }, start)).toBe('cancelled');
  expect(isOpen(outing, start + 119 * MINUTE)).toBe(true);
  expect(isOpen({ ...outing, state: 'held' }, start)).toBe(false);
});

test.each([
  [-31, false],
  [-30, true],
  [180, true],
  [181, false],
])('%d minutes from the start codes count: %s', (minutes, counts) => {
  expect(takesCodes(outing, start + minutes * MINUTE)).toBe(counts);
});

test('a device gets ready a day before; marks are taken an hour before and ever after', () => {
  const at = (hours: number): number => start + hours * 60 * MINUTE;
  expect([at(-25), at(-24), at(3), at(4)].map((now) => isNear(outing, now))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([at(-2), at(-1), at(100)].map((now) => takesMarks(outing, now))).toEqual([
    false,
    true,
    true,
  ]);
  expect(takesMarks({ ...outing, state: 'cancelled' }, at(0))).toBe(false);
});

test('whoever was refused has not joined', () => {
  expect(isJoined(outing)).toBe(false);
  expect(isJoined({ ...outing, mine: { state: 'waiting', waiting_place: 1 } })).toBe(true);
  expect(isJoined({ ...outing, mine: { state: 'refused' } })).toBe(false);
});
