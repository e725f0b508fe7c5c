/** Small marks in the browser's storage: that something is kept, so that pages of everybody else need not look for it. They say of nobody who it is. */

/** That an activation is kept on this device, and how high its banner was: the page keeps room for it from the beginning. */
const OPEN = 'machiaruki.activation';
/** That an answer may be unsent: any page sends it. */
const UNSENT = 'machiaruki.answers';

const stored = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Where storage is forbidden, nothing is kept.
  }
};

const store = (key: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // As above.
  }
};

/** How high the banner was, in pixels; null where none is expected. */
export function expectedHeight(): number | null {
  const value = stored(OPEN);
  return value === null ? null : Math.max(0, Number(value) || 0);
}

/** Says how high the banner is, or that there is none any more. */
export const expectHeight = (pixels: number | null): void => {
  store(OPEN, pixels === null ? null : String(Math.round(pixels)));
};

/** Whether an answer may be unsent. */
export const mayBeUnsent = (): boolean => stored(UNSENT) !== null;

/** Says whether an answer may be unsent. */
export const markUnsent = (isUnsent: boolean): void => {
  store(UNSENT, isUnsent ? '1' : null);
};
