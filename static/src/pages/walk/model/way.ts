/** Where one stands, seen from a stop. Pure. */
import type { Position } from '../../../api/types';
import { distance } from '../../../geo/measure';

/** A position of this device. */
export interface Fix {
  location: Position;
  accuracy_m: number;
  /** When it was taken: milliseconds since 1970. */
  at: number;
}

/** What a position says of a visit; the service decides, by the same rule. */
export type Standing = 'inside' | 'undecidable' | 'outside';

/** Whether a fix lies within the radius of a stop; `undecidable` when its circle of accuracy crosses it. */
export function standing(fix: Fix, stop: Position, radius: number): Standing {
  const metres = distance(fix.location, stop);
  if (!(fix.accuracy_m > 0)) return 'undecidable';
  if (metres + fix.accuracy_m <= radius) return 'inside';
  return metres - fix.accuracy_m > radius ? 'outside' : 'undecidable';
}

/** The direction to a place in degrees, clockwise from north. */
export function bearing([lon1, lat1]: Position, [lon2, lat2]: Position): number {
  const east = (lon2 - lon1) * Math.cos((lat1 * Math.PI) / 180);
  return ((Math.atan2(east, lat2 - lat1) * 180) / Math.PI + 360) % 360;
}

/** One of eight winds, counted clockwise from north. */
export const wind = (degrees: number): number => Math.round(degrees / 45) % 8;

/** The code in what a poster's QR says, or in what somebody typed: `https://…/s/CODE` or `CODE`. */
export function codeOf(text: string): string | null {
  const found = /(?:\/s\/)?([0-9A-Za-z-]{4,64})\/?$/.exec(text.trim());
  return found?.[1] ?? null;
}

/** A moment with the offset of Japan: `2026-11-20T10:15:30+09:00`. */
export const japanTime = (at: number): string =>
  `${new Date(at + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`;
