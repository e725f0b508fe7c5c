/** What somebody has changed in a form and not yet saved. No HTML. */
import type { Field, Former, Geometry, Place, PlaceField, Value } from '../../api/types';
import { degrees } from '../../geo/degrees';
import { representative } from '../../geo/measure';
import { geometryOf, isSameShape, type Shape, shapeOf } from '../../geo/shape';

/** How a place is shown: by a point, or by its area. */
export type GeometryKind = 'point' | 'area';

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
  /** The area as it is drawn; null when it was not touched. */
  readonly shape: Shape | null;
  /** Whether a point or an area is to be stored; null when nobody chose. */
  readonly geometry: GeometryKind | null;
  readonly resetGeometry: boolean;
  /** Former names as they stand in the form; null when they were not touched. */
  readonly former: readonly Former[] | null;
  /** A new name is a new name (from that day on), or corrects a mistake (null). */
  readonly renamedOn: string | null;
  readonly reason: string;
}

export const EMPTY: Draft = {
  texts: {},
  reset: [],
  public: {},
  position: null,
  shape: null,
  geometry: null,
  resetGeometry: false,
  former: null,
  renamedOn: null,
  reason: '',
};

/**
 * A place whose field of former names holds those without a day alone: those with one have a list of their
 * own, and the service puts them in the field, too.
 */
export function withoutDated(place: Place): Place {
  const dated = place.former.map(({ name }) => name);
  const fields = place.fields.map((field) => {
    if (field.field.name !== 'former_names' || !Array.isArray(field.value)) return field;
    const rest = field.value.filter((name) => !dated.includes(name));
    return { ...field, value: rest.length > 0 ? rest : null };
  });
  return { ...place, fields };
}

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

/** The geometry as it is stored, or as the file has it where it is to be believed again. */
const storedGeometry = ({ geometry }: Place, draft: Draft): Geometry =>
  draft.resetGeometry ? geometry.file : geometry.value;

/** Whether the form shows a point or an area. */
export function geometryKind(place: Place, draft: Draft): GeometryKind {
  if (draft.geometry) return draft.geometry;
  if (place.id === '') return place.shape === 'area' ? 'area' : 'point';
  return shapeOf(storedGeometry(place, draft)) ? 'area' : 'point';
}

/** Where a place is, as it stands in the form. What is shown as an area so far begins at its middle. */
export function positionOf(place: Place, draft: Draft): { lat: string; lon: string } {
  if (draft.position) return draft.position;
  const at = representative(storedGeometry(place, draft));
  if (!at || !Number.isFinite(at[0])) return { lat: '', lon: '' };
  const text = (value: number): string => String(Math.round(value * 1e6) / 1e6);
  const isPoint = storedGeometry(place, draft).type === 'Point';
  const [lon, lat] = at;
  return isPoint ? { lat: String(lat), lon: String(lon) } : { lat: text(lat), lon: text(lon) };
}

/** A place's area, as it stands in the form; nothing where it has none yet. */
export const areaOf = (place: Place, draft: Draft): Shape =>
  draft.shape ?? shapeOf(storedGeometry(place, draft)) ?? [];

/** The geometry that a draft gives a place; null where it leaves it, or says nothing that can be sent. */
function changedGeometry(place: Place, draft: Draft): Geometry | null {
  const stored = storedGeometry(place, draft);
  if (geometryKind(place, draft) === 'area') {
    const before = shapeOf(stored);
    const shape = areaOf(place, draft);
    return before && isSameShape(before, shape) ? null : geometryOf(shape);
  }
  const at = degrees(positionOf(place, draft));
  const isThere = stored.type === 'Point' && String(at) === String(stored.coordinates);
  return at && !isThere ? { type: 'Point', coordinates: at } : null;
}

/** A change as it is sent. */
export interface Change {
  fields: Record<string, Value | null>;
  reset: string[];
  hidden: Record<string, boolean>;
  geometry?: Geometry;
  reset_geometry?: boolean;
  renamed_on?: string;
  former?: Former[];
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
  const geometry = changedGeometry(place, draft);
  if (geometry) change.geometry = geometry;
  else if (draft.resetGeometry && place.geometry.edited) change.reset_geometry = true;
  const former = draft.former?.map(({ name, until }) => ({ name: name.trim(), until }));
  if (former && JSON.stringify(former) !== JSON.stringify(place.former)) change.former = former;
  if (change.fields['name'] && draft.renamedOn) change.renamed_on = draft.renamedOn;
  const touched =
    Object.keys(change.fields).length + change.reset.length + Object.keys(change.hidden).length;
  const isTouched = touched > 0 || geometry || change.reset_geometry || change.former;
  return isTouched ? change : null;
}
