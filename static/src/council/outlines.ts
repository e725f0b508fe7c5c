/** What of the ward's outlines is worth keeping for a map without tiles. */
import type { Feature } from '../api/types';
import { pointOf } from '../geo/measure';

/** Layers that are drawn by their names alone, for which a point is enough. */
const NAMES_ALONE: readonly string[] = ['localities'];

/** The features of a layer as a map without tiles draws them, and no larger. */
export const light = (layer: string, features: readonly Feature[]): readonly Feature[] =>
  NAMES_ALONE.includes(layer)
    ? features.map((feature) => {
        const point = pointOf(feature);
        return { ...feature, geometry: point && { type: 'Point', coordinates: point } };
      })
    : features;
