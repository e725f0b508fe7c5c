/** A track that somebody draws over. It is a help on this device, and no part of the draft. */
import type { Position } from '../../../api/types';

const keyOf = (route: string): string => `machiaruki.guide/${route}`;

/** Keeps a track under a route, until it is taken away; null takes it away. */
export function keepGuide(route: string, track: readonly Position[] | null): void {
  try {
    if (track) localStorage.setItem(keyOf(route), JSON.stringify(track));
    else localStorage.removeItem(keyOf(route));
  } catch {
    // It can be chosen again from its file.
  }
}

/** The track under a route, if there is one. */
export function keptGuide(route: string): Position[] | null {
  try {
    const track = JSON.parse(localStorage.getItem(keyOf(route)) ?? 'null') as unknown;
    const isTrack =
      Array.isArray(track) && track.every((at) => Array.isArray(at) && at.length === 2);
    return isTrack ? (track as Position[]) : null;
  } catch {
    return null;
  }
}
