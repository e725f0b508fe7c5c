import type { ReactiveControllerHost } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api/client';
import { Pages, Task } from './task';

const host = (): ReactiveControllerHost => ({
  addController: vi.fn(),
  removeController: vi.fn(),
  requestUpdate: vi.fn<() => void>(),
  updateComplete: Promise.resolve(true),
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a task says that it is busy, and what it brought', async () => {
  const there = host();
  const task = new Task<number>(there);
  const done = task.run(() => Promise.resolve(7));
  expect(task.busy).toBe(true);
  expect(await done).toBe(true);
  expect(task).toMatchObject({ busy: false, value: 7, error: null });
  expect(vi.mocked(there.requestUpdate)).toHaveBeenCalledTimes(2);
});

test('what was there stays when it cannot be had again', async () => {
  const task = new Task<number>(host());
  await task.run(() => Promise.resolve(7));
  const error = new ApiError('invalid', 400, 'why', null, { name: 'short' });
  expect(await task.run(() => Promise.reject(error))).toBe(false);
  expect(task).toMatchObject({ value: 7, error, fields: { name: 'short' }, busy: false });
});

test('the newest of two runs counts, whichever ends first', async () => {
  const task = new Task<string>(host());
  let finish: (value: string) => void = () => undefined;
  const first = task.run(() => new Promise((resolve) => (finish = resolve)));
  const second = task.run(() => Promise.resolve('new'));
  expect(await second).toBe(true);
  finish('old');
  expect(await first).toBe(false);
  expect(task).toMatchObject({ value: 'new', busy: false });
});

interface Document {
  rows: number[];
  next: string | null;
}

test('a list grows page by page, and a failed page can be asked for again', async () => {
  const documents: Record<string, Document | undefined> = {
    '/rows': { rows: [1, 2], next: '/rows?after=2' },
    '/rows?after=2': { rows: [3], next: null },
  };
  let fails = false;
  vi.stubGlobal('fetch', (path: string) =>
    fails
      ? Promise.reject(new TypeError())
      : Promise.resolve(new Response(JSON.stringify(documents[path]))),
  );
  const pages = new Pages<number, Document>(host(), ({ rows }) => rows);
  await pages.start('/rows');
  expect(pages).toMatchObject({ items: [1, 2], hasMore: true });
  fails = true;
  await pages.more();
  expect(pages).toMatchObject({ items: [1, 2], error: { kind: 'offline' } });
  fails = false;
  await pages.again();
  expect(pages).toMatchObject({ items: [1, 2, 3], hasMore: false, error: null });
  await pages.start('/rows');
  expect(pages.items).toEqual([1, 2]);
});
