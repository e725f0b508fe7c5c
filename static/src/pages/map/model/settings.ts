import { asApiError } from '../../../api/client';
import { getSettings } from '../../../api/endpoints';
import { store } from './state';

/** Asks what this deployment is: which ward, which base map, whether it is a demonstration. */
export async function loadSettings(): Promise<void> {
  store.set({ settingsError: null });
  try {
    store.set({ settings: await getSettings() });
  } catch (error) {
    store.set({ settingsError: asApiError(error) });
  }
}
