/** A poster's code that was followed by its link: it waits for a tap, also through a sign-in. */
const KEY = 'machiaruki.scanned';

/** What a link said. */
export interface Scanned {
  route: string;
  stop: string;
  code: string;
}

/** Takes it from the address, where it reached no log, else from what was kept. */
export function scanned(): Scanned | null {
  const asked = new URLSearchParams(location.hash.slice(1));
  const [route, stop, code] = ['route', 'stop', 'code'].map((name) => asked.get(name));
  try {
    if (route && stop && code) {
      sessionStorage.setItem(KEY, JSON.stringify({ route, stop, code }));
      history.replaceState(null, '', location.pathname + location.search);
      return { route, stop, code };
    }
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Scanned | null;
  } catch {
    return null;
  }
}

/** Forgets it: it was used, or not wanted. */
export function forgetScanned(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Storage may be forbidden; then nothing is in it.
  }
}
