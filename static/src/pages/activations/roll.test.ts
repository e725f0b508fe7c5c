import { expect, test } from 'vitest';
import type { ActivationDocument, RollRow } from '../../activation/types';
import { addressOf } from './address';
import { boxOf, drawing } from './drawing';
import {
  applied,
  buildingsIn,
  councilsIn,
  countsOf,
  inOrder,
  isShown,
  NO_COUNCIL,
  NO_FILTER,
  openOf,
  pastOf,
  residentsIn,
  sameCounts,
  shares,
} from './roll';

const row = (id: string, more: Partial<RollRow> = {}): RollRow => ({
  residency_id: id,
  staff_number: id,
  housing_name: '見本寮',
  unit_name: id,
  home: [139.7, 35.6],
  council_id: 'c',
  council_name: '見本協議会',
  muster: { name: '見本小学校', location: [139.71, 35.61], is_council: true },
  told: {},
  answer: null,
  history: [],
  ...more,
});
const rows = [
  row('1', { answer: 'arrived' }),
  row('10'),
  row('2'),
  row('3', { answer: 'unable', housing_name: 'ほかの寮', council_id: null, council_name: null }),
];
const ids = (list: readonly RollRow[]): string[] => list.map((one) => one.residency_id);

test('changes are put in their places, and what is older than what is there changes nothing', () => {
  const roll = { rows, sequence: 5 };
  const next = applied(roll, { sequence: 6, rows: [row('2', { answer: 'safe' }), row('4')] });
  expect(next.sequence).toBe(6);
  expect(next.rows.map(({ residency_id: id, answer }) => [id, answer])).toEqual([
    ['1', 'arrived'],
    ['10', null],
    ['2', 'safe'],
    ['3', 'unable'],
    ['4', null],
  ]);
  expect(applied(next, { sequence: 5, rows: [row('2')] })).toBe(next);
  // Somebody was told: that is no change that is counted.
  const told = applied(next, { sequence: 6, rows: [row('4', { told: { app: 'sent' } })] });
  expect(told.rows.at(-1)?.told).toEqual({ app: 'sent' });
  expect(roll.rows).toBe(rows);
});

test('counts add up, and the bar is whole', () => {
  const counts = countsOf(rows);
  expect(counts).toEqual({ none: 2, unable: 1, safe: 0, on_the_way: 0, arrived: 1 });
  expect(residentsIn(counts)).toBe(4);
  expect(shares(counts)).toEqual([
    { standing: 'none', count: 2, from: 0, length: 50 },
    { standing: 'unable', count: 1, from: 50, length: 25 },
    { standing: 'arrived', count: 1, from: 75, length: 25 },
  ]);
  expect(shares(countsOf([]))).toEqual([]);
  expect(sameCounts(counts, { ...counts })).toBe(true);
  expect(sameCounts(counts, { ...counts, safe: 1 })).toBe(false);
});

test('those who are silent come first, then those who cannot come; units are counted, not spelt', () => {
  expect(ids(inOrder(rows))).toEqual(['2', '10', '3', '1']);
});

test('a filter leaves out whoever does not fit', () => {
  const shown = (more: Partial<typeof NO_FILTER>) =>
    ids(rows.filter((one) => isShown(one, { ...NO_FILTER, ...more })));
  expect(shown({})).toHaveLength(4);
  expect(shown({ standing: 'none' })).toEqual(['10', '2']);
  expect(shown({ council: NO_COUNCIL })).toEqual(['3']);
  expect(shown({ council: 'c', standing: 'arrived' })).toEqual(['1']);
  expect(shown({ building: 'ほかの寮' })).toEqual(['3']);
});

test('what can be chosen says how many it has', () => {
  expect(councilsIn(rows, 'なし')).toEqual([
    { value: NO_COUNCIL, label: 'なし', count: 1 },
    { value: 'c', label: '見本協議会', count: 3 },
  ]);
  expect(buildingsIn(rows).map(({ count }) => count)).toEqual([1, 3]);
});

test('a building shows the answer that needs looking after most, a place who has arrived', () => {
  const found = drawing([...rows, row('5', { home: null, muster: null })]);
  expect(found.missing).toBe(1);
  expect(found.buildings.map(({ name, worst, counts }) => [name, worst, counts[worst]])).toEqual([
    ['見本寮', 'none', 2],
    ['ほかの寮', 'unable', 1],
  ]);
  expect(found.places).toEqual([
    { name: '見本小学校', at: [139.71, 35.61], arrived: 1, expected: 4 },
  ]);
  expect(boxOf(found)).toEqual([139.7, 35.6, 139.71, 35.61]);
  expect(boxOf(drawing([]))).toBeNull();
});

test('one goes on at most, the others are in the past, the latest first', () => {
  const one = (id: string, day: number, ended: boolean): ActivationDocument => ({
    id,
    kind: 'drill',
    title: id,
    message: '',
    declared_at: `2026-11-0${String(day)}T00:00:00Z`,
    ended_at: ended ? '2026-11-20T00:00:00Z' : null,
    residents: 0,
    answered: 0,
    counts: countsOf([]),
  });
  const all = [one('a', 1, true), one('b', 3, false), one('c', 2, true)];
  expect(openOf(all)?.id).toBe('b');
  expect(openOf(all.filter(({ id }) => id !== 'b'))).toBeNull();
  expect(pastOf(all).map(({ id }) => id)).toEqual(['c', 'a']);
});

test('an address names a view and never a person', () => {
  expect(addressOf('')).toEqual({ view: 'now' });
  expect(addressOf('#past')).toEqual({ view: 'past' });
  expect(addressOf('#review/0193-ab')).toEqual({ view: 'review', id: '0193-ab' });
  expect(addressOf('#review/../x')).toEqual({ view: 'now' });
});
