import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastHere } from '../shell/session';
import { keptActivation } from './kept';
import { expectedHeight } from './marks';
import { askOpen, hide, openStore, showKept } from './open';
import type { MyActivation } from './types';

const activation: MyActivation = {
  id: 'a',
  kind: 'real',
  title: '参集',
  message: '',
  declared_at: '2026-11-29T01:00:00Z',
};
const urgent = { isUrgent: true };

function played(...answers: (MyActivation | null | number)[]) {
  const fetch = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(() => {
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    return Promise.resolve(
      typeof answer === 'number'
        ? new Response('{}', { status: answer })
        : new Response(JSON.stringify({ activation: answer })),
    );
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  localStorage.clear();
  hide();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('however often it is asked, the service is asked once a minute, and only for that account', async () => {
  const fetch = played(activation);
  await askOpen('me', { now: 1_000_000 });
  await askOpen('me', { now: 1_059_999 });
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(new Headers(fetch.mock.calls[0]![1].headers).get('Machiaruki-Account')).toBe('me');
  await askOpen('me', { now: 1_060_000 });
  await askOpen('me', { now: 1_060_001, ...urgent });
  expect(fetch).toHaveBeenCalledTimes(3);
});

test('what is open is kept, and found again without a network', async () => {
  played(activation);
  await askOpen('me', urgent);
  expect(openStore.state).toMatchObject({ activation, account: 'me', isKept: false });
  expect(lastHere()).toBe('me');
  hide();
  await showKept('other');
  expect(openStore.state.activation).toBeNull();
  await showKept('me');
  expect(openStore.state).toMatchObject({ activation, account: 'me', isKept: true });
});

test('when it is over, nothing of it is left', async () => {
  played(activation, null);
  await askOpen('me', urgent);
  await askOpen('me', urgent);
  expect(openStore.state.activation).toBeNull();
  expect(expectedHeight()).toBeNull();
  expect(await keptActivation('me')).toBeNull();
});

test('whoever lives elsewhere leaves no trace', async () => {
  played(null);
  await askOpen('me', urgent);
  expect(localStorage.length).toBe(0);
  expect(await indexedDB.databases()).toEqual([]);
});

test('what cannot be asked changes nothing', async () => {
  played(activation, 503, 401, 500);
  for (let time = 0; time < 4; time += 1) await askOpen('me', urgent);
  expect(openStore.state.activation).toEqual(activation);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError()));
  await askOpen('me', urgent);
  expect(openStore.state.activation).toEqual(activation);
});
