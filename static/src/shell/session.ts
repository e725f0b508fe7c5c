/** Who is signed in, and what the deployment is: what every page but the map asks first. */
import { type ApiError, asApiError, get, send } from '../api/client';
import type { Me, Session, Settings } from '../api/types';
import { isLanguage, rememberedLanguage, setLanguage } from '../i18n';
import { Store } from '../state/store';

export interface SessionState {
  /** Null until it is known. */
  session: Session | null;
  /** Why it is not known. */
  error: ApiError | null;
  /** Which ward this is, and whether it is the demo; null until it is known, or when it cannot be. */
  settings: Settings | null;
}

export const sessionStore = new Store<SessionState>({ session: null, error: null, settings: null });

/** Asks who is signed in, and again after it may have changed. */
export async function loadSession(): Promise<Session | null> {
  sessionStore.set({ error: null });
  try {
    const session = await get<Session>('/api/session');
    // A choice made on this device counts more than the account's, which is for new devices.
    const chosen = session.me?.language;
    if (isLanguage(chosen) && !rememberedLanguage()) {
      void setLanguage(chosen, { remember: false });
    }
    if (session.me) rememberLast(session.me.account);
    sessionStore.set({ session });
    return session;
  } catch (error) {
    sessionStore.set({ error: asApiError(error) });
    return null;
  }
}

/** Whose device it is where that cannot be asked. */
const LAST = 'machiaruki.walker';

/** Without a network the device is whose it was last: what is kept for whoever was here before is then shown to nobody. */
function rememberLast(account: string): void {
  if (lastHere() !== null) remember(account);
}

/** Remembers whose device it is, because something of theirs is kept on it. */
export function remember(account: string): void {
  try {
    localStorage.setItem(LAST, account);
  } catch {
    // Where storage is forbidden, nobody is remembered.
  }
}

/** Whose device it was last; null when nothing of anybody's is kept, or whoever it was has signed out. */
export function lastHere(): string | null {
  try {
    return localStorage.getItem(LAST);
  } catch {
    return null; // As above.
  }
}

/** Asks what this deployment is. A page can do without it. */
export async function loadSettings(): Promise<void> {
  try {
    sessionStore.set({ settings: await get<Settings>('/api/settings') });
  } catch {
    // The ward's name and the demo's banner are then missing; nothing else is.
  }
}

/** Who is signed in, when it is known that somebody is. */
export const me = (): Me | null => sessionStore.state.session?.me ?? null;

/** Whether whoever is signed in has a permission, by its name in the service, such as `read_staff`. */
export const may = (permission: string, who: Me | null = me()): boolean =>
  who?.permissions.includes(permission) ?? false;

/** Goes to another page. */
export const go = (url: string): void => {
  location.assign(url);
};

interface SignedOut {
  continue_at?: string | null;
}

/** Signs out, here and, where there is one, at the single sign-on; says whether, when something unsent speaks against it. */
export async function signOut(): Promise<boolean> {
  const leaving = await import('../outbox/leaving');
  const who = me();
  if (who && !(await leaving.mayLeave(who.account))) return false;
  let next: string | null | undefined;
  try {
    ({ continue_at: next } = await send<SignedOut>('POST', '/api/sign-out'));
  } catch (error) {
    // A session that is over already leaves as little on the device.
    if (asApiError(error).kind === 'signed_out') await leaving.forgetWalker();
    throw error;
  }
  await leaving.forgetWalker();
  go(next ?? '/');
  return true;
}
