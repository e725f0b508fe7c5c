import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { OutboxDatabase } from './database';
import type { Answer, Item } from './item';
import { settle } from './item';
import { Outbox, type OutboxParts } from './outbox';
import { backoff, batches, unsent } from './plan';
import { uuidv7 } from './uuid';

const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: 'visit',
  owner: 'me',
  made: 0,
  body: { id },
  state: { is: 'queued', tries: 0 },
  ...more,
});

async function outbox(post: OutboxParts['post'], account: () => string | null | undefined) {
  const database = await OutboxDatabase.open(new IDBFactory());
  const made = new Outbox(database, {
    post,
    account: () => Promise.resolve(account()),
    alone: async (job) => {
      await job();
      return true;
    },
    now: () => 1,
    random: () => 0,
  });
  return { database, outbox: made };
}
const stored = (items: readonly Item[]): Promise<Answer> =>
  Promise.resolve({ is: 'results', results: items.map(({ id }) => ({ id, status: 'stored' })) });

test('an id says its version, its variant and when it was made', () => {
  const id = uuidv7(0x0123456789ab, new Uint8Array(10).fill(255));
  expect(id).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
});

test('only a receipt that names an item takes it out', () => {
  expect(settle(item('a'), { id: 'b', status: 'stored' }, 1).is).toBe('kept');
  expect(settle(item('a'), { id: 'a', status: 'new' as 'stored' }, 1).is).toBe('kept');
  expect(settle(item('a'), { id: 'a', status: 'duplicate' }, 1).is).toBe('received');
});

test('nobody sends what is somebody else’s, and a photo waits for its visit', () => {
  const items = [
    item('a'),
    item('b', { owner: 'other' }),
    item('c', { kind: 'photo', after: 'a' }),
  ];
  expect(
    batches(items, 'me')
      .flat()
      .map(({ id }) => id),
  ).toEqual(['a']);
  expect(batches(items, null)).toEqual([]);
  expect(batches([items[2]!], 'me')).toHaveLength(1);
  expect(unsent(items, { account: 'me', online: true, sending: false })).toMatchObject({
    mine: 2,
    others: 1,
  });
});

test('at most 500 go at once', () => {
  const many = Array.from({ length: 1001 }, (_, n) => item(String(n).padStart(4, '0')));
  expect(batches(many, 'me').map(({ length }) => length)).toEqual([500, 500, 1]);
});

test('waiting grows, and ends growing', () => {
  expect(backoff(1, 0)).toBe(2500);
  expect(backoff(3, 0)).toBe(10_000);
  expect(backoff(99, 0.999)).toBeLessThanOrEqual(300_000);
});

test('one bad item blocks nothing, and stays to be seen', async () => {
  const { outbox: box, database } = await outbox(
    (items) =>
      items.some(({ id }) => id === 'c')
        ? Promise.resolve({ is: 'unreadable', reason: { code: 'x', message: 'no' } })
        : stored(items),
    () => 'me',
  );
  await database.add(['a', 'b', 'c', 'd', 'e'].map((id) => item(id)));
  await box.flush();
  expect(box.state.state.items.map(({ id, state }) => [id, state.is])).toEqual([['c', 'failed']]);
  expect(box.state.state.receipts.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'e']);
  box.close();
});

test('signed out, switched, or unknown: nothing leaves', async () => {
  let who: string | null | undefined = null;
  let posts = 0;
  const { outbox: box, database } = await outbox(
    (items) => {
      posts += 1;
      return stored(items);
    },
    () => who,
  );
  await database.add([item('a')]);
  for (who of [null, undefined, 'other']) await box.flush();
  expect(posts).toBe(0);
  expect(box.state.state.items).toHaveLength(1);
  who = 'me';
  await box.flush();
  expect([posts, box.state.state.items.length]).toEqual([1, 0]);
  box.close();
});

test('what is queued is frozen', async () => {
  const { database } = await outbox(stored, () => 'me');
  await database.add([item('a', { body: { first: true } })]);
  await expect(database.add([item('a', { body: { first: false } })])).rejects.toBeDefined();
  await database.update([item('a', { body: {}, state: { is: 'queued', tries: 1 } })]);
  expect(await database.items()).toMatchObject([{ body: { first: true }, state: { tries: 1 } }]);
});
