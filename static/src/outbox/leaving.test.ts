import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keep, keptOutings } from '../outings/kept';
import type { Outing } from '../outings/types';
import { OutboxDatabase } from './database';
import type { Item } from './item';
import { forgetWalker, mayLeave } from './leaving';

const item: Item = {
  id: 'a',
  kind: 'visit',
  owner: 'me',
  made: 0,
  body: {},
  state: { is: 'queued', tries: 0 },
};

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function filled(): Promise<OutboxDatabase> {
  const database = await OutboxDatabase.open();
  await database.add([item, { ...item, id: 'b' }]);
  return database;
}

/** Answers the question that is asked. */
async function answered(value: 'yes' | 'no'): Promise<string> {
  const dialog = await vi.waitUntil(() => document.querySelector('dialog'));
  const text = dialog.textContent;
  dialog.close(value);
  return text;
}

test('whoever has nothing unsent leaves without a word', async () => {
  await filled();
  expect(await mayLeave('somebody else')).toBe(true);
});

test('whoever has something unsent is asked', async () => {
  await filled();
  const stays = mayLeave('me');
  expect(await answered('no')).toContain('2件');
  expect(await stays).toBe(false);
  const leaves = mayLeave('me');
  await answered('yes');
  expect(await leaves).toBe(true);
});

test('what says where somebody was is forgotten; what is unsent stays', async () => {
  const database = await filled();
  const receipt = { id: 'a', kind: 'visit', owner: 'me', received: 0 } as const;
  await database.receive([{ ...receipt, status: 'stored', outcome: null, body: {} }]);
  localStorage.setItem('machiaruki.walker', 'me');
  await forgetWalker();
  expect(localStorage.getItem('machiaruki.walker')).toBeNull();
  expect(await database.receipts()).toEqual([]);
  expect((await database.items()).map(({ id }) => id)).toEqual(['b']);
});

test('the names of whom one led are forgotten', async () => {
  const outing = { id: 'o', starts_at: new Date().toISOString() } as Outing;
  const codes = { from: '', step_s: 30, window_s: 60, codes: [] };
  const people = [
    {
      staff_id: 's',
      name: '見本 あゆみ',
      name_kana: '',
      department: '',
      confirmed: true,
      present: null,
    },
  ];
  const sheet = { codes, people, at: 0, isClockWrong: false };
  await keep({ account: 'me', outing, sheet, at: 0 });
  expect(await keptOutings('me')).toHaveLength(1);
  await forgetWalker();
  expect(await keptOutings('me')).toEqual([]);
});
