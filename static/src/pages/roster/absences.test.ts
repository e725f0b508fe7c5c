import { expect, test } from 'vitest';
import { asAbsences, asRows, firstDifference, wrongRows } from './absences';

const leave = (since: string, last = '') => ({ kind: 'leave' as const, since, last });

test('people say the last day away, the service the first day back', () => {
  const absences = [
    { kind: 'leave' as const, since: '2026-02-01', until: '2026-03-01' },
    { kind: 'secondment' as const, since: '2026-04-01', until: null },
  ];
  const rows = asRows(absences);
  expect(rows.map(({ last }) => last)).toEqual(['2026-02-28', '']);
  expect(asAbsences(rows)).toEqual(absences);
});

test('what cannot be is said at the field', () => {
  expect(Object.keys(wrongRows([leave('')]))).toEqual(['since_0']);
  expect(Object.keys(wrongRows([leave('2026-02-02', '2026-02-01')]))).toEqual(['last_0']);
  expect(wrongRows([leave('2026-02-01', '2026-02-01'), leave('2026-02-02')])).toEqual({});
  // A leave without an end goes on for ever.
  expect(Object.keys(wrongRows([leave('2026-02-01'), leave('2026-05-01')]))).toEqual(['since_1']);
  const lent = { ...leave('2026-05-01'), kind: 'secondment' as const };
  expect(wrongRows([leave('2026-02-01'), lent])).toEqual({});
});

test('a change counts from where rows begin to differ', () => {
  const before = [leave('2025-04-01', '2025-04-30'), leave('2026-02-01')];
  const ended = [leave('2025-04-01', '2025-04-30'), leave('2026-02-01', '2026-02-10')];
  expect(firstDifference(before, ended)).toBe('2026-02-01');
  expect(firstDifference(before, before)).toBe('');
  expect(firstDifference(before, [])).toBe('2025-04-01');
});
