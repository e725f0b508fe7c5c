/** Whose visits these are. Remembered on the device, for a walk without a network. */
import { lastHere, me, remember } from '../../../shell/session';

/** The account that taps; null when nobody has signed in on this device, or whoever did has signed out. */
export function walker(): string | null {
  const account = me()?.account;
  if (account) remember(account);
  return account ?? lastHere();
}
