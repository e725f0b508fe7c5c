import { expect, test } from 'vitest';
import { settle } from './sheet-drag';

test.each([
  [0.1, 'low'],
  [0.5, 'half'],
  [0.9, 'full'],
] as const)('let go at %f, the sheet rests at %s', (reached, height) => {
  expect(settle('half', reached, 0)).toBe(height);
});

test('a flick goes one step, and no further than there is', () => {
  expect(settle('low', 0.2, 2)).toBe('half');
  expect(settle('half', 0.5, -2)).toBe('low');
  expect(settle('full', 0.9, 2)).toBe('full');
});
