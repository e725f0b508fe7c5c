/** Positions as people type them. */
import type { Position } from '../api/types';

/** A position as it stands in two fields of a form. */
export interface TypedPosition {
  lat: string;
  lon: string;
}

/** The position that is typed, full-width digits too; null when it is none. */
export function degrees(position: TypedPosition): Position | null {
  const read = (text: string): number =>
    text.trim() === '' ? Number.NaN : Number(text.normalize('NFKC').trim());
  const [lon, lat] = [read(position.lon), read(position.lat)];
  const fits = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return Number.isFinite(lon) && Number.isFinite(lat) && fits ? [lon, lat] : null;
}
