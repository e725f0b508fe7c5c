import { expect, test } from 'vitest';
import { bearing, codeOf, japanTime, standing, wind } from './way';

const STOP: [number, number] = [139.75, 35.65];
const fix = (north: number, accuracy_m: number) => ({
  location: [139.75, 35.65 + north / 111_195] as [number, number],
  accuracy_m,
  at: 0,
});

test('a fix is inside, outside, or its circle crosses the radius', () => {
  expect(standing(fix(10, 20), STOP, 50, 1)).toBe('inside');
  expect(standing(fix(45, 20), STOP, 50, 1)).toBe('undecidable');
  expect(standing(fix(100, 20), STOP, 50, 1)).toBe('outside');
});

test('a fix that is old, coarse or has no accuracy says nothing', () => {
  expect(standing(fix(0, 10), STOP, 50, 60_000)).toBe('inside');
  expect(standing(fix(0, 10), STOP, 50, 60_001)).toBe('undecidable');
  expect(standing(fix(1_000, 201), STOP, 50, 1)).toBe('undecidable');
  expect(standing(fix(0, 0), STOP, 50, 1)).toBe('undecidable');
});

test('directions in eight winds', () => {
  expect(wind(bearing(STOP, [139.75, 35.66]))).toBe(0);
  expect(wind(bearing(STOP, [139.76, 35.65]))).toBe(2);
  expect(wind(359)).toBe(0);
});

test('codes as posters say and people type them', () => {
  expect(codeOf('https://walk.example.jp/s/AB12cd')).toBe('AB12cd');
  expect(codeOf(' AB12cd ')).toBe('AB12cd');
  for (const none of ['!', 'https://elsewhere.example/AB12cd', 'a b c d', '']) {
    expect(codeOf(none), none).toBeNull();
  }
});

test('moments are those of Japan', () => {
  expect(japanTime(Date.UTC(2026, 10, 20, 1, 15, 30))).toBe('2026-11-20T10:15:30+09:00');
});
