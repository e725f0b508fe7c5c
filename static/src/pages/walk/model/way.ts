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

/** What a position says of a visit. */
export type Standing = 'inside' | 'undecidable' | 'outside';

/** An older fix says where somebody was, in milliseconds. As in the service's rule. */
const OLDEST_MS = 60_000;
/** A coarser fix is a guess by the network, in metres. As in the service's rule. */
const COARSEST_M = 200;

/**
 * Where a fix is to a stop's radius: in or out only when the whole circle of its accuracy is. The service decides, by the
 * same rule; this is said at once.
 */
export function standing(fix: Fix, stop: Position, radius: number, now: number): Standing {
  const { accuracy_m, at } = fix;
  const metres = distance(fix.location, stop);
  if (!(accuracy_m > 0) || accuracy_m > COARSEST_M || now - at > OLDEST_MS) return 'undecidable';
  if (metres + accuracy_m <= radius) return 'inside';
  return metres - accuracy_m > radius ? 'outside' : 'undecidable';
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
  const found = /^(?:\S*\/s\/)?([0-9A-Za-z-]{4,64})\/?$/.exec(text.trim());
  return found?.[1] ?? null;
}

const JAPAN_MS = 9 * 3_600_000;

/** A moment with the offset of Japan: `2026-11-20T10:15:30+09:00`. */
export const japanTime = (at: number): string =>
  `${new Date(at + JAPAN_MS).toISOString().slice(0, 19)}+09:00`;
