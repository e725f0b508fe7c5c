/** What the page makes of questions before and after a training. Pure. */
import type { components } from '../../api/schema';
import type { Item } from '../../outbox';
import type { Survey } from '../../surveys/kept';

/** When somebody answers. */
export type Moment = components['schemas']['SheetMoment'];
/** From 1 to 5, by question. */
export type Answers = Readonly<Record<string, number>>;

/** The points, the least first. */
export const POINTS = [1, 2, 3, 4, 5] as const;

/** Which sheet is meant. */
export interface Which {
  programme: string;
  year: number;
  moment: Moment;
}

/** What is remembered on the device of what was sent, or waits. */
type Remembered = Pick<Item, 'kind' | 'body' | 'owner'>;

const isOf = (
  { programme, year, moment }: Which,
  owner: string,
  { kind, body, ...one }: Remembered,
): boolean =>
  kind === 'sheet' &&
  one.owner === owner &&
  body['programme_id'] === programme &&
  body['fiscal_year'] === year &&
  body['moment'] === moment;

/** Those of several that are that sheet of that account's. */
export const ofSheet = <T extends Remembered>(
  all: readonly T[],
  which: Which,
  owner: string,
): T[] => all.filter((one) => isOf(which, owner, one));

const revisionOf = ({ body }: Remembered): number => Number(body['revision'] ?? 0);

/** The number of the next answers: more than that of any that are known. */
export const nextRevision = (known: number, all: readonly Remembered[]): number =>
  Math.max(known, ...all.map(revisionOf)) + 1;

/** The latest of those that wait. */
export const latest = <T extends Remembered>(all: readonly T[]): T | undefined =>
  [...all].sort((a, b) => revisionOf(b) - revisionOf(a))[0];

/** What waits to be sent of a sheet. */
export const answersOf = ({ body }: Remembered): Answers => (body['answers'] ?? {}) as Answers;

/** What is sent. */
export const sheetBody = (
  id: string,
  { programme, year, moment }: Which,
  revision: number,
  answers: Answers,
  at: Date,
): Record<string, unknown> => ({
  id,
  programme_id: programme,
  fiscal_year: year,
  moment,
  revision,
  at: at.toISOString(),
  answers,
});

/** What is shown of a sheet. */
export type Shown = 'form' | 'too_late' | 'closed' | 'nothing';

/**
 * What is shown of a sheet that was answered before or not. Whoever did not answer before is not asked after: both are needed to
 * tell a change, and what is not needed is not asked.
 */
export function shown(survey: Survey, moment: Moment, isAnsweredBefore: boolean): Shown {
  const { standing, revision } = survey[moment];
  if (standing === 'open') return moment === 'before' || isAnsweredBefore ? 'form' : 'nothing';
  if (standing === 'too_late')
    return survey.after.standing === 'open' && isAnsweredBefore ? 'nothing' : 'too_late';
  return standing === 'closed' && revision > 0 ? 'closed' : 'nothing';
}
