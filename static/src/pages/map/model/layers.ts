/**
 * Loads layers and keeps them fresh. Each layer fails on its own: an error stays with the layer
 * that has it, and the rest works.
 */
import { asApiError, isAbort } from '../../../api/client';
import { getFeatures, getLayers } from '../../../api/endpoints';
import type { Bbox, Feature, LayerSummary } from '../../../api/types';
import { grow } from '../../../geo/measure';
import { learnRoutes } from '../../../symbols/looks';
import { type LayerData, store, summaryOf } from './state';

/** Above this a layer is loaded for the view only; a phone should not hold more. */
export const WHOLE_UP_TO = 20_000;
/** How many features of a view are asked for. */
export const VIEW_LIMIT = 2_000;
/** A view is loaded with some of its surroundings, so that a small step needs no request. */
const MARGIN = 0.25;

const EMPTY: LayerData = {
  status: 'loading',
  features: [],
  byId: new Map(),
  version: null,
  error: null,
  box: null,
  cut: false,
};

const inFlight = new Map<string, { controller: AbortController; done: Promise<void> }>();
/** Layers that something other than the panel needs, such as the stops of a chosen route. */
const wanted = new Set<string>();
let etag: string | null = null;

/** Called with a layer's name after its features have arrived. */
export const onLoaded = new Set<(layer: string) => void>();

function put(layer: string, patch: Partial<LayerData>): void {
  const data = new Map(store.state.data);
  data.set(layer, { ...(data.get(layer) ?? EMPTY), ...patch });
  store.set({ data });
}

const byView = (summary: LayerSummary): boolean => summary.feature_count > WHOLE_UP_TO;

const holds = (outer: Bbox, inner: Bbox): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

/** Whether what is loaded of a layer still answers for the newest version and the view. */
function enough(summary: LayerSummary): boolean {
  const known = store.state.data.get(summary.id);
  if (known?.version !== summary.version || known.status === 'error') return false;
  if (!byView(summary)) return true;
  const { viewBox } = store.state;
  return viewBox === null || (known.box !== null && !known.cut && holds(known.box, viewBox));
}

/** Loads a layer unless it is there already, or on its way. */
export function load(layer: string, { force = false } = {}): Promise<void> {
  const summary = summaryOf(layer);
  if (!summary || (byView(summary) && !store.state.viewBox)) return Promise.resolve();
  if (!force && enough(summary)) return inFlight.get(layer)?.done ?? Promise.resolve();
  inFlight.get(layer)?.controller.abort();
  const controller = new AbortController();
  const done = fetchLayer(summary, controller.signal).finally(() => {
    if (inFlight.get(layer)?.controller === controller) inFlight.delete(layer);
  });
  inFlight.set(layer, { controller, done });
  return done;
}

async function fetchLayer(summary: LayerSummary, signal: AbortSignal): Promise<void> {
  const { id: layer, version } = summary;
  const { viewBox } = store.state;
  const box = byView(summary) && viewBox ? grow(viewBox, MARGIN) : null;
  put(layer, { status: 'loading', error: null, version, box });
  try {
    const narrow = box && { bbox: box, limit: VIEW_LIMIT };
    const { features, number_matched: matched } = await getFeatures(layer, narrow, signal);
    learnRoutes(features);
    put(layer, {
      status: 'ready',
      features,
      byId: new Map(features.map((feature): [string, Feature] => [feature.id, feature])),
      cut: matched > features.length,
    });
    for (const listener of onLoaded) listener(layer);
  } catch (error) {
    if (!isAbort(error)) put(layer, { status: 'error', error: asApiError(error) });
  }
}

/** Loads a layer although it may be switched off, and keeps it fresh from now on. */
export function want(layer: string): void {
  wanted.add(layer);
  void load(layer);
}

/** Switches layers on or off. */
export function show(layers: Iterable<string>, on: boolean): void {
  const visible = new Set(store.state.visible);
  for (const layer of layers) {
    if (on) visible.add(layer);
    else visible.delete(layer);
  }
  store.set({ visible });
  refreshVisible();
}

/** Loads whatever of the visible layers is missing or out of date. */
export function refreshVisible(): void {
  for (const layer of new Set([...store.state.visible, ...wanted])) {
    // A layer that failed waits for its retry button, or for a new version.
    const known = store.state.data.get(layer);
    const version = summaryOf(layer)?.version;
    if (known?.status === 'error' && known.version === version) continue;
    void load(layer);
  }
}

/** Asks which layers there are and loads what changed since the last time. */
export async function refreshSummaries(): Promise<void> {
  try {
    const answer = await getLayers(etag);
    etag = answer.etag;
    const patch = { summariesStatus: 'ready', summariesError: null, staleSince: null } as const;
    store.set(answer.body ? { ...patch, summaries: answer.body.layers } : patch);
    refreshVisible();
  } catch (error) {
    if (isAbort(error)) return;
    if (store.state.summariesStatus === 'ready') {
      store.set({ staleSince: store.state.staleSince ?? Date.now() });
    } else {
      store.set({ summariesStatus: 'error', summariesError: asApiError(error) });
    }
  }
}

const POLL_MS = 60_000;

/** Keeps asking every minute while somebody looks, and at once when they come back. */
export function keepFresh(): void {
  const ask = (): void => {
    if (document.visibilityState === 'visible') void refreshSummaries();
  };
  setInterval(ask, POLL_MS);
  document.addEventListener('visibilitychange', ask);
  window.addEventListener('focus', ask);
  window.addEventListener('online', () => {
    ask();
    // What failed for want of a network need not wait for somebody to press a button.
    for (const [layer, { error }] of store.state.data) {
      if (error?.kind === 'offline') void load(layer, { force: true });
    }
  });
}
