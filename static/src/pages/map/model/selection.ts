/** Choosing a feature: the same from the map, the list, the search and a link. */
import { asApiError, isAbort } from '../../../api/client';
import { getFeature } from '../../../api/endpoints';
import type { Feature } from '../../../api/types';
import { focusOnMap, move } from './camera';
import { load, onLoaded, show } from './layers';
import { type Selected, store, summaryOf } from './state';

/** Where a choice was made, and so how the map answers and where the focus returns to. */
export type Origin = 'map' | 'list' | 'search' | 'detail' | 'link';

let request: AbortController | null = null;
let returnFocus: (() => boolean) | null = null;

/** Called when the details have been opened by a person and should take the focus. */
export const onOpened = new Set<() => void>();

/** Chooses a feature, shows its layer and opens its details. */
export async function select(layer: string, id: string, origin: Origin): Promise<void> {
  request?.abort();
  const controller = (request = new AbortController());
  rememberFocus(layer, id, origin);
  if (!store.state.visible.has(layer) && summaryOf(layer)) show([layer], true);
  const known = store.state.data.get(layer)?.byId.get(id);
  store.set({
    selection: { layer, id },
    selected: known ? { status: 'ready', feature: known } : { status: 'loading' },
    tab: 'detail',
    sheet: store.state.sheet === 'low' ? 'half' : store.state.sheet,
  });
  if (origin !== 'link') for (const listener of onOpened) listener();
  const selected = known ? store.state.selected : await find(layer, id, controller.signal);
  if (!selected || controller.signal.aborted) return;
  store.set({ selected });
  if (selected.status !== 'ready' || origin === 'link') return;
  const { feature } = selected;
  move((camera) => {
    camera.bring(layer, feature, origin === 'map' ? 'into view' : 'closer');
  });
}

async function find(layer: string, id: string, signal: AbortSignal): Promise<Selected | null> {
  if (!summaryOf(layer)) return { status: 'missing' };
  // The layer is on its way anyhow; only what it does not bring is worth a request of its own.
  await load(layer);
  if (signal.aborted) return null;
  const data = store.state.data.get(layer);
  const feature = data?.byId.get(id);
  if (feature) return { status: 'ready', feature };
  if (data?.status === 'ready' && !data.box) return { status: 'missing' };
  try {
    return { status: 'ready', feature: await getFeature(layer, id, signal) };
  } catch (error) {
    if (isAbort(error)) return null;
    const reason = asApiError(error);
    return reason.kind === 'missing' ? { status: 'missing' } : { status: 'error', error: reason };
  }
}

/** Asks again for a feature that could not be read. */
export function retrySelection(): void {
  const { selection } = store.state;
  if (!selection) return;
  void load(selection.layer);
  void select(selection.layer, selection.id, 'link');
}

/** Closes the details and gives the focus back to where it came from. */
export function clearSelection(): void {
  const { selection } = store.state;
  request?.abort();
  store.set({ selection: null, selected: null, tab: 'list' });
  const give = returnFocus;
  returnFocus = null;
  // The list has to be on screen again before one of its rows can take the focus.
  requestAnimationFrame(() => {
    if (give?.() || (selection && focusRow(selection.layer, selection.id))) return;
    document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  });
}

function rememberFocus(layer: string, id: string, origin: Origin): void {
  if (origin === 'detail') return;
  const element = document.activeElement;
  if (origin === 'map') returnFocus = () => focusOnMap(layer, id);
  else if (origin === 'search' && element instanceof HTMLElement) {
    returnFocus = () => {
      element.focus();
      return true;
    };
  } else returnFocus = () => focusRow(layer, id);
}

function focusRow(layer: string, id: string): boolean {
  const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(`${layer}/${id}`)}"]`);
  row?.focus();
  return row !== null;
}

// A newer version of the layer may have changed the chosen feature, or no longer have it.
onLoaded.add((layer) => {
  const { selection, data, selected } = store.state;
  if (selection?.layer !== layer || selected?.status === 'loading') return;
  const loaded = data.get(layer);
  const feature: Feature | undefined = loaded?.byId.get(selection.id);
  if (feature) store.set({ selected: { status: 'ready', feature } });
  else if (loaded && !loaded.box) store.set({ selected: { status: 'missing' } });
});
