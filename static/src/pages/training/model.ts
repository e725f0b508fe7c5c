/** What the page of one's own training asks for, and what it makes of it. Pure. */
import type { components } from '../../api/schema';
import type { Key } from '../../i18n/areas/training';

type Schemas = components['schemas'];

/** One's training in a fiscal year. */
export type MyTraining = Schemas['MyTraining'];
/** What one has to do. */
export type Obligation = Schemas['MyObligation'];
/** A route that would help. */
export type Suggestion = Schemas['SuggestedRoute'];
/** What one asked for. */
export type Exemption = Schemas['MyExemption'];
/** What can be asked for. */
export type ExemptionKind = Exemption['kind'];

/** How an obligation stands, in a word, and in which tone it is said. */
export function standing(
  { state, completed_on, routes_done, due_on }: Obligation,
  today: string,
): { words: Key; tone: string } {
  if (state === 'deferred') return { words: 'training.deferred', tone: 'badge-retired' };
  if (state === 'exempt') return { words: 'training.exempt', tone: 'badge-retired' };
  if (state === 'ended') return { words: 'training.ended', tone: 'badge-retired' };
  if (completed_on) return { words: 'training.completed', tone: 'badge-done' };
  if (due_on && due_on < today) return { words: 'training.overdue', tone: 'badge-warning' };
  if (routes_done > 0) return { words: 'training.begun', tone: 'badge-warning' };
  return { words: 'training.missing', tone: 'badge-warning' };
}

/** Why it is so, where that is not plain. */
export const REASONS: Partial<Record<Obligation['reason'], Key>> = {
  began: 'training.reason_began',
  back: 'training.reason_back',
  too_late: 'training.reason_too_late',
  leave: 'training.reason_leave',
  secondment: 'training.reason_secondment',
  granted: 'training.reason_granted',
};

const DAY_MS = 86_400_000;

/** How many days are left from one day until another; none once it is past. */
export function daysLeft(today: string, due: string): number | null {
  const days = Math.round((Date.parse(due) - Date.parse(today)) / DAY_MS);
  return days >= 0 ? days : null;
}

/** What may be asked for of an obligation that one has. */
export const kindsOf = ({ or_desk }: Obligation): ExemptionKind[] =>
  or_desk ? ['exempt', 'deferred', 'desk'] : ['exempt', 'deferred'];

/** Whether something may still be asked for. */
export const mayAsk = ({ state, completed_on }: Obligation): boolean =>
  !completed_on && (state === 'due' || state === 'prorated');
