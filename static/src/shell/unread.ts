/** How many notices one has not read: asked for with each page, and again when somebody comes back to it. */
import { get } from '../api/client';
import type { UnreadNotices } from '../api/types';
import { Store } from '../state/store';

export const unreadStore = new Store<{
  /** Null until it is known. */
  count: number | null;
}>({ count: null });

/** However often somebody comes and goes, the service is not asked more often than that. */
const PAUSE_MS = 60_000;
let askedAt = -Infinity;

/** Asks, unless that was done less than a minute ago. */
export async function askUnread(now = performance.now()): Promise<void> {
  if (now - askedAt < PAUSE_MS) return;
  askedAt = now;
  try {
    unreadStore.set({ count: (await get<UnreadNotices>('/api/me/notices/unread')).unread });
  } catch {
    // Without a number the bell is still the way to the notices.
  }
}

/** Says how many there are, for whoever has just learnt it. */
export const setUnread = (count: number): void => {
  unreadStore.set({ count });
};
