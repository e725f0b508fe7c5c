/** Absences as people write them: with the last day away, where the service says the first day back. No HTML. */
import type { FieldErrors } from '../../api/client';
import { t } from '../../i18n/areas/roster';
import type { Absence, AbsenceKind } from './types';

/** One absence in a form. */
export interface AbsenceRow {
  readonly kind: AbsenceKind;
  /** The first day away. */
  readonly since: string;
  /** The last day away; empty while nobody knows it. */
  readonly last: string;
}

/** A day so many days later, or earlier. */
function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The last day away, of the first day back. */
export const lastDay = (until: string): string => shifted(until, -1);

export const asRows = (absences: readonly Absence[]): AbsenceRow[] =>
  absences.map(({ kind, since, until }) => ({ kind, since, last: until ? lastDay(until) : '' }));

/** Rows as they are sent. They must have been found right. */
export const asAbsences = (rows: readonly AbsenceRow[]): Absence[] =>
  rows.map(({ kind, since, last }) => ({ kind, since, until: last ? shifted(last, 1) : null }));

/** What is wrong with rows, by the names of their fields. */
export function wrongRows(rows: readonly AbsenceRow[]): FieldErrors {
  const wrong: Record<string, string> = {};
  for (const [index, { kind, since, last }] of rows.entries()) {
    if (!since) wrong[`since_${index}`] = t('form.missing');
    else if (last && last < since) wrong[`last_${index}`] = t('roster.absence_backwards');
    else if (
      rows.some(
        (other, place) =>
          place < index &&
          other.kind === kind &&
          other.since <= (last || '9999') &&
          since <= (other.last || '9999'),
      )
    ) {
      wrong[`since_${index}`] = t('roster.absence_overlaps');
    }
  }
  return wrong;
}

/** The day from which rows differ from what was: the earliest that begins, or begins to differ. */
export function firstDifference(
  before: readonly AbsenceRow[],
  after: readonly AbsenceRow[],
): string {
  const differing = (some: readonly AbsenceRow[], others: readonly AbsenceRow[]): string[] =>
    some
      .filter(
        (one) =>
          !others.some(
            ({ kind, since, last }) =>
              kind === one.kind && since === one.since && last === one.last,
          ),
      )
      .map(({ since }) => since);
  return [...differing(before, after), ...differing(after, before)].sort()[0] ?? '';
}
