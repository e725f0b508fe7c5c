/** The state of the map page, in one place: the map and the list show the same thing. */
import type { ApiError } from '../../../api/client';
import type { Bbox, Feature, LayerSummary, Position, Settings } from '../../../api/types';
import { Store } from '../../../state/store';

/** What has been loaded of a layer. Earlier features stay while newer ones are on their way. */
export interface LayerData {
  status: 'loading' | 'ready' | 'error';
  features: readonly Feature[];
  byId: ReadonlyMap<string, Feature>;
  /** The layer's version when the features were asked for. */
  version: number | null;
  error: ApiError | null;
  /** The box that was asked for, where the layer is too large to load whole. */
  box: Bbox | null;
  /** Whether the box holds more than the service sent. */
  cut: boolean;
}

/** Which feature is chosen. */
export interface Selection {
  layer: string;
  id: string;
}

/** What is known of the chosen feature. */
export type Selected =
  | { status: 'loading' }
  | { status: 'ready'; feature: Feature }
  | { status: 'missing' }
  | { status: 'error'; error: ApiError };

/** The middle of the map and how far it is zoomed in. */
export interface View {
  lat: number;
  lon: number;
  zoom: number;
}

/** Where the reader is, as the device says. */
export interface Place {
  position: Position;
  accuracy_m: number;
}

export type Tab = 'layers' | 'list' | 'detail';
/** How high the panel stands on a phone. */
export type SheetHeight = 'low' | 'half' | 'full';
export type Sort = 'name' | 'centre' | 'me';
/** What lies under the layers: tiles, or outlines because there are none or they fail. */
export type Base = 'tiles' | 'outlines' | 'failed';

export interface MapState {
  settings: Settings | null;
  settingsError: ApiError | null;
  summaries: readonly LayerSummary[];
  summariesStatus: 'loading' | 'ready' | 'error';
  summariesError: ApiError | null;
  /** Since when the service does not answer, as milliseconds. */
  staleSince: number | null;
  data: ReadonlyMap<string, LayerData>;
  visible: ReadonlySet<string>;
  selection: Selection | null;
  selected: Selected | null;
  view: View | null;
  viewBox: Bbox | null;
  tab: Tab;
  sheet: SheetHeight;
  filter: string;
  sort: Sort;
  inView: boolean;
  place: Place | null;
  locating: boolean;
  base: Base;
}

/** Shown when a link does not name layers: what most people come for. */
export const FIRST_LAYERS = ['routes', 'stops', 'organisations', 'shelters'];
/** What the map is drawn with where there are no tiles. */
export const BASE_LAYERS = ['boundary', 'districts', 'localities'];

export const store = new Store<MapState>({
  settings: null,
  settingsError: null,
  summaries: [],
  summariesStatus: 'loading',
  summariesError: null,
  staleSince: null,
  data: new Map(),
  visible: new Set(),
  selection: null,
  selected: null,
  view: null,
  viewBox: null,
  tab: 'layers',
  sheet: 'low',
  filter: '',
  sort: 'name',
  inView: false,
  place: null,
  locating: false,
  base: 'tiles',
});

/** The summary of a layer, when the service has it. */
export const summaryOf = (layer: string): LayerSummary | undefined =>
  store.state.summaries.find(({ id }) => id === layer);

/** The layers that are switched on, in the order of the panel. */
export const visibleSummaries = (): LayerSummary[] =>
  store.state.summaries.filter(({ id }) => store.state.visible.has(id));

/** Whether the page is shown inside somebody else's page. */
export const EMBEDDED = new URLSearchParams(location.search).get('embed') === '1';
