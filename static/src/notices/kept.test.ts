import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { forgetNotices, keepNotices, keptNotices } from './kept';
import type { Notice } from '../api/types';

const notice = { id: 'a', title: '見本' } as Notice;

test('notices stay for their owner alone, until others take their place', async () => {
  const factory = new IDBFactory();
  expect(await keptNotices('me', factory)).toBeNull();
  await keepNotices({ account: 'me', notices: [notice], at: 1 }, factory);
  expect(await keptNotices('me', factory)).toEqual({ account: 'me', notices: [notice], at: 1 });
  expect(await keptNotices('somebody else', factory)).toBeNull();
  await keepNotices({ account: 'somebody else', notices: [], at: 2 }, factory);
  expect(await keptNotices('me', factory)).toBeNull();
});

test('who signs out leaves none', async () => {
  const factory = new IDBFactory();
  await keepNotices({ account: 'me', notices: [notice], at: 1 }, factory);
  await forgetNotices(factory);
  expect(await keptNotices('me', factory)).toBeNull();
});
