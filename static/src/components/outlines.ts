/** What lies under a small map where there are no tiles. */
import { get } from '../api/client';
import type { Feature, FeatureCollection } from '../api/types';

const OUTLINES = ['boundary', 'districts', 'localities'];

/** Loads the ward's outlines, each as it comes. Without them the map has tiles, or nothing. */
export function loadOutlines(give: (layer: string, features: readonly Feature[]) => void): void {
  for (const layer of OUTLINES) {
    get<FeatureCollection>(`/api/layers/${layer}/features?limit=1000`).then(
      ({ features }) => {
        give(layer, features);
      },
      () => undefined,
    );
  }
}
