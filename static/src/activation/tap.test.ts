import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { OutboxDatabase } from '../outbox/database';
import type { Answer, Item } from '../outbox/item';
import { Outbox } from '../outbox/outbox';
import { mayBeUnsent } from './marks';
import { isWaiting, tap } from './tap';

const AT = Date.parse('2026-11-29T01:00:00Z');
const tapping = { owner: 'me', activation: 'a', before: null };

async function outbox(post: (items: readonly Item[]) => Promise<Answer>, account = 'me') {
  const database = await OutboxDatabase.open(new IDBFactory());
  const box = new Outbox(database, {
    post,
    account: () => Promise.resolve(account),
    alone: async (job) => {
      await job();
      return true;
    },
    later: () => () => undefined,
    tabs: { tell: () => undefined, hear: () => () => undefined },
    now: () => AT,
    random: () => 0,
  });
  return { box, database };
}

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

test('an answer is on the disk before anything is sent', async () => {
  let kept = 0;
  const { box, database } = await outbox(async () => {
    kept = (await database.items()).length;
    return { is: 'later' };
  });
  expect(await tap(box, tapping, 'safe', AT)).toBe(true);
  expect(await database.items()).toMatchObject([{ kind: 'answer', owner: 'me' }]);
  await box.flush();
  expect(kept).toBe(1);
  expect([isWaiting(box), mayBeUnsent()]).toEqual([true, true]);
});

test('each change of mind is an answer of its own, and later than the one before', async () => {
  const { box, database } = await outbox(() => Promise.resolve({ is: 'later' }));
  const before = { answer: 'safe', answered_at: new Date(AT + 5000).toISOString() } as const;
  await tap(box, tapping, 'on_the_way', AT);
  await tap(box, { ...tapping, before }, 'arrived', AT + 1);
  const bodies = (await database.items())
    .toSorted((one, other) => one.made - other.made)
    .map(({ body }) => body);
  expect(bodies.map((body) => body['answer'])).toEqual(['on_the_way', 'arrived']);
  expect(bodies[1]!['answered_at']).toBe(new Date(AT + 5001).toISOString());
});

test('without a store it is sent at once, and said whether it arrived', async () => {
  const answer =
    (status: string) =>
    (_path: string, { body }: RequestInit) => {
      const { answers } = JSON.parse(body as string) as { answers: { id: string }[] };
      const results = answers.map(({ id }) => ({ id, status }));
      return Promise.resolve(new Response(JSON.stringify({ results })));
    };
  vi.stubGlobal('fetch', answer('stored'));
  expect(await tap(null, tapping, 'safe', AT)).toBe(true);
  vi.stubGlobal('fetch', answer('refused'));
  expect(await tap(null, tapping, 'safe', AT)).toBe(false);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError()));
  expect(await tap(null, tapping, 'safe', AT)).toBe(false);
});
