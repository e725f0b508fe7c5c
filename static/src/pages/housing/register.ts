/** What the parts of the page tell each other: that the register changed, and how much waits. */
import { get } from '../../api/client';
import { Store } from '../../state/store';
import { type HousingList, waitingIn } from './model';

export interface RegisterState {
  /** How many tasks wait; null until it is known. */
  waiting: number | null;
  /** Grows when something changed, so that the map is read again. */
  changes: number;
}

export const registerStore = new Store<RegisterState>({ waiting: null, changes: 0 });

/** So many tasks wait. */
export const counted = (waiting: number): void => {
  registerStore.set({ waiting });
};

/** Something changed: what is shown is old. */
export const changed = (): void => {
  registerStore.set({ changes: registerStore.state.changes + 1 });
};

/** Counts the tasks where they are not listed: by the buildings, so that no person is read for it. */
export async function recount(): Promise<void> {
  try {
    counted(waitingIn((await get<HousingList>('/api/housing')).housing));
  } catch {
    // The number is then old or missing; the list of tasks says why.
  }
}
