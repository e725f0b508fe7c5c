import { afterEach, expect, test, vi } from 'vitest';
import type { Item } from './item';
import { post, refusal } from './send';
import { alone } from './single-flight';

const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: 'visit',
  owner: 'me',
  made: 0,
  body: { id },
  state: { is: 'queued', tries: 0 },
  ...more,
});
const answer = (status: number, body: unknown = {}): Response =>
  new Response(JSON.stringify(body), { status });

interface Asked {
  path: string;
  init: RequestInit;
}

/** Plays the service; gives what it was asked. */
function played(...answers: Response[]): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push({ path, init });
    const next = answers.shift();
    return next ? Promise.resolve(next) : Promise.reject(new TypeError('no network'));
  });
  return asked;
}
const header = ({ init }: Asked, name: string): string | undefined =>
  (init.headers as Record<string, string>)[name];

afterEach(() => {
  vi.unstubAllGlobals();
});

test('visits go together, with the phone’s time, and only as their owner', async () => {
  const results = [{ id: 'a', status: 'stored' }];
  const asked = played(answer(200, { results }));
  expect(await post([item('a'), item('b')], 'ja')).toEqual({ is: 'results', results });
  const body = JSON.parse(asked[0]!.init.body as string) as { visits: unknown; sent_at: string };
  expect([asked[0]!.path, body.visits]).toEqual(['/api/visits', [{ id: 'a' }, { id: 'b' }]]);
  expect(Date.parse(body.sent_at)).not.toBeNaN();
  expect(header(asked[0]!, 'Machiaruki-Account')).toBe('me');
});

test('an addition goes to its visit', async () => {
  const asked = played(answer(200, { results: [] }));
  await post([item('b', { kind: 'addition', visit: 'a' })], 'ja');
  expect(asked[0]!.path).toBe('/api/visits/a/additions');
});

test('without a network, or with an answer of another kind, it is for later', async () => {
  played();
  expect(await post([item('a')], 'ja')).toEqual({ is: 'later' });
  played(answer(200, {}));
  expect(await post([item('a')], 'ja')).toEqual({ is: 'later' });
});

test('only what speaks of the content counts against it', async () => {
  const meant = async (status: number, named = false): Promise<string> =>
    (await refusal(answer(status), named)).is;
  for (const status of [403, 404, 408, 429, 502, 503, 504]) {
    expect(await meant(status), String(status)).toBe('later');
  }
  for (const status of [400, 413, 415, 422]) {
    expect(await meant(status), String(status)).toBe('unreadable');
  }
  expect([await meant(401), await meant(500), await meant(404, true)]).toEqual([
    'signed_out',
    'broken',
    'unreadable',
  ]);
});

const PART = 256 * 1024;
const photo = (tries: number): Item =>
  item('p', {
    kind: 'photo',
    visit: 'a',
    file: new ArrayBuffer(2 * PART + 10),
    state: { is: 'queued', tries },
  });

test('a photo goes in parts', async () => {
  const asked = played(
    answer(202, { received: PART, complete: false }),
    answer(202, { received: 2 * PART, complete: false }),
    answer(200, { received: 2 * PART + 10, complete: true }),
  );
  expect(await post([photo(0)], 'ja')).toEqual({
    is: 'results',
    results: [{ id: 'p', status: 'stored' }],
  });
  expect(asked.map((one) => header(one, 'Content-Range'))).toEqual([
    `bytes 0-${PART - 1}/${2 * PART + 10}`,
    `bytes ${PART}-${2 * PART - 1}/${2 * PART + 10}`,
    `bytes ${2 * PART}-${2 * PART + 9}/${2 * PART + 10}`,
  ]);
});

test('a photo that was begun goes on from there', async () => {
  const asked = played(
    answer(200, { received: 2 * PART, complete: false }),
    answer(200, { received: 2 * PART + 10, complete: true }),
  );
  expect((await post([photo(1)], 'ja')).is).toBe('results');
  expect(asked.map(({ path }) => path)).toEqual([
    '/api/visits/a/photos/p/state',
    '/api/visits/a/photos/p',
  ]);
  expect(header(asked[1]!, 'Content-Range')).toBe(
    `bytes ${2 * PART}-${2 * PART + 9}/${2 * PART + 10}`,
  );
});

test('a photo in whose place another one is, is not sent for ever', async () => {
  played(answer(409, { detail: 'another photo' }));
  expect(await post([photo(0)], 'ja')).toMatchObject({
    is: 'results',
    results: [{ id: 'p', status: 'conflict', reason: { message: 'another photo' } }],
  });
});

test('a service that takes no part of a photo is left alone for a while', async () => {
  const stuck = Array.from({ length: 9 }, () => answer(202, { received: 0, complete: false }));
  const asked = played(...stuck);
  expect(await post([photo(0)], 'ja')).toEqual({ is: 'later' });
  expect(asked.length).toBeLessThan(5);
});

test('without locks, one tab at a time by a lease that ends', async () => {
  vi.stubGlobal('navigator', {});
  let inner: boolean | null = null;
  const outer = await alone(async () => {
    inner = await alone(() => Promise.resolve());
  });
  expect([outer, inner]).toEqual([true, false]);
  expect(await alone(() => Promise.resolve())).toBe(true);
  localStorage.setItem('machiaruki-outbox', String(Date.now() - 1));
  expect(await alone(() => Promise.resolve())).toBe(true);
});

const mark = (id: string, outing: string): Item => item(id, { kind: 'mark', outing });
const checkIn = item('c', { kind: 'check_in', outing: 'o', body: { id: 'c', code: '123456' } });

test('marks go to their outing, and what is said of each is taken', async () => {
  const results = [
    { id: 'a', status: 'stored' },
    { id: 'b', status: 'refused', reason: 'not on the list' },
  ];
  const asked = played(answer(200, { results }));
  expect(await post([mark('a', 'o'), mark('b', 'o')], 'ja')).toEqual({
    is: 'results',
    results: [
      { id: 'a', status: 'stored', reason: null },
      { id: 'b', status: 'refused', reason: { code: 'refused', message: 'not on the list' } },
    ],
  });
  const { path, init } = asked[0]!;
  expect([init.method, path]).toEqual(['PUT', '/api/outings/o/attendance']);
  expect(JSON.parse(init.body as string)).toEqual({ marks: [{ id: 'a' }, { id: 'b' }] });
  expect(header(asked[0]!, 'Machiaruki-Account')).toBe('me');
});

test('a check-in goes alone, and its one answer is its receipt', async () => {
  const asked = played(answer(200, { id: 'c', status: 'duplicate' }));
  expect(await post([checkIn], 'ja')).toEqual({
    is: 'results',
    results: [{ id: 'c', status: 'duplicate', reason: null }],
  });
  expect(asked[0]!.path).toBe('/api/outings/o/check-in');
  expect(JSON.parse(asked[0]!.init.body as string)).toEqual({ id: 'c', code: '123456' });
});

test('what is said of the outing is said of all that belongs to it', async () => {
  for (const status of [404, 409]) {
    played(answer(status, { detail: 'cancelled' }));
    expect(await post([mark('a', 'o'), mark('b', 'o')], 'ja')).toEqual({
      is: 'refused',
      reason: { code: `http_${status}`, message: 'cancelled' },
    });
  }
});

test('after too many wrong codes a check-in waits, and nothing else does', async () => {
  played(answer(429));
  expect(await post([checkIn], 'ja')).toEqual({ is: 'results', results: [] });
  played(answer(503));
  expect(await post([mark('a', 'o')], 'ja')).toEqual({ is: 'later' });
  played(answer(422, { detail: 'wrong' }));
  expect((await post([checkIn], 'ja')).is).toBe('unreadable');
});

const safe = (id: string) =>
  item(id, { kind: 'answer', body: { id, activation_id: 'x', answer: 'safe' } });

test('answers go together, with the phone’s time, and what is known already is a receipt', async () => {
  const reason = { code: 'ended', message: 'over' };
  const results = [
    { id: 'a', status: 'stored' },
    { id: 'b', status: 'known' },
    { id: 'c', status: 'refused', reason },
    { id: 'd', status: 'of a later service' },
  ];
  const asked = played(answer(200, { results }));
  expect(await post(['a', 'b', 'c', 'd'].map(safe), 'ja')).toEqual({
    is: 'results',
    results: [
      { id: 'a', status: 'stored', reason: null },
      { id: 'b', status: 'duplicate', reason: null },
      { id: 'c', status: 'refused', reason },
    ],
  });
  const { path, init } = asked[0]!;
  expect([init.method, path]).toEqual(['POST', '/api/me/activation/answers']);
  expect(header(asked[0]!, 'Machiaruki-Account')).toBe('me');
  const sent = JSON.parse(init.body as string) as { sent_at: string; answers: unknown[] };
  expect(Date.parse(sent.sent_at)).not.toBeNaN();
  expect(sent.answers).toHaveLength(4);
});

test('answers wait where the register has no key, nobody is signed in, or there is no network', async () => {
  played(answer(503));
  expect(await post([safe('a')], 'ja')).toEqual({ is: 'later' });
  played(answer(404));
  expect(await post([safe('a')], 'ja')).toEqual({ is: 'later' });
  played(answer(401));
  expect(await post([safe('a')], 'ja')).toEqual({ is: 'signed_out' });
  played(answer(200, 'no list'));
  expect(await post([safe('a')], 'ja')).toEqual({ is: 'later' });
  played(answer(422, { detail: 'wrong' }));
  expect((await post([safe('a')], 'ja')).is).toBe('unreadable');
});

test('check-ins and marks of a gathering go to its own addresses', async () => {
  const gathering = 'g';
  const asked = played(
    answer(200, { id: 'c', status: 'stored' }),
    answer(200, { results: [{ id: 'a', status: 'stored' }] }),
  );
  await post([item('c', { kind: 'gathering_check_in', gathering })], 'ja');
  await post([item('a', { kind: 'gathering_mark', gathering })], 'ja');
  expect(asked.map(({ path }) => path)).toEqual([
    '/api/me/gatherings/g/check-in',
    '/api/gatherings/g/attendance',
  ]);
});
