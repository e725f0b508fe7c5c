/** The addresses of the service that the map uses. */
import { type Answer, get, request } from './client';
import type { Bbox, Feature, FeatureCollection, Layers, SearchResult, Settings } from './types';

const encode = encodeURIComponent;

/** Formats in which a layer can be downloaded, with the names people know them by. */
export const DOWNLOAD_FORMATS = [
  ['geojson', 'GeoJSON'],
  ['gpkg', 'GeoPackage'],
  ['csv', 'CSV'],
  ['kml', 'KML'],
] as const;

/** Where the open data is shown to people. */
export const OPEN_DATA_URL = '/ogc/';

export const getSettings = (): Promise<Settings> => get('/api/settings');

/** The layers, or a null body when the copy with this validator is still the newest. */
export const getLayers = (etag: string | null): Promise<Answer<Layers>> =>
  request('/api/layers', { etag });

/** A layer's features: all of them, or those in a box. */
export function getFeatures(
  layer: string,
  narrow: { bbox: Bbox; limit: number } | null,
  signal: AbortSignal,
): Promise<FeatureCollection> {
  const query = narrow
    ? `?bbox=${narrow.bbox.map((degrees) => degrees.toFixed(6)).join(',')}&limit=${narrow.limit}`
    : '';
  return get(`/api/layers/${encode(layer)}/features${query}`, signal);
}

export const getFeature = (layer: string, id: string, signal: AbortSignal): Promise<Feature> =>
  get(`/api/layers/${encode(layer)}/features/${encode(id)}`, signal);

export const search = (q: string, signal: AbortSignal): Promise<{ results: SearchResult[] }> =>
  get(`/api/search?q=${encode(q)}&limit=20`, signal);

export const downloadUrl = (layer: string, format: string): string =>
  `/api/layers/${encode(layer)}/export/${format}`;
