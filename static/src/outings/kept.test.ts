import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { forgetOuting, forgetOutings, keep, type KeptOuting, keptOutings } from './kept';
import type { Outing } from './types';

const DAY = 24 * 3_600_000;
const now = Date.parse('2026-12-01T10:00:00+09:00');
const kept = (id: string, more: Partial<KeptOuting> = {}): KeptOuting => ({
  account: 'me',
  outing: { id, starts_at: new Date(now).toISOString() } as Outing,
  sheet: null,
  at: now,
  ...more,
});
const sheet = {
  codes: { from: '', step_s: 30, window_s: 60, codes: [] },
  people: [],
  at: now,
  isClockWrong: false,
};

test('an outing stays for its owner alone, and a sheet stays until a newer one comes', async () => {
  const factory = new IDBFactory();
  await keep(kept('a', { sheet }), factory);
  await keep(kept('b', { account: 'somebody else' }), factory);
  await keep(kept('a', { at: now + 1 }), factory);
  const mine = await keptOutings('me', now, factory);
  expect(mine).toEqual([kept('a', { sheet, at: now + 1 })]);
});

test('some days after the outing nothing of it is left on the device', async () => {
  const factory = new IDBFactory();
  await keep(kept('a', { sheet }), factory);
  expect(await keptOutings('me', now + 2 * DAY, factory)).toHaveLength(1);
  // Whoever looks, and whatever the clock says later.
  expect(await keptOutings('somebody else', now + 4 * DAY, factory)).toEqual([]);
  expect(await keptOutings('me', now, factory)).toEqual([]);
});

test('one is taken away, or all', async () => {
  const factory = new IDBFactory();
  for (const id of ['a', 'b', 'c']) await keep(kept(id), factory);
  await forgetOuting('me', 'b', factory);
  const ids = (await keptOutings('me', now, factory)).map(({ outing }) => outing.id);
  expect(ids).toEqual(['a', 'c']);
  await forgetOutings(factory);
  expect(await keptOutings('me', now, factory)).toEqual([]);
});
