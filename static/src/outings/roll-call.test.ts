import { expect, test } from 'vitest';
import type { Item, Receipt } from '../outbox/item';
import { checkIn, mark } from './items';
import type { Person } from './kept';
import { called, counted } from './roll-call';

const person = (staff_id: string, present: boolean | null = null): Person => ({
  staff_id,
  name: staff_id,
  name_kana: '',
  department: '',
  confirmed: true,
  present,
});
const people = [person('a', true), person('b'), person('c')];
const where = { owner: 'me', outing: 'o', at: 1000 };
const queued = (staff: string, present: boolean, id: string, outing = 'o', owner = 'me'): Item => {
  const made = mark(owner, outing, staff, present, 2000);
  return { ...made, id };
};
const received = (item: Item, at: number): Receipt => {
  const { id, kind, owner, body, outing } = item;
  return { id, kind, owner, body, outing: outing!, received: at, status: 'stored', outcome: null };
};
const shown = (items: Item[], receipts: Receipt[] = []) =>
  called(people, { items, receipts }, where).map(({ present, reached }) => [present, reached]);

test('without marks it is as the service said', () => {
  expect(shown([])).toEqual([
    [true, 'sent'],
    [null, 'sent'],
    [null, 'sent'],
  ]);
});

test('the latest mark of this device counts, in whatever order it is kept', () => {
  const marks = [queued('a', true, '3'), queued('a', false, '4'), queued('b', true, '2')];
  for (const items of [marks, [...marks].reverse()]) {
    expect(shown(items).slice(0, 2)).toEqual([
      [false, 'unsent'],
      [true, 'unsent'],
    ]);
  }
});

test('a mark that arrived after the list was asked for counts; an older one is in the list', () => {
  const late = received(queued('b', true, '1'), 1500);
  const early = received(queued('c', true, '1'), 500);
  expect(shown([], [late, early]).slice(1)).toEqual([
    [true, 'sent'],
    [null, 'sent'],
  ]);
});

test('what was not taken says why', () => {
  const reason = { code: 'refused', message: 'not on the list' };
  const item: Item = {
    ...queued('b', true, '1'),
    state: { is: 'failed', status: 'refused', reason },
  };
  const [, one] = called(people, { items: [item], receipts: [] }, where);
  expect(one).toMatchObject({ present: true, reached: 'failed', reason: 'not on the list' });
});

test('marks of others, of another outing, and other things do not count', () => {
  const items = [
    queued('b', true, '1', 'o', 'somebody else'),
    queued('b', true, '2', 'p'),
    checkIn('me', 'o', '123456', 2000),
  ];
  expect(shown(items)).toEqual(shown([]));
});

test('they are counted', () => {
  const all = called(people, { items: [queued('b', false, '1')], receipts: [] }, where);
  expect(counted(all)).toEqual({ there: 1, away: 1, open: 1 });
});
