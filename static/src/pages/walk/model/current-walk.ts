/** The walk that is on. It survives a reload, and while it is on nothing of the page is replaced under the walker. */

const KEY = 'machiaruki.walk';
/** After that long nobody is still walking, in milliseconds: it was left without a word. */
const LONGEST_MS = 24 * 3_600_000;

/** Which route is being walked, on which stop somebody looks; null when none is. */
export function currentWalk(now = Date.now()): string | null {
  try {
    const { route, since } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as {
      route?: string;
      since?: number;
    };
    return route && since !== undefined && now - since < LONGEST_MS ? route : null;
  } catch {
    return null;
  }
}

/** A walk begins. */
export function beginWalk(route: string, now = Date.now()): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ route, since: now }));
  } catch {
    // Without storage it does not survive a reload; nothing else changes.
  }
}

/** It is over. */
export function endWalk(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
