import { expect, test } from 'vitest';
import type { Position } from '../api/types';
import { around, fitted, pathOf } from './projection';

const rounded = ([x, y]: [number, number]): [number, number] => [Math.round(x), Math.round(y)];

test('all that has to be seen is in the picture, north above, east to the right', () => {
  const [south, north]: [Position, Position] = [
    [139.75, 35.65],
    [139.75, 35.66],
  ];
  const { at } = fitted([south, north], 100);
  expect(rounded(at(south))).toEqual([50, 92]);
  expect(rounded(at(north))).toEqual([50, 8]);
  expect(at([139.751, 35.65])[0]).toBeGreaterThan(50);
});

test('a picture around a place has it in the middle, and metres of one length', () => {
  const { at, metre } = around([139.75, 35.65], 400, 800);
  expect(rounded(at([139.75, 35.65]))).toEqual([400, 400]);
  expect(metre).toBeCloseTo(2, 5);
});

test('nothing to be seen, or one place, is drawn all the same', () => {
  expect(pathOf(fitted([], 100), [[0, 0]])).toBe('50.0,50.0');
  expect(pathOf(fitted([[139, 35]], 100), [[139, 35]])).toBe('50.0,50.0');
});
