import { afterEach, expect, test, vi } from 'vitest';
import { askUnread, setUnread, unreadStore } from './unread';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('however often it is asked, the service is asked once a minute', async () => {
  let unread = 3;
  const fetch = vi.fn(() => Promise.resolve(new Response(JSON.stringify({ unread }))));
  vi.stubGlobal('fetch', fetch);
  await askUnread(1_000);
  await askUnread(2_000);
  await askUnread(60_999);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(unreadStore.state.count).toBe(3);
  unread = 4;
  await askUnread(61_000);
  expect(unreadStore.state.count).toBe(4);
  // Without a network the last number stays.
  fetch.mockRejectedValueOnce(new TypeError());
  await askUnread(121_000);
  expect(unreadStore.state.count).toBe(4);
  setUnread(0);
  expect(unreadStore.state.count).toBe(0);
});
