/** What the page of one's own record asks for, and what it makes of it. Pure. */
import type { components } from '../../api/schema';
import type { Position } from '../../api/types';

type Schemas = components['schemas'];

/** One's walks of a fiscal year. */
export type MyWalks = Schemas['MyWalks'];
/** One route of a fiscal year. */
export type Walk = Schemas['WalkDocument'];
/** One's visits of a fiscal year. */
export type MyVisits = Schemas['MyVisits'];
/** A visit as it stands. */
export type Visit = Schemas['VisitDocument'];
/** What counts of a visit. */
export type Outcome = Visit['outcome'];
/** What one noticed in a fiscal year. */
export type MyObservations = Schemas['MyObservations'];
/** What one noticed. */
export type Observation = Schemas['ObservationDocument'];

/** All of a fiscal year. */
export interface Year {
  walks: MyWalks['walks'];
  visits: readonly Visit[];
  observations: readonly Observation[];
}

/** A place on the map: a stop, with the best outcome of its visits. */
export interface Place {
  stop: string;
  name: Visit['stop_name'];
  location: Position;
  outcome: Outcome;
}

const RANK: readonly Outcome[] = ['rejected', 'pending', 'accepted'];

/** Each stop once. */
export function placesOf(visits: readonly Visit[]): Place[] {
  const places = new Map<string, Place>();
  for (const { stop_id: stop, stop_name: name, stop_location, outcome } of visits) {
    const known = places.get(stop);
    if (known && RANK.indexOf(known.outcome) >= RANK.indexOf(outcome)) continue;
    places.set(stop, { stop, name, location: stop_location as Position, outcome });
  }
  return [...places.values()];
}

/** The position among the evidence of a visit that says most: the nearest. */
export const nearest = (visit: Visit): Visit['evidence'][number] | null =>
  [...visit.evidence, ...visit.additions.flatMap(({ evidence }) => evidence)]
    .filter(({ distance_m }) => typeof distance_m === 'number')
    .sort((a, b) => (a.distance_m ?? 0) - (b.distance_m ?? 0))[0] ?? null;

/** Whether a photo that the visit names has not arrived whole. */
export const lacksPhoto = ({ photos }: Visit): boolean =>
  photos.some(({ state }) => state !== 'complete');
