/** Periods and counts, as people say them. */
import type { ErasedCount, RetentionClass, RetentionPeriod } from '../../api/types';
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/retention';

const AMOUNTS = {
  hours: 'retention.hours',
  days: 'retention.days',
  months: 'retention.months',
  years: 'retention.years',
} as const satisfies Record<RetentionPeriod['unit'], Key>;

/** How long, without since when. */
export const length = ({ amount, unit }: RetentionPeriod): string =>
  t(AMOUNTS[unit], { count: amount });

/** How long, and since when. */
export function periodWords(of: RetentionClass, period: RetentionPeriod): string {
  const words = { event: pick(of.event), period: length(period) };
  return period.counted_from === 'event'
    ? t('retention.from_event', words)
    : t('retention.from_april', words);
}

/** What was or would be erased, in one line. */
export function erasedWords(
  erased: readonly ErasedCount[],
  classes: readonly RetentionClass[],
): string {
  const title = (name: string): string => {
    const known = classes.find((one) => one.class === name);
    return known ? pick(known.title) : name;
  };
  return erased
    .map((one) => `${title(one.class)} ${t('retention.items', { count: one.subjects })}`)
    .join(t('text.separator'));
}
