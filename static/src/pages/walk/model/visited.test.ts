import { expect, test } from 'vitest';
import type { Item, Receipt } from '../../../outbox';
import { type Told, visited } from './visited';

const NOW = Date.parse('2026-11-20T10:00:00+09:00');
const body = (stop_id: string, at = '2026-11-20T09:00:00+09:00') => ({ stop_id, at });
const item = (id: string, stop: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: 'visit',
  owner: 'me',
  made: 0,
  body: body(stop),
  state: { is: 'queued', tries: 0 },
  ...more,
});
const receipt = (
  id: string,
  stop: string,
  outcome: string,
  more: Partial<Receipt> = {},
): Receipt => ({
  id,
  kind: 'visit',
  owner: 'me',
  received: 0,
  status: 'stored',
  outcome,
  body: body(stop),
  ...more,
});

const states = (items: Item[], receipts: Receipt[], told: Told[] = []): Record<string, string> =>
  Object.fromEntries(
    [...visited({ items, receipts, told }, 'me', NOW)].map(([stop, { state }]) => [stop, state]),
  );

test('each stop has the best that is known of it', () => {
  const items = [item('a', 'one'), item('b', 'two'), item('c', 'two', { owner: 'other' })];
  const receipts = [receipt('d', 'one', 'accepted'), receipt('e', 'three', 'pending')];
  expect(states(items, receipts)).toEqual({ one: 'accepted', two: 'unsent', three: 'pending' });
});

test('what was not taken is said, and evidence that was added counts', () => {
  const reason = { code: 'x', message: '' };
  const failed = item('a', 'one', { state: { is: 'failed', status: 'refused', reason } });
  const receipts = [
    receipt('b', 'two', 'pending'),
    receipt('c', '', 'accepted', { kind: 'addition', visit: 'b' }),
  ];
  expect(states([failed], receipts)).toEqual({ one: 'failed', two: 'accepted' });
});

test('last year’s visits are last year’s', () => {
  const old = receipt('a', 'one', 'accepted', { body: body('one', '2026-03-31T23:59:59+09:00') });
  expect(states([], [old])).toEqual({});
});

test('what the service tells of other devices and of trainers counts', () => {
  const at = '2026-11-20T09:00:00+09:00';
  const told: Told[] = [
    { id: 'a', stop_id: 'one', outcome: 'accepted', at },
    { id: 'b', stop_id: 'two', outcome: 'rejected', at },
    { id: 'c', stop_id: 'three', outcome: 'accepted', at },
  ];
  const receipts = [receipt('b', 'two', 'accepted'), receipt('c', 'three', 'pending')];
  expect(states([], receipts, told)).toEqual({ one: 'accepted', three: 'accepted' });
});
