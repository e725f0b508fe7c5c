import { expect, test } from 'vitest';
import type { Freshness } from '../api/types';
import { today } from './dates';
import { formatDistance } from './distance';
import { freshnessLine } from './freshness';

const line = (freshness: Partial<Freshness>) =>
  freshnessLine({
    state: 'current',
    as_of: null,
    last_confirmed: null,
    due_on: null,
    ...freshness,
  });

test('says of when the information is', () => {
  expect(line({ as_of: '2026-04-01' })).toEqual({ text: '2026年4月1日時点', tone: 'plain' });
});

test('warns when a promised refresh is late', () => {
  expect(line({ state: 'overdue', as_of: '2024-04-01', due_on: '2025-04-01' })).toEqual({
    text: '2024年4月1日時点、更新が遅れています(予定 2025年4月1日)',
    tone: 'warning',
  });
  expect(line({ state: 'overdue' }).tone).toBe('warning');
});

test('does not pretend to know', () => {
  expect(line({ state: 'unknown' }).text).toBe('いつの情報か分かりません');
  expect(line({ state: 'empty' }).text).toBe('まだ情報がありません');
});

test("today is the ward's day, not the reader's", () => {
  expect(today(new Date('2026-03-31T15:30:00Z'))).toBe('2026-04-01');
});

test.each([
  [3, '10 m'],
  [123, '120 m'],
  [999, '1.0 km'],
  [1249, '1.2 km'],
])('%i metres read as %s', (metres, text) => {
  expect(formatDistance(metres)).toBe(text);
});
