/** Visits as trainers check them. Pure. */
import type { components } from '../../../api/schema';
import type { Position } from '../../../api/types';
import type { VisitPoint } from '../../../map/visit-map';

type Schemas = components['schemas'];

/** A visit with whose it is. */
export type Owned = Schemas['OwnedVisit'];
/** Visits, page by page. */
export type VisitList = Schemas['VisitList'];
/** A visit as it stands. */
export type Visit = Schemas['VisitDocument'];
/** What counts of a visit. */
export type Outcome = Visit['outcome'];
/** A piece of evidence. */
export type Evidence = Visit['evidence'][number];
/** What became of several visits that were decided on together. */
export type DecidedVisits = Schemas['DecidedVisits'];
/** What counts of a visit after a decision. */
export type DecidedVisit = Schemas['DecidedVisit'];
/** Whose something is. */
export type Owner = Schemas['OwnerDocument'];

/** What can be done about a visit. */
export type Step = 'accept' | 'reject' | 'void';

/** A visit in the list: as it was loaded, and what was decided on it since. */
export interface Checked {
  owned: Owned;
  outcome: Outcome;
  /** How many decisions are known. */
  decisions: number;
}

/** A visit as it was loaded. */
export const checked = (owned: Owned): Checked => ({
  owned,
  outcome: owned.visit.outcome,
  decisions: owned.visit.decisions.length,
});

/** The same after one more decision. */
export const decided = (before: Checked, outcome: Outcome): Checked => ({
  ...before,
  outcome,
  decisions: before.decisions + 1,
});

/** Why whoever looks cannot accept it, or decide on it at all. */
export type Barred = 'own' | 'imported';

/** What stands in the way of the one who looks. */
export function barred({ own, visit }: Owned): Barred | null {
  if (own) return 'own';
  return visit.imported?.by_caller ? 'imported' : null;
}

/** What the one who looks can do about a visit now. */
export function stepsFor({ owned, outcome }: Checked): Step[] {
  const bar = barred(owned);
  if (bar === 'own') return [];
  const steps: Record<Outcome, Step[]> = {
    pending: ['accept', 'reject'],
    accepted: ['void'],
    rejected: ['accept'],
  };
  return steps[outcome].filter((step) => step !== 'accept' || bar === null);
}

/** Whether it can be ticked, to be decided on with others. */
export const isTickable = (one: Checked): boolean =>
  one.outcome === 'pending' && stepsFor(one).length > 0;

/** Whether something has to be said before it is done. */
export const needsReason = (step: Step): boolean => step !== 'accept';

/** Everything that shows a visit, also what was added later. */
export const evidenceOf = ({ evidence, additions }: Visit): Evidence[] => [
  ...evidence,
  ...additions.flatMap((addition) => addition.evidence),
];

/** The positions among the evidence, the nearest first. */
export const fixesOf = (visit: Visit): Evidence[] =>
  evidenceOf(visit)
    .filter(({ kind, location }) => kind === 'gps' && location)
    .sort((a, b) => (a.distance_m ?? 0) - (b.distance_m ?? 0));

/** A visit on the map, with its number in the list. */
export const pointOf = ({ visit }: Owned, number: number, label: string): VisitPoint => ({
  id: visit.id,
  number,
  label,
  stop: visit.stop_location as Position,
  radius_m: visit.stop_radius_m,
  fixes: fixesOf(visit).map(({ location, accuracy_m }) => ({
    location: location as Position,
    accuracy_m: accuracy_m ?? 0,
  })),
});

/** Notes, the visit's own and later ones. */
export const notesOf = ({ note, additions }: Visit): string[] =>
  [note, ...additions.map((addition) => addition.note)].filter((text): text is string =>
    Boolean(text),
  );
