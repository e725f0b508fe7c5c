import { expect, test } from 'vitest';
import { ANY, following, readQuery, writeQuery } from './query';

test('a search survives the address', () => {
  const query = { ...ANY, since: '2026-04-01', actor: '900001', action: 'read_staff' };
  expect(readQuery(writeQuery(query))).toEqual(query);
  expect(writeQuery(ANY)).toBe('');
  expect(readQuery('?actor=+900001+&other=1')).toEqual({ ...ANY, actor: '900001' });
});

test('the next answer is asked for with the same search', () => {
  expect(following('/api/audit', '5~a b')).toBe('/api/audit?before=5~a%20b');
  expect(following('/api/audit?actor=1', 'x')).toBe('/api/audit?actor=1&before=x');
});
