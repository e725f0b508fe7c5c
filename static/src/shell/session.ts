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
    sessionStore.set({ session });
    return session;
  } catch (error) {
    sessionStore.set({ error: asApiError(error) });
    return null;
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

/** Signs out, here and, where there is one, at the single sign-on; says whether, when something unsent speaks against it. */
export async function signOut(): Promise<boolean> {
  const leaving = await import('../outbox/leaving');
  const who = me();
  if (who && !(await leaving.mayLeave(who.account))) return false;
  const { continue_at: next } = await send<{ continue_at?: string | null }>(
    'POST',
    '/api/sign-out',
  );
  await leaving.forgetWalker();
  go(next ?? '/');
  return true;
}
