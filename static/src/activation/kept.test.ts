import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { forgetWalker } from '../outbox/leaving';
import { done, onDevice } from '../state/device';
import { forgetActivation, keepActivation, keptActivation } from './kept';
import { expectedHeight, expectHeight } from './marks';
import type { MyActivation } from './types';

const AT = 1_790_000_000_000;
const activation: MyActivation = {
  id: 'a',
  kind: 'drill',
  title: '参集訓練',
  message: '見本',
  declared_at: '2026-11-29T01:00:00Z',
  muster: { name: '【見本】みなみ小学校', location: [139.7, 35.6], is_council: true },
  council_name: '見本協議会',
};
const kept = { activation, at: AT };

const written = (factory: IDBFactory): Promise<{ key: CryptoKey; bytes: ArrayBuffer }[]> =>
  onDevice(
    'activation',
    'readonly',
    async (store) => (await done(store.getAll())) as { key: CryptoKey; bytes: ArrayBuffer }[],
    factory,
  );

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

test('it opens for its account alone, and what is written does not say where one gathers', async () => {
  const factory = new IDBFactory();
  await keepActivation('me', kept, factory);
  expect(await keptActivation('me', AT, factory)).toEqual(kept);
  expect(await keptActivation('other', AT, factory)).toBeNull();
  const [sealed] = await written(factory);
  expect(new TextDecoder().decode(sealed!.bytes)).not.toContain('見本');
  expect(sealed!.key.extractable).toBe(false);
});

test('a later one takes its place, and an old one is not shown', async () => {
  const factory = new IDBFactory();
  await keepActivation('me', kept, factory);
  await keepActivation('other', { activation: { ...activation, id: 'b' }, at: AT }, factory);
  expect(await keptActivation('me', AT, factory)).toBeNull();
  expect(await written(factory)).toHaveLength(1);
  expect((await keptActivation('other', AT + 3_600_000, factory))?.activation.id).toBe('b');
  expect(await keptActivation('other', AT + 4 * 24 * 3_600_000, factory)).toBeNull();
  await forgetActivation(factory);
  expect(await written(factory)).toEqual([]);
});

test('signing out takes it away, and says nothing of it to the next page', async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  await keepActivation('me', kept);
  expectHeight(312.4);
  expect(expectedHeight()).toBe(312);
  await forgetWalker();
  expect(await keptActivation('me', AT)).toBeNull();
  expect(expectedHeight()).toBeNull();
});
