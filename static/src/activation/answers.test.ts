import { expect, test } from 'vitest';
import type { Item, Receipt } from '../outbox/item';
import { answerItem, mine, tapTime } from './answers';
import type { RollAnswer } from './types';

const AT = Date.parse('2026-11-29T01:00:00Z');
const who = { owner: 'me', activation: 'a' };
const item = (id: string, answer: RollAnswer, at: number, more: Partial<Item> = {}): Item => ({
  ...answerItem({ id, ...who }, answer, at),
  ...more,
});
const receipt = (one: Item): Receipt => ({
  id: one.id,
  kind: 'answer',
  owner: one.owner,
  received: 0,
  status: 'stored',
  outcome: null,
  body: one.body,
});
const said = (answer: RollAnswer, at: number) => ({
  answer,
  answered_at: new Date(at).toISOString(),
});
const nothing = { items: [], receipts: [] };

test('whoever has not answered has no answer', () => {
  expect(mine(null, nothing, who)).toBeNull();
});

test('the latest tap counts, wherever it is known', () => {
  const early = item('1', 'safe', AT);
  const late = item('2', 'arrived', AT + 1);
  expect(mine(null, { items: [late, early], receipts: [] }, who)).toMatchObject({
    answer: 'arrived',
    reached: 'unsent',
  });
  expect(mine(null, { items: [early], receipts: [receipt(late)] }, who)).toMatchObject({
    answer: 'arrived',
    reached: 'sent',
  });
  // As when the registrar has entered what was said by phone since.
  expect(mine(said('unable', AT + 2), { items: [late], receipts: [] }, who)).toMatchObject({
    answer: 'unable',
    reached: 'sent',
  });
});

test('of two taps of one moment the larger id counts', () => {
  const one = item('1', 'safe', AT);
  const other = item('2', 'unable', AT);
  expect(mine(null, { items: [other, one], receipts: [] }, who)?.answer).toBe('unable');
  expect(mine(null, { items: [one, other], receipts: [] }, who)?.answer).toBe('unable');
});

test('moments are compared, not how they are written', () => {
  const later = { answer: 'arrived', answered_at: '2026-11-29T10:00:01+09:00' } as const;
  const items = [item('1', 'safe', AT)];
  expect(mine(later, { items, receipts: [] }, who)?.answer).toBe('arrived');
});

test('what is another’s, of another activation, or of another kind is not mine', () => {
  const body = { activation_id: 'b', answer: 'safe', answered_at: new Date(AT).toISOString() };
  const items = [
    item('1', 'safe', AT, { owner: 'other' }),
    item('2', 'safe', AT, { body }),
    item('3', 'safe', AT, { kind: 'visit' }),
    item('4', 'dancing' as RollAnswer, AT),
  ];
  expect(mine(null, { items, receipts: [] }, who)).toBeNull();
});

test('what was not taken says why', () => {
  const reason = { code: 'ended', message: 'over' };
  const state = { is: 'failed', status: 'refused', reason } as const;
  expect(
    mine(said('safe', AT), { items: [item('1', 'arrived', AT + 1, { state })], receipts: [] }, who),
  ).toMatchObject({ answer: 'arrived', reached: 'failed', reason: 'over' });
});

test('a tap is later than the one before it, whatever the clock says', () => {
  expect(tapTime(AT, null)).toBe(AT);
  expect(tapTime(AT, said('safe', AT - 5))).toBe(AT);
  expect(tapTime(AT - 60_000, said('safe', AT))).toBe(AT + 1);
});

test('what is sent names the tap, the activation and the answer', () => {
  expect(item('1', 'on_the_way', AT).body).toEqual({
    id: '1',
    activation_id: 'a',
    answer: 'on_the_way',
    answered_at: '2026-11-29T01:00:00.000Z',
  });
});
