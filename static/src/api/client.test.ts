import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, download, exchange, fileName, get, isAbort, request, send } from './client';

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
  [429, 'limited'],
  [503, 'busy'],
  [500, 'server'],
  [400, 'invalid'],
  [401, 'signed_out'],
  [403, 'forbidden'],
  [409, 'conflict'],
  [412, 'changed'],
  [413, 'invalid'],
  [422, 'unprocessable'],
  [428, 'changed'],
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

test('sends JSON and the version that is meant', async () => {
  answer(200, '{"a":2}', { etag: '"v2"' });
  expect(await exchange('PATCH', '/x', { a: 2 }, { ifMatch: '"v1"' })).toEqual({
    body: { a: 2 },
    etag: '"v2"',
  });
  const [path, init] = vi.mocked(fetch).mock.calls[0]!;
  expect(path).toBe('/x');
  expect(init).toMatchObject({ method: 'PATCH', body: '{"a":2}' });
  expect(init?.headers).toMatchObject({
    'Content-Type': 'application/json',
    'If-Match': '"v1"',
    'Accept-Language': 'ja',
  });
});

test('says nothing of a type where nothing is sent, and takes no content for an answer', async () => {
  answer(204, null);
  expect(await send<unknown>('DELETE', '/x')).toBeNull();
  const [, init] = vi.mocked(fetch).mock.calls[0]!;
  expect(init?.headers).not.toHaveProperty('Content-Type');
  expect(init?.body).toBeUndefined();
});

test('tells which fields are wrong', async () => {
  const errors = [{ field: 'reason', message: 'too long' }];
  answer(400, JSON.stringify({ detail: 'why', errors }), {
    'content-type': 'application/problem+json',
  });
  expect(await failing(send('POST', '/x', {}))).toMatchObject({
    kind: 'invalid',
    fields: { reason: 'too long' },
  });
});

test('a file comes with its name, in any language', async () => {
  const disposition =
    'attachment; filename="a-2026.csv"; filename*=UTF-8\'\'%E4%BB%A4%E5%92%8C.csv';
  answer(200, 'a,b', { 'content-disposition': disposition });
  const { name, blob } = await download('/x');
  expect([name, await blob.text()]).toEqual(['令和.csv', 'a,b']);
  expect(fileName('attachment; filename="a.csv"')).toBe('a.csv');
  expect(fileName('attachment; filename="a.csv"; filename*=UTF-8\'\'%E4%B')).toBe('a.csv');
  expect(fileName(null)).toBe('download');
});

test('why there is no file is said as it is of JSON', async () => {
  answer(422, '{"detail":"𠮷"}', { 'content-type': 'application/problem+json' });
  expect(await failing(download('/x'))).toMatchObject({ kind: 'unprocessable', detail: '𠮷' });
});
