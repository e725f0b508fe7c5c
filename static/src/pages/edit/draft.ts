/** What somebody has changed in a form and not yet saved. No HTML. */
import type { Field, Place, PlaceField, Position, Value } from '../../api/types';

/** A draft holds only what differs from what is stored, so that it can be laid over a newer state. */
export interface Draft {
  /** Fields as they stand in the form. */
  readonly texts: Readonly<Record<string, string>>;
  /** Fields that follow the file again. */
  readonly reset: readonly string[];
  /** Whether the public sees a field. */
  readonly public: Readonly<Record<string, boolean>>;
  /** Degrees as they stand in the form; null when they were not touched. */
  readonly position: { readonly lat: string; readonly lon: string } | null;
  readonly resetGeometry: boolean;
  /** A new name is a new name (from that day on), or corrects a mistake (null). */
  readonly renamedOn: string | null;
  readonly reason: string;
}

export const EMPTY: Draft = {
  texts: {},
  reset: [],
  public: {},
  position: null,
  resetGeometry: false,
  renamedOn: null,
  reason: '',
};

/** A value as it stands in a form: one line per item, `true` and `false` for flags. */
export const asText = (value: Value | null): string =>
  value === null ? '' : Array.isArray(value) ? value.join('\n') : String(value);

/** What stands in a form as it is sent; null when it is empty. */
export function asValue({ kind }: Field, text: string): Value | null {
  const plain = text.trim();
  if (plain === '') return null;
  switch (kind) {
    case 'list': {
      const items = plain.split('\n').map((item) => item.trim());
      return items.filter(Boolean);
    }
    case 'flag':
      return plain === 'true';
    default:
      return plain;
  }
}

/** What stands in the form at a field. */
export function textOf(field: PlaceField, draft: Draft): string {
  const { name } = field.field;
  if (draft.reset.includes(name)) return asText(field.file);
  return draft.texts[name] ?? asText(field.value);
}

export const isPublic = ({ field, public: shown }: PlaceField, draft: Draft): boolean =>
  draft.public[field.name] ?? shown;

/** Puts something into the form. */
export const write = (draft: Draft, name: string, text: string): Draft => ({
  ...draft,
  texts: { ...draft.texts, [name]: text },
  reset: draft.reset.filter((other) => other !== name),
});

/** The file is to be believed again. */
export function followFile(draft: Draft, name: string): Draft {
  const texts = Object.fromEntries(Object.entries(draft.texts).filter(([other]) => other !== name));
  return { ...draft, texts, reset: [...draft.reset.filter((other) => other !== name), name] };
}

/** Degrees from a form; null when they are no numbers. */
export function degrees(position: { lat: string; lon: string }): Position | null {
  const read = (text: string): number =>
    text.trim() === '' ? Number.NaN : Number(text.normalize('NFKC').trim());
  const [lon, lat] = [read(position.lon), read(position.lat)];
  const fits = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return Number.isFinite(lon) && Number.isFinite(lat) && fits ? [lon, lat] : null;
}

/** Where a place is, as it stands in the form; null for an area, or while nothing is set. */
export function positionOf(place: Place | null, draft: Draft): { lat: string; lon: string } | null {
  if (draft.position) return draft.position;
  const geometry = draft.resetGeometry ? place?.geometry.file : place?.geometry.value;
  if (geometry?.type !== 'Point') return geometry ? null : { lat: '', lon: '' };
  const [lon, lat] = geometry.coordinates;
  if (!Number.isFinite(lon)) return { lat: '', lon: '' };
  return { lat: String(lat), lon: String(lon) };
}

/** A change as it is sent. */
export interface Change {
  fields: Record<string, Value | null>;
  reset: string[];
  hidden: Record<string, boolean>;
  geometry?: { type: 'Point'; coordinates: Position };
  reset_geometry?: boolean;
  renamed_on?: string;
  reason: string;
}

/** What a draft changes of a place; null when nothing. */
export function changeOf(place: Place, draft: Draft): Change | null {
  const change: Change = { fields: {}, reset: [], hidden: {}, reason: draft.reason.trim() };
  for (const field of place.fields) {
    const { name } = field.field;
    const text = draft.texts[name];
    if (draft.reset.includes(name)) {
      if (field.edited) change.reset.push(name);
    } else if (text !== undefined && text.trim() !== asText(field.value).trim()) {
      change.fields[name] = asValue(field.field, text);
    }
    const shown = draft.public[name];
    if (shown !== undefined && shown !== field.public) change.hidden[name] = !shown;
  }
  const moved = draft.position ? degrees(draft.position) : null;
  const { value } = place.geometry;
  const isThere = moved && value.type === 'Point' && String(moved) === String(value.coordinates);
  if (moved && !isThere) change.geometry = { type: 'Point', coordinates: moved };
  if (draft.resetGeometry && !draft.position && place.geometry.edited) change.reset_geometry = true;
  if (change.fields['name'] && draft.renamedOn) change.renamed_on = draft.renamedOn;
  const touched =
    Object.keys(change.fields).length + change.reset.length + Object.keys(change.hidden).length;
  return touched > 0 || change.geometry || change.reset_geometry ? change : null;
}
