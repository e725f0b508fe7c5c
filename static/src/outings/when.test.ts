import { afterEach, expect, test } from 'vitest';
import { setLanguage } from '../i18n';
import { fieldsOf, momentOf, whenOf } from './when';

const outing = { starts_at: '2026-12-01T01:00:00Z', duration_min: 90 };

afterEach(async () => {
  await setLanguage('ja');
});

test('it is the ward’s time, wherever the reader is', async () => {
  expect(whenOf(outing)).toBe('2026年12月1日(火) 10:00〜11:30');
  await setLanguage('en');
  expect(whenOf(outing)).toMatch(/^Tue,? 1 December 2026 10:00–11:30$/);
});

test('fields take a moment and give it back', () => {
  const fields = fieldsOf(Date.parse('2026-11-30T15:05:00Z'));
  expect(fields).toEqual({ day: '2026-12-01', time: '00:05' });
  expect(momentOf(fields.day, fields.time)).toBe('2026-12-01T00:05:00+09:00');
  for (const [day, time] of [
    ['', '10:00'],
    ['2026-12-01', ''],
    ['2026-13-01', '10:00'],
  ] as const) {
    expect(momentOf(day, time)).toBeNull();
  }
});
