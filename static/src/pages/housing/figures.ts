/** Councils with their homes, for planning. Pure. */
import type { components } from '../../api/schema';
import type { Bbox, Position } from '../../api/types';

type Schemas = components['schemas'];

/** What each council has of disaster housing. */
export type Planning = Schemas['PlanningDocument'];
export type PlanningFigures = Schemas['PlanningFigures'];
/** A council with its figures. */
export type PlanningCouncil = Omit<Schemas['PlanningCouncil'], 'meeting_place'> & {
  meeting_place?: Position | null;
};

/** The councils, those without residents first: they are whom planning is about. */
export const inNeed = (councils: readonly PlanningCouncil[]): PlanningCouncil[] =>
  councils.toSorted(
    (one, other) =>
      one.figures.residents - other.figures.residents || one.name.localeCompare(other.name, 'ja'),
  );

/** How many councils have no resident. */
export const withoutResidents = (councils: readonly PlanningCouncil[]): number =>
  councils.filter(({ figures }) => figures.residents === 0).length;

/** The box around the meeting places; null where there is none. */
export function boxAround(councils: readonly PlanningCouncil[]): Bbox | null {
  const places = councils.flatMap(({ meeting_place: place }) => (place ? [place] : []));
  if (places.length === 0) return null;
  const longitudes = places.map(([longitude]) => longitude);
  const latitudes = places.map(([, latitude]) => latitude);
  return [
    Math.min(...longitudes),
    Math.min(...latitudes),
    Math.max(...longitudes),
    Math.max(...latitudes),
  ];
}
