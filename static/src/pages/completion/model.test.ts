import { expect, test } from 'vitest';
import {
  departmentsOf,
  expected,
  peoplePath,
  percent,
  type Query,
  remindersPath,
  type Report,
  reportPath,
} from './model';

const query: Query = { year: 2026, programme: '', by: 'tier', asOf: '' };

test('what is left out is left to the service', () => {
  expect(reportPath(query)).toBe('/api/training/report?fiscal_year=2026&by=tier');
  expect(reportPath({ ...query, programme: 'p', asOf: '2026-11-30' })).toBe(
    '/api/training/report?fiscal_year=2026&programme=p&as_of=2026-11-30&by=tier',
  );
  expect(peoplePath(query, 'overdue')).toBe('/api/training/people?fiscal_year=2026&stands=overdue');
});

test('reminders go to all within reach, or to a department of the figures', () => {
  expect(remindersPath(2026, 'p', '')).toBe('/api/training/reminders?fiscal_year=2026&programme=p');
  expect(remindersPath(2026, 'p', 'd')).toBe(
    '/api/training/reminders?fiscal_year=2026&programme=p&department=d',
  );
  const groups = [{ key: 'd', name: '総務課' }];
  const report = (by: Report['by']) => ({ by, groups }) as unknown as Report;
  expect(departmentsOf(report('department'))).toEqual(groups);
  expect(departmentsOf(report('tier'))).toEqual([]);
});

test('a part is said in per cent, and nothing is no part', () => {
  expect(percent(0.5)).toBe('50.0 %');
  expect(percent(0)).toBe('0.0 %');
  expect(percent(0.9999)).toBe('99.9 %');
  expect(percent(0.0001)).toBe('0.1 %');
  expect(percent(1)).toBe('100.0 %');
  expect(percent(null)).toBe('-');
});

test('a forecast is of whole people, and its range is never narrower than it was', () => {
  const forecast = { missing: 40, expected: 12.4, low: 9.9, high: 15.1 };
  expect(expected(forecast)).toEqual({ count: 12, low: 9, high: 16 });
});
