import type { Position } from '../../../api/types';
import { rounded } from './design';

/**
 * A position that somebody typed: latitude, then longitude, as maps show them (`35.6581, 139.7514`). Wide digits and
 * 読点 are read too. Where only one of the two can be a latitude, the order does not matter.
 */
export function readDegrees(text: string): Position | null {
  const numbers = text
    .normalize('NFKC')
    .split(/[\s,、;]+/)
    .filter(Boolean)
    .map(Number);
  const [a, b] = numbers;
  if (numbers.length !== 2 || a === undefined || b === undefined) return null;
  const [lat, lon] = Math.abs(a) > 90 ? [b, a] : [a, b];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? rounded([lon, lat]) : null;
}

/** A position as {@link readDegrees} reads it. */
export const writeDegrees = ([lon, lat]: Position): string => `${lat}, ${lon}`;
