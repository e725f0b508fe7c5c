import { expect, test } from 'vitest';
import { codeOf, inGroups, shownAt } from './codes';
import type { CodeSheet } from './types';

const FROM = '2026-12-01T09:30:00+09:00';
const first = Date.parse(FROM);
const sheet: CodeSheet = {
  from: FROM,
  step_s: 30,
  window_s: 60,
  codes: ['111111', '222222', '333333'],
};

test.each([
  [0, '111111', 30],
  [1, '111111', 30],
  [29_999, '111111', 1],
  [30_000, '222222', 30],
  [89_000, '333333', 1],
])('%d ms after the first code it is %s for %d s more', (after, code, left_s) => {
  expect(shownAt(sheet, first + after)).toEqual({ is: 'code', code, left_s });
});

test('before and after its hours there is no code', () => {
  expect(shownAt(sheet, first - 1)).toEqual({ is: 'before', at: first });
  expect(shownAt(sheet, first + 90_000)).toEqual({ is: 'after' });
  expect(shownAt({ ...sheet, codes: [] }, first)).toEqual({ is: 'none' });
});

test('a code is read in groups, and typed on any keyboard', () => {
  expect(inGroups('123456')).toBe('123 456');
  expect(codeOf(' 123 456 ')).toBe('123456');
  expect(codeOf('１２３－４５６')).toBe('123456');
  for (const typed of ['', '12345', '1234567', '12345a']) expect(codeOf(typed)).toBeNull();
});
