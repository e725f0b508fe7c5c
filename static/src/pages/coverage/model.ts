/** Where walks went: what the page asks for, and what it makes of it. Pure. */
import type { components } from '../../api/schema';
import type { Position } from '../../api/types';
import type { Key } from '../../i18n/areas/covered';

type Schemas = components['schemas'];

/** Where walks went, year by year. */
export type Places = Schemas['WalkedPlacesDocument'];
/** A place, and how many walks came to it. */
export type Place = Omit<Schemas['WalkedPlace'], 'location'> & { location?: Position | null };

/** What kind of place is looked at. */
export const KINDS = {
  localities: 'covered.localities',
  councils: 'covered.councils',
  organisations: 'covered.organisations',
  routes: 'covered.routes',
} as const satisfies Record<string, Key>;
export type Kind = keyof typeof KINDS;

/** What is counted. */
export const FIGURES = {
  walks: 'covered.walks',
  completed: 'covered.completed',
  visits: 'covered.visits',
} as const satisfies Record<string, Key>;
export type Figure = keyof typeof FIGURES;

/** In which order places stand. */
export const ORDERS = {
  most: 'covered.most',
  least: 'covered.least',
  name: 'covered.by_name',
} as const satisfies Record<string, Key>;
export type Order = keyof typeof ORDERS;

/** The address of the figures of some years, until one. */
export const coveragePath = (year: number): string =>
  `/api/training/coverage?${new URLSearchParams({ fiscal_year: String(year) })}`;

/** What is counted of a place in a year; none where it is one to four walks. */
export const countOf = (place: Place, year: number, figure: Figure): number | null =>
  place.years.find(({ fiscal_year }) => fiscal_year === year)?.walked?.[figure] ?? null;

/** A count that is not told stands for less than all that are, and for more than none. */
const rank = (count: number | null): number => count ?? 0.5;

/** The places in the order in which they are listed. */
export function sorted(
  places: readonly Place[],
  { order, year, figure }: { order: Order; year: number; figure: Figure },
): Place[] {
  const by = (one: Place, other: Place): number =>
    rank(countOf(one, year, figure)) - rank(countOf(other, year, figure));
  const byName = (one: Place, other: Place): number => one.name.localeCompare(other.name, 'ja');
  if (order === 'name') return places.toSorted(byName);
  const way = order === 'most' ? -1 : 1;
  return places.toSorted((one, other) => way * by(one, other) || byName(one, other));
}

/** How many places nobody came to in a year. */
export const unvisited = (places: readonly Place[], year: number): number =>
  places.filter((place) => countOf(place, year, 'walks') === 0).length;
