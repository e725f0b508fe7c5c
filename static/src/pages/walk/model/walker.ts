/** Whose visits these are. Remembered on the device, for a walk without a network. */
import { me } from '../../../shell/session';

const KEY = 'machiaruki.walker';

/** The account that taps; null when nobody has signed in on this device, or whoever did has signed out. */
export function walker(): string | null {
  const account = me()?.account;
  try {
    if (account) localStorage.setItem(KEY, account);
    return account ?? localStorage.getItem(KEY);
  } catch {
    return account ?? null;
  }
}
