import { describe, expect, it } from 'vitest';
import type { Receipt } from '../outbox/item';
import { checkIn, mark } from './items';
import { called, counted } from './roll';
import type { RollPerson } from './types';

const person = (id: string, present: boolean | null): RollPerson => ({
  residency_id: id,
  staff_name: id,
  signed_up: false,
  present,
  by_code: false,
});
const people = [person('a', null), person('b', true), person('c', false)];
const who = { owner: 'me', gathering: 'g', at: 1_000 };
const received = (item: ReturnType<typeof mark>, at: number): Receipt => ({
  ...item,
  gathering: 'g',
  received: at,
  status: 'stored',
  outcome: null,
});

describe('the roll of a gathering', () => {
  it('shows what the service knew where nothing was tapped since', () => {
    const all = called(people, { items: [], receipts: [] }, who);
    expect(all.map(({ present }) => present)).toEqual([null, true, false]);
    expect(counted(all)).toEqual({ there: 1, away: 1, open: 1 });
  });

  it('shows the later tap, whatever has been sent of it', () => {
    const first = mark('me', 'g', 'b', false, 2_000);
    const later = mark('me', 'g', 'b', true, 3_000);
    for (const items of [
      [first, later],
      [later, first],
    ]) {
      const all = called(people, { items, receipts: [] }, who);
      expect(all[1]).toMatchObject({ present: true, reached: 'unsent' });
    }
    const all = called(people, { items: [later], receipts: [received(first, 2_500)] }, who);
    expect(all[1]?.present).toBe(true);
    // What the service knew of when it was asked says nothing new.
    expect(called(people, { items: [], receipts: [received(first, 900)] }, who)[1]?.present).toBe(
      true,
    );
  });

  it('takes no mark of another gathering, of somebody else, or of a code', () => {
    const items = [
      mark('me', 'h', 'a', true, 2_000),
      mark('you', 'g', 'a', true, 2_000),
      checkIn('me', 'g', '123456', 2_000),
    ];
    expect(called(people, { items, receipts: [] }, who)[0]?.present).toBeNull();
    expect(items[2]?.body).toMatchObject({ code: '123456', at: '1970-01-01T00:00:02.000Z' });
  });
});
