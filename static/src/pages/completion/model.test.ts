import { expect, test } from 'vitest';
import { peoplePath, percent, type Query, reportPath } from './model';

const query: Query = { year: 2026, programme: '', by: 'tier', asOf: '' };

test('what is left out is left to the service', () => {
  expect(reportPath(query)).toBe('/api/training/report?fiscal_year=2026&by=tier');
  expect(reportPath({ ...query, programme: 'p', asOf: '2026-11-30' })).toBe(
    '/api/training/report?fiscal_year=2026&programme=p&as_of=2026-11-30&by=tier',
  );
  expect(peoplePath(query, 'overdue')).toBe('/api/training/people?fiscal_year=2026&stands=overdue');
});

test('a part is said in per cent, and nothing is no part', () => {
  expect(percent(0.5)).toBe('50.0 %');
  expect(percent(0)).toBe('0.0 %');
  expect(percent(0.9999)).toBe('99.9 %');
  expect(percent(0.0001)).toBe('0.1 %');
  expect(percent(1)).toBe('100.0 %');
  expect(percent(null)).toBe('-');
});
