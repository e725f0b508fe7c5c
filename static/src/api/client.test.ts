import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, get, isAbort, request } from './client';

const answer = (status: number, body: BodyInit | null, headers: HeadersInit = {}): void => {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(body, { status, headers }))),
  );
};

const failing = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('brings JSON and its validator', async () => {
  answer(200, '{"a":1}', { etag: '"v1"' });
  expect(await request('/x', { etag: null })).toEqual({ body: { a: 1 }, etag: '"v1"' });
});

test('sends the validator it holds and keeps it when nothing has changed', async () => {
  answer(304, null);
  expect(await request('/x', { etag: '"v1"' })).toEqual({ body: null, etag: '"v1"' });
  const [, init] = vi.mocked(fetch).mock.calls[0]!;
  expect(init?.headers).toMatchObject({ 'If-None-Match': '"v1"', 'Accept-Language': 'ja' });
  expect(init?.cache).toBe('no-store');
});

test.each([
  [404, 'missing'],
  [429, 'busy'],
  [503, 'busy'],
  [500, 'server'],
  [400, 'server'],
])('status %i is a failure of kind %s', async (status, kind) => {
  answer(status, '{"detail":"why","id":"42"}', { 'content-type': 'application/problem+json' });
  expect(await failing(get('/x'))).toMatchObject({ kind, status, detail: 'why', id: '42' });
});

test("a proxy's error page is no reason to fail differently", async () => {
  answer(502, '<h1>Bad gateway</h1>', { 'content-type': 'text/html' });
  expect(await failing(get('/x'))).toMatchObject({ kind: 'server', detail: null });
});

test('what is not JSON is unreadable', async () => {
  answer(200, '<html>');
  expect(await failing(get('/x'))).toMatchObject({ kind: 'unreadable' });
});

test('no network is told apart from a bad answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const error = await failing(get('/x'));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ kind: 'offline' });
});

const never = (_: unknown, init?: RequestInit): Promise<Response> =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => {
      reject(new DOMException('aborted', 'AbortError'));
    });
  });

test('a service that never answers is a timeout', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', never);
  const error = failing(get('/x'));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await error).toMatchObject({ kind: 'timeout' });
});

test("a caller's own cancellation is an abort, not a failure", async () => {
  vi.stubGlobal('fetch', never);
  const controller = new AbortController();
  const error = failing(get('/x', controller.signal));
  controller.abort();
  expect(isAbort(await error)).toBe(true);
});
