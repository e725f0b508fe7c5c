import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { OutboxDatabase } from './database';
import { exported } from './export';
import { type Answer, type Item, settle } from './item';
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
const failed = { is: 'failed', status: 'refused', reason: { code: 'x', message: 'no' } } as const;

async function outbox(parts: Partial<OutboxParts> = {}) {
  const database = await OutboxDatabase.open(new IDBFactory());
  const waits: number[] = [];
  const box = new Outbox(database, {
    post: stored,
    account: () => Promise.resolve('me'),
    alone: async (job) => {
      await job();
      return true;
    },
    later: (ms) => {
      waits.push(ms);
      return () => undefined;
    },
    tabs: { tell: () => undefined, hear: () => () => undefined },
    now: () => 1,
    random: () => 0,
    ...parts,
  });
  return { database, box, waits };
}
const stored = (items: readonly Item[]): Promise<Answer> =>
  Promise.resolve({ is: 'results', results: items.map(({ id }) => ({ id, status: 'stored' })) });
const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

afterEach(() => {
  vi.restoreAllMocks();
});

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
  const photo = item('c', { kind: 'photo', after: 'a' });
  const items = [item('a'), item('b', { owner: 'other' }), photo];
  expect(ids(batches(items, 'me').flat())).toEqual(['a']);
  expect(batches(items, null)).toEqual([]);
  expect(batches([photo], 'me')).toHaveLength(1);
});

test('at most 500 go at once, and what was tried less goes first', () => {
  const many = Array.from({ length: 1001 }, (_, n) => item(String(n).padStart(4, '0')));
  expect(batches(many, 'me').map(({ length }) => length)).toEqual([500, 500, 1]);
  const tried = item('a', { state: { is: 'queued', tries: 3 } });
  expect(ids(batches([tried, item('b')], 'me').flat())).toEqual(['b', 'a']);
});

test('waiting grows, and ends growing', () => {
  expect(backoff(1, 0)).toBe(2500);
  expect(backoff(3, 0)).toBe(10_000);
  expect(backoff(99, 0.999)).toBeLessThanOrEqual(300_000);
});

test('what is unsent is counted with its reason', () => {
  const items = [
    item('a'),
    item('b', { owner: 'other' }),
    item('c', { state: failed }),
    item('d', { kind: 'photo', after: 'c' }),
  ];
  const now = { account: 'me', online: true, sending: false };
  expect(unsent(items, now)).toEqual({ mine: 1, others: 1, failed: 2, why: 'waiting' });
  expect(unsent(items, { ...now, sending: true }).why).toBe('sending');
  expect(unsent(items, { ...now, online: false }).why).toBe('offline');
  expect(unsent(items, { ...now, account: 'third' })).toMatchObject({
    mine: 0,
    why: 'other_account',
  });
  expect(unsent(items, { ...now, account: null })).toMatchObject({ mine: 2, why: 'signed_out' });
  expect(unsent(items.slice(2), now).why).toBeNull();
});

test('one bad item blocks nothing, and stays to be seen', async () => {
  const { box, database } = await outbox({
    post: (items) =>
      items.some(({ id }) => id === 'c')
        ? Promise.resolve({ is: 'unreadable', reason: { code: 'x', message: 'no' } })
        : stored(items),
  });
  await database.add(['a', 'b', 'c', 'd', 'e'].map((id) => item(id)));
  await box.flush();
  expect(box.state.state.items.map(({ id, state }) => [id, state.is])).toEqual([['c', 'failed']]);
  expect(ids(box.state.state.receipts)).toEqual(['a', 'b', 'd', 'e']);
});

test('an item on which the service fails is tried again, behind all others', async () => {
  let requests = 0;
  const { box, database, waits } = await outbox({
    post: (items) => {
      requests += 1;
      return items.some(({ id }) => id === 'a') ? Promise.resolve({ is: 'broken' }) : stored(items);
    },
  });
  await database.add(['a', 'b', 'c', 'd'].map((id) => item(id)));
  await box.flush();
  expect(box.state.state.items).toMatchObject([{ id: 'a', state: { is: 'queued', tries: 1 } }]);
  expect([requests, waits.length]).toEqual([5, 1]);
});

test('a service that fails on everything is left alone', async () => {
  let requests = 0;
  const { box, database } = await outbox({
    post: () => {
      requests += 1;
      return Promise.resolve({ is: 'broken' });
    },
  });
  await database.add(Array.from({ length: 500 }, (_, n) => item(String(n).padStart(4, '0'))));
  await box.flush();
  expect(requests).toBeLessThan(30);
  expect(box.state.state.items).toHaveLength(500);
});

test('signed out, switched, or unknown: nothing leaves', async () => {
  let who: string | null | undefined = null;
  let posts = 0;
  const { box, database } = await outbox({
    post: (items) => {
      posts += 1;
      return stored(items);
    },
    account: () => Promise.resolve(who),
  });
  await database.add([item('a')]);
  for (who of [null, undefined, 'other']) await box.flush();
  expect(posts).toBe(0);
  expect(box.state.state.items).toHaveLength(1);
  who = 'me';
  await box.flush();
  expect([posts, box.state.state.items.length]).toEqual([1, 0]);
});

test('what is queued is frozen', async () => {
  const { database } = await outbox();
  await database.add([item('a', { body: { first: true } })]);
  await expect(database.add([item('a', { body: { first: false } })])).rejects.toBeDefined();
  await database.update([item('a', { body: {}, state: { is: 'queued', tries: 1 } })]);
  expect(await database.items()).toMatchObject([{ body: { first: true }, state: { tries: 1 } }]);
});

test('what is not taken can be sent once more, or thrown away with its photo', async () => {
  const { box, database } = await outbox({ account: () => Promise.resolve(null) });
  const photo = item('b', { kind: 'photo', after: 'a' });
  await database.add([item('a', { state: failed }), photo, item('c')]);
  await box.retry('a');
  expect((await database.items())[0]?.state).toEqual({ is: 'queued', tries: 0 });
  await box.dismiss('a');
  expect(ids(await database.items())).toEqual(['c']);
});

test('without room for receipts, what was received leaves all the same', async () => {
  const { box, database } = await outbox();
  await database.add([item('a')]);
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await box.flush();
  expect(box.state.state.items).toEqual([]);
});

test('a connection that the browser closed is opened again', async () => {
  const factory = new IDBFactory();
  const database = await OutboxDatabase.open(factory);
  await database.add([item('a')]);
  database.close();
  expect(ids(await database.items())).toEqual(['a']);
});

test('a file of what is unsent holds one person’s items, and photos as text', () => {
  const photo = item('b', { kind: 'photo', file: new Uint8Array([1, 2, 3]).buffer });
  const file = exported([item('a'), photo, item('c', { owner: 'other' })], 'me', new Date(0));
  const { items, format } = JSON.parse(file) as { items: { id: string }[]; format: string };
  expect(format).toBe('machiaruki-outbox');
  expect(items).toMatchObject([{ id: 'a' }, { id: 'b', file: 'AQID' }]);
});

test('answers to questions go before visits, and nobody else reads them', async () => {
  const sheet = item('z', { kind: 'sheet', body: { id: 'z', revision: 1, answers: { one: 5 } } });
  expect(ids(batches([item('a'), sheet], 'me').flat())).toEqual(['z', 'a']);
  expect(exported([item('a'), sheet], 'me', new Date(0))).not.toContain('answers');
  // What is remembered of it on the device says that it was sent, and not what.
  const { box, database } = await outbox();
  await database.add([sheet]);
  await box.flush();
  expect(box.state.state.receipts).toMatchObject([{ id: 'z', body: { revision: 1, answers: {} } }]);
});

test('marks of one outing go together, of two apart; check-ins go one by one', () => {
  const mark = (id: string, outing: string): Item => item(id, { kind: 'mark', outing });
  const checkIn = (id: string): Item => item(id, { kind: 'check_in', outing: 'o' });
  const all = [mark('a', 'o'), checkIn('b'), mark('c', 'p'), mark('d', 'o'), checkIn('e')];
  expect(batches(all, 'me').map(ids)).toEqual([['b'], ['e'], ['a', 'd'], ['c']]);
});

test('marks of one gathering go together, of two apart, and their receipts say of which they are', async () => {
  const mark = (id: string, gathering: string): Item =>
    item(id, { kind: 'gathering_mark', gathering });
  const all = [mark('a', 'g'), mark('b', 'h'), mark('c', 'g')];
  expect(batches(all, 'me').map(ids)).toEqual([['a', 'c'], ['b']]);
  const { box, database } = await outbox();
  await database.add([mark('a', 'g')]);
  await box.flush();
  expect((await database.receipts()).map(({ gathering }) => gathering)).toEqual(['g']);
  box.close();
});

test('what is refused as a whole stays, each with the reason, and does not hold up the rest', async () => {
  const why = { code: 'http_409', message: 'cancelled' };
  const asked: string[][] = [];
  const { database, box } = await outbox({
    post: (items) => {
      asked.push(ids(items));
      const isOther = items[0]!.outing === 'p';
      return isOther ? stored(items) : Promise.resolve({ is: 'refused', reason: why });
    },
  });
  const mark = (id: string, outing: string): Item => item(id, { kind: 'mark', outing });
  await database.add([mark('a', 'o'), mark('b', 'o'), mark('c', 'p')]);
  await box.flush();
  expect(asked).toEqual([['a', 'b'], ['c']]);
  const left = await database.items();
  expect(left.map(({ id, state }) => [id, state])).toEqual(
    ['a', 'b'].map((id) => [id, { is: 'failed', status: 'refused', reason: why }]),
  );
  expect((await database.receipts()).map(({ id, outing }) => [id, outing])).toEqual([['c', 'p']]);
  box.close();
});

test('answers to an activation go before all else, a hundred at once', () => {
  const many = Array.from({ length: 101 }, (_, n) =>
    item(`z${String(n).padStart(3, '0')}`, { kind: 'answer' }),
  );
  const groups = batches([item('a'), item('b', { kind: 'sheet' }), ...many], 'me');
  expect(groups.map(([first]) => first!.kind)).toEqual(['answer', 'answer', 'sheet', 'visit']);
  expect(groups.map(({ length }) => length)).toEqual([100, 1, 1, 1]);
});

test('an answer waits for its owner, and leaves only for a receipt that names it', async () => {
  let account = 'other';
  const asked: string[] = [];
  const { box, database } = await outbox({
    account: () => Promise.resolve(account),
    post: (items) => {
      asked.push(...ids(items));
      const results = items.slice(1).map(({ id }) => ({ id, status: 'stored' as const }));
      return Promise.resolve({ is: 'results', results });
    },
  });
  await box.add([item('a', { kind: 'answer' }), item('b', { kind: 'answer' })]);
  await box.flush();
  expect(asked).toEqual([]);
  account = 'me';
  await box.flush();
  expect(asked).toEqual(['a', 'b']);
  expect(ids(await database.items())).toEqual(['a']);
  expect(ids(await database.receipts())).toEqual(['b']);
});

test('whoever reads a file of what is unsent does not learn who answered an activation', () => {
  const text = exported([item('a'), item('b', { kind: 'answer' })], 'me', new Date(0));
  expect((JSON.parse(text) as { items: Item[] }).items.map(({ id }) => id)).toEqual(['a']);
});
