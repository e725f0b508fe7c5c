/** What the page of programmes asks for, and what it makes of it. Pure. */
import type { components } from '../../api/schema';
import type { Programme } from '../completion/model';

type Schemas = components['schemas'];

/** What counts in a fiscal year. */
export type Rule = Schemas['TrainingRule'];
/** Something that somebody asked for. */
export type ExemptionItem = Schemas['ExemptionItem'];
/** What was asked for in a fiscal year. */
export type ExemptionList = Schemas['ExemptionList'];

/** Nobody is left out. */
export const EVERYBODY = {
  tiers: null,
  departments: null,
  employments: null,
  joined_within_years: null,
};

/** A rule to begin with: one route for everybody, until the end of February. */
export const BEGINNING: Rule = {
  title: { ja: '', en: '', easy: '' },
  audience: EVERYBODY,
  requirement: {
    routes: 1,
    new_routes: 0,
    new_within_years: 3,
    away_routes: 0,
    evidence: 'accepted',
    or_outing: true,
    or_desk: true,
  },
  deadline: '02-28',
  grace_days: 60,
  too_late_days: 30,
  reminders: [60, 30, 7],
  questions: [],
};

/** The day of a fiscal year that a deadline `MM-DD` is. */
export const dueDay = (deadline: string, year: number): string =>
  `${String(Number(deadline.slice(0, 2)) >= 4 ? year : year + 1)}-${deadline}`;

/** The deadline `MM-DD` of a day. */
export const deadlineOf = (day: string): string => day.slice(5);

/** Numbers written with commas or spaces, each once, the largest first. */
export const numbersOf = (text: string): number[] =>
  [
    ...new Set(
      text
        .split(/[\s,、]+/)
        .filter((word) => /^\d{1,3}$/.test(word))
        .map(Number),
    ),
  ].sort((a, b) => b - a);

/** Days before a deadline as they are written: the first one first. */
export const daysText = (days: readonly number[] | undefined): string =>
  [...(days ?? [])].sort((a, b) => b - a).join(', ');

/** What can be done with a programme in a year. */
export function actions(
  { opened_at, fiscal_year, ended_on }: Programme,
  thisYear: number,
): ('edit' | 'start' | 'take_back' | 'end' | 'go_on' | 'plan_next')[] {
  if (!opened_at) {
    return fiscal_year === thisYear ? ['edit', 'start', 'take_back'] : ['edit', 'take_back'];
  }
  if (fiscal_year !== thisYear) return [];
  return ended_on ? ['go_on'] : ['plan_next', 'end'];
}
