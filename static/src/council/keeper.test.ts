import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Keeper } from './keeper';
import { forgetCouncils, keepCouncil, keptCouncil } from './kept';
import type { MyCouncilDocument } from './types';

const document = (as_of: string): MyCouncilDocument => ({
  type: 'FeatureCollection',
  as_of,
  state: 'decided',
  features: [],
  attributions: [],
});
const [older, newer] = [document('2026-11-28T00:00:00Z'), document('2026-11-29T00:00:00Z')];

/** A page, on the device of an account, with what the service says of who is signed in. */
function page(
  account: string | null,
  signedIn: { is: string | null | undefined } = { is: account },
) {
  const host = { requestUpdate: vi.fn() };
  return new Keeper(
    host,
    () => account,
    () => Promise.resolve(signedIn.is),
  );
}

const kept = async (account: string) =>
  (await keptCouncil(account, '2026-11-29'))?.document.as_of ?? null;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('nothing is kept until its owner wants that; then each visit brings it up to date', async () => {
  const keeper = page('me');
  await keeper.look();
  await keeper.refresh(older, {});
  expect(await kept('me')).toBeNull();
  expect(await keeper.keep(older, { boundary: [] })).toBe(true);
  await keeper.refresh(newer, {});
  expect(await kept('me')).toBe(newer.as_of);
  expect(keeper.own?.outlines).toEqual({ boundary: [] });
  expect(await keeper.erase()).toBe(true);
  expect([keeper.own, await kept('me')]).toEqual([null, null]);
});

test('the next visit finds it, without a network too', async () => {
  await page('me').keep(older, {});
  const keeper = page('me', { is: undefined });
  expect(keeper.hasLooked).toBe(false);
  await keeper.look();
  expect([keeper.hasLooked, keeper.own?.document.as_of]).toEqual([true, older.as_of]);
});

test('on the device of somebody else, or of nobody, it is not shown', async () => {
  await page('me').keep(older, {});
  for (const account of ['somebody else', null]) {
    const keeper = page(account);
    await keeper.look();
    expect(keeper.own).toBeNull();
  }
});

test('what was loaded while another signed in elsewhere is kept for nobody', async () => {
  await page('me').keep(older, {});
  for (const signedIn of ['somebody else', null, undefined]) {
    const keeper = page('me', { is: signedIn });
    await keeper.look();
    await keeper.refresh(newer, {});
    expect(await kept('me')).toBe(older.as_of);
    expect(await keeper.keep(newer, {})).toBe(false);
    expect(await kept('me')).toBe(older.as_of);
  }
});

test('a copy that went in another tab does not come back', async () => {
  const keeper = page('me');
  await keeper.keep(older, {});
  await forgetCouncils();
  await keeper.refresh(newer, {});
  expect([keeper.own, await kept('me')]).toEqual([null, null]);
});

test('wishes are done in the order in which they came', async () => {
  const keeper = page('me');
  await Promise.all([keeper.keep(older, {}), keeper.refresh(newer, {}), keeper.erase()]);
  expect(await kept('me')).toBeNull();
  await Promise.all([keeper.keep(older, {}), keeper.look(), keeper.refresh(newer, {})]);
  expect([keeper.own?.document.as_of, await kept('me')]).toEqual([newer.as_of, newer.as_of]);
  expect(keeper.isBusy).toBe(false);
});

test('where the device keeps nothing, that is said, and nothing is shown', async () => {
  await keepCouncil({ account: 'me', document: older, outlines: {} });
  vi.stubGlobal('indexedDB', undefined);
  const keeper = page('me');
  await keeper.look();
  expect([keeper.hasLooked, keeper.own]).toEqual([true, null]);
  expect(await keeper.keep(older, {})).toBe(false);
});
