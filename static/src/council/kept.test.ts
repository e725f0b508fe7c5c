import { IDBFactory } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { forgetWalker } from '../outbox/leaving';
import { onDevice, done } from '../state/device';
import {
  forgetCouncil,
  forgetCouncils,
  isOver,
  keepCouncil,
  keptCouncil,
  refreshCouncil,
} from './kept';
import type { MyCouncilDocument } from './types';

const TODAY = '2026-11-29';

const document = (more: Partial<MyCouncilDocument> = {}): MyCouncilDocument => ({
  type: 'FeatureCollection',
  as_of: '2026-11-29T02:00:00Z',
  state: 'decided',
  home: {
    housing_name: '見本の寮',
    unit_name: '101',
    address: '見本町1-1',
    location: [139.7, 35.6],
    from: '2026-04-01',
  },
  features: [],
  attributions: [],
  ...more,
});
const kept = (account: string, more: Partial<MyCouncilDocument> = {}) => ({
  account,
  document: document(more),
  outlines: {},
});

/** All that lies in the database, as it lies there. */
const written = (factory: IDBFactory): Promise<unknown[]> =>
  onDevice(
    'council',
    'readonly',
    (store) => done(store.getAll() as IDBRequest<unknown[]>),
    factory,
  );

test('a copy opens for its account and nobody else', async () => {
  const factory = new IDBFactory();
  await keepCouncil(kept('me'), factory);
  expect(await keptCouncil('me', TODAY, factory)).toEqual(kept('me'));
  expect(await keptCouncil('somebody else', TODAY, factory)).toBeNull();
});

test('what is written says nothing of its content, and its key cannot be read', async () => {
  const factory = new IDBFactory();
  await keepCouncil(kept('me'), factory);
  const [sealed] = (await written(factory)) as { key: CryptoKey; bytes: ArrayBuffer }[];
  expect(new TextDecoder().decode(sealed!.bytes)).not.toContain('見本');
  expect(sealed!.key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', sealed!.key)).rejects.toThrow();
});

test('a copy that is put under another account does not open, and is taken away', async () => {
  const factory = new IDBFactory();
  await keepCouncil(kept('me'), factory);
  const [sealed] = await written(factory);
  await onDevice('council', 'readwrite', (store) => done(store.put(sealed, 'other')), factory);
  expect(await keptCouncil('other', TODAY, factory)).toBeNull();
  expect(await written(factory)).toHaveLength(1);
});

test('only what is there is refreshed: without consent nothing is kept', async () => {
  const factory = new IDBFactory();
  expect(await refreshCouncil(kept('me'), factory)).toBe(false);
  expect(await written(factory)).toEqual([]);
  await keepCouncil(kept('me'), factory);
  expect(await refreshCouncil(kept('me', { state: 'waiting' }), factory)).toBe(true);
  expect((await keptCouncil('me', TODAY, factory))?.document.state).toBe('waiting');
  expect(await refreshCouncil(kept('somebody else'), factory)).toBe(false);
});

test('another who keeps theirs takes the place', async () => {
  const factory = new IDBFactory();
  await keepCouncil(kept('me'), factory);
  await keepCouncil(kept('somebody else'), factory);
  expect(await keptCouncil('me', TODAY, factory)).toBeNull();
});

test('it goes by itself after moving out, on the switch, and at sign-out', async () => {
  const factory = new IDBFactory();
  const home = { ...document().home!, until: TODAY };
  await keepCouncil(kept('me', { home }), factory);
  expect(await keptCouncil('me', TODAY, factory)).not.toBeNull();
  expect(await keptCouncil('me', '2026-11-30', factory)).toBeNull();
  expect(await written(factory)).toEqual([]);
  await keepCouncil(kept('me'), factory);
  await forgetCouncil('somebody else', factory);
  expect(await written(factory)).toHaveLength(1);
  await forgetCouncil('me', factory);
  expect(await written(factory)).toEqual([]);
  await keepCouncil(kept('me'), factory);
  await forgetCouncils(factory);
  expect(await written(factory)).toEqual([]);
});

test('signing out takes all of them away', async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  await keepCouncil(kept('me'));
  await forgetWalker();
  expect(await keptCouncil('me', TODAY)).toBeNull();
  vi.unstubAllGlobals();
});

test('the last day is still one of them', () => {
  const home = { ...document().home!, until: TODAY };
  expect(isOver(document({ home }), TODAY)).toBe(false);
  expect(isOver(document({ home }), '2026-11-30')).toBe(true);
  expect(isOver(document(), '2099-01-01')).toBe(false);
});
