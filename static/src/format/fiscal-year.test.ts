import { expect, test } from 'vitest';
import { fiscalYear, fiscalYearName, reiwa, yearsUntil } from './fiscal-year';

test('years begin in April, in Japan', () => {
  expect(fiscalYear(Date.UTC(2026, 2, 31, 14, 59, 59))).toBe(2025);
  expect(fiscalYear(Date.UTC(2026, 2, 31, 15))).toBe(2026);
  expect(fiscalYear(Date.UTC(2027, 0, 1))).toBe(2026);
});

test('2026 is the 8th year of Reiwa, and says so', () => {
  expect(reiwa(2026)).toBe(8);
  expect(fiscalYearName(2026)).toBe('2026年度(令和8年度)');
});

test('the latest year is offered first', () => {
  expect(yearsUntil(2026)).toEqual([2026, 2025, 2024, 2023, 2022, 2021]);
});
