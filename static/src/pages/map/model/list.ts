/** Which features the list shows, and in what order. Pure, so that it can be tested. */
import type { Bbox, Feature, Position } from '../../../api/types';
import { sortNameOf } from '../../../format/feature';
import { boxOf, distance, overlaps, pointOf } from '../../../geo/measure';
import { language, type Language } from '../../../i18n';

/** What the reader asked the list for. */
export interface ListQuery {
  filter: string;
  /** Only what touches this box; null for everything. */
  within: Bbox | null;
  /** Nearest to this first; null for the order of names. */
  from: Position | null;
}

/** One row: a feature, and how far it is from where distances are counted from. */
export interface Row {
  feature: Feature;
  distance_m: number | null;
}

/** Width, kana and case do not matter to who looks for a name. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

const SEARCHED = ['name', 'name_kana', 'name_en', 'address', 'former_names'] as const;
const folded = new WeakMap<Feature, string>();

function searchText(feature: Feature): string {
  let text = folded.get(feature);
  if (text === undefined) {
    text = fold(
      SEARCHED.map((name) => [feature.properties[name] ?? []].flat().join(' ')).join('\n'),
    );
    folded.set(feature, text);
  }
  return text;
}

const sorted = new WeakMap<readonly Feature[], Partial<Record<Language, Feature[]>>>();
const COLLATORS = {
  ja: new Intl.Collator('ja', { numeric: true }),
  en: new Intl.Collator('en', { numeric: true }),
};

/** Features in the order of their names, kept until the features change: sorting 10,000 is slow. */
function byName(features: readonly Feature[]): Feature[] {
  const known = sorted.get(features) ?? {};
  sorted.set(features, known);
  return (known[language()] ??= sortByName(features));
}

function sortByName(features: readonly Feature[]): Feature[] {
  const collator = COLLATORS[language() === 'en' ? 'en' : 'ja'];
  return features
    .map((feature) => ({ feature, key: sortKey(feature) }))
    .sort((a, b) => collator.compare(a.key, b.key))
    .map(({ feature }) => feature);
}

/** Stops go by route and number, everything else by name. */
function sortKey(feature: Feature): string {
  const { route_code: route, sequence } = feature.properties;
  return typeof route === 'string' && typeof sequence === 'number'
    ? `${route} ${sequence}`
    : sortNameOf(feature);
}

/** The rows of one layer. */
export function rows(features: readonly Feature[], query: ListQuery): Row[] {
  const words = fold(query.filter).split(/\s+/).filter(Boolean);
  const { within, from } = query;
  const found = byName(features).filter((feature) => {
    const text = words.length > 0 ? searchText(feature) : '';
    return words.every((word) => text.includes(word)) && (!within || touches(feature, within));
  });
  if (!from) return found.map((feature) => ({ feature, distance_m: null }));
  return found
    .map((feature) => ({ feature, distance_m: distanceFrom(from, feature) }))
    .sort((a, b) => (a.distance_m ?? Infinity) - (b.distance_m ?? Infinity));
}

function distanceFrom(from: Position, feature: Feature): number | null {
  const point = pointOf(feature);
  return point && distance(from, point);
}

function touches(feature: Feature, box: Bbox): boolean {
  const own = boxOf(feature);
  return own !== null && overlaps(own, box);
}

/** The stops of a route in the order in which they are walked. */
export function stopsOf(stops: readonly Feature[], route: unknown): Feature[] {
  return stops
    .filter(({ properties }) => typeof route === 'string' && properties['route_code'] === route)
    .sort((a, b) => Number(a.properties['sequence']) - Number(b.properties['sequence']));
}
