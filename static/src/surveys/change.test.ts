import { expect, test } from 'vitest';
import { type ChangeFigures, signed } from './change';

test('a change has its sign, and two decimals of many pairs alone', () => {
  const of = (pairs: number): ChangeFigures => ({
    pairs,
    before: 3,
    after: 3.4,
    change: 0.4,
    low: -0.1,
    high: 0.9,
  });
  expect(signed(0.4, of(12))).toBe('+0.4');
  expect(signed(-0.1, of(12))).toBe('−0.1');
  expect(signed(0, of(12))).toBe('±0.0');
  expect(signed(0.04, of(250))).toBe('+0.04');
});
