/**
 * The activation that is open for whoever is signed in: asked for with each page, and again when somebody comes back to it or
 * uses it, at most once a minute. It never asks by itself: a page that nobody uses must not keep its session alive.
 */
import { asApiError, request } from '../api/client';
import { remember } from '../shell/session';
import { Store } from '../state/store';
import { forgetActivation, keepActivation, type KeptActivation, keptActivation } from './kept';
import { expectedHeight, expectHeight } from './marks';
import type { MyActivation, MyActivationDocument } from './types';

export interface OpenState {
  activation: MyActivation | null;
  /** Whose it is. */
  account: string | null;
  /** When it was told: milliseconds since 1970. */
  at: number;
  /** Whether it was told another time than now, and kept. */
  isKept: boolean;
}

const NOTHING: OpenState = { activation: null, account: null, at: 0, isKept: false };
export const openStore = new Store<OpenState>(NOTHING);

const PAUSE_MS = 60_000;
let askedAt = -Infinity;
let asking: Promise<void> | null = null;

/** Shows what is kept for an account, until the service has been asked. */
export async function showKept(account: string): Promise<void> {
  if (expectedHeight() === null || openStore.state.activation) return;
  const kept = await keptActivation(account).catch(() => null);
  // Meanwhile the service may have said something newer.
  if (!kept || openStore.state.activation) return;
  openStore.set({ ...kept, account, isKept: true });
}

/** Shows nothing, as when nobody is signed in. What is kept stays. */
export const hide = (): void => {
  openStore.set(NOTHING);
};

/** Asks the service, unless that was done less than a minute ago; `isUrgent` asks all the same. */
export async function askOpen(
  account: string,
  { isUrgent = false, now = performance.now() } = {},
): Promise<void> {
  if (!isUrgent && now - askedAt < PAUSE_MS) return;
  askedAt = now;
  // One after the other: what was asked for first must not arrive last.
  const before = asking;
  asking = (async () => {
    await before;
    await ask(account);
  })();
  await asking;
}

async function ask(account: string): Promise<void> {
  // What is received from now on may not be in the answer.
  const at = Date.now();
  try {
    const { body } = await request<MyActivationDocument>('/api/me/activation', { account });
    await (body?.activation ? take(account, { activation: body.activation, at }) : drop());
  } catch (error) {
    // Whoever is signed out sees what is kept where a page works without a network, and nothing elsewhere.
    if (asApiError(error).kind === 'missing') await drop();
  }
}

async function take(account: string, told: KeptActivation): Promise<void> {
  openStore.set({ ...told, account, isKept: false });
  await keepActivation(account, told).catch(() => undefined);
  // So that it is found where nobody can be asked whose device it is.
  remember(account);
  if (expectedHeight() === null) expectHeight(0);
}

async function drop(): Promise<void> {
  openStore.set(NOTHING);
  if (expectedHeight() === null) return;
  expectHeight(null);
  await forgetActivation().catch(() => undefined);
}
