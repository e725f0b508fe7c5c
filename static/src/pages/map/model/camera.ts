/**
 * How the page moves the map without knowing the map library. Requests made before the map has
 * loaded wait for it; only the last one counts.
 */
import type { Bbox, Feature } from '../../../api/types';
import type { View } from './state';

/** What a map must be able to do. */
export interface Camera {
  setView(view: View): void;
  fit(box: Bbox): void;
  /** Shows the whole ward. */
  reset(): void;
  /** Brings a feature into the part of the map that the panel leaves free. */
  bring(layer: string, feature: Feature, how: 'closer' | 'into view'): void;
  zoom(steps: number): void;
  /** Puts the keyboard focus on a feature's symbol. False when it is not drawn on its own. */
  focus(layer: string, id: string): boolean;
  /** Tries again to load the tiles below the layers. */
  retryBase(): void;
  /** Measures again after the map's size has changed at once, as for printing. */
  resize(): void;
}

let camera: Camera | null = null;
let waiting: ((camera: Camera) => void) | null = null;

/** Tells the page that the map is there. */
export function attachCamera(next: Camera): void {
  camera = next;
  waiting?.(next);
  waiting = null;
}

/** Moves the map, now or as soon as it is there. */
export function move(how: (camera: Camera) => void): void {
  if (camera) how(camera);
  else waiting = how;
}

/** Puts the keyboard focus on a feature's symbol, if the map draws it. */
export const focusOnMap = (layer: string, id: string): boolean => camera?.focus(layer, id) ?? false;
