/** Says how fresh a layer or a dataset is. */
import type { Dataset, Freshness } from '../api/types';
import { t } from '../i18n';
import { formatDay } from './dates';

/** How a line of freshness is to be taken. */
export type Tone = 'plain' | 'warning';

/** A sentence on freshness. */
export interface FreshnessLine {
  text: string;
  tone: Tone;
}

/** One line for a layer: as of when, and whether a promised refresh is late. */
export function freshnessLine({ state, as_of: asOf, due_on: due }: Freshness): FreshnessLine {
  switch (state) {
    case 'empty':
      return { text: t('freshness.empty'), tone: 'plain' };
    case 'overdue': {
      const since = asOf
        ? t('freshness.as_of', { day: formatDay(asOf) }) + t('text.separator')
        : '';
      const late = due
        ? t('freshness.overdue_since', { day: formatDay(due) })
        : t('freshness.overdue');
      return { text: since + late, tone: 'warning' };
    }
    case 'current':
    case 'unknown':
      return {
        text: asOf ? t('freshness.as_of', { day: formatDay(asOf) }) : t('freshness.unknown'),
        tone: 'plain',
      };
  }
}

/** One line for a dataset, with the last time somebody confirmed it. */
export function datasetLine(dataset: Dataset): FreshnessLine {
  const { as_of: asOf, last_confirmed: confirmed, overdue } = dataset;
  const parts = [
    asOf ? t('freshness.as_of', { day: formatDay(asOf) }) : t('freshness.unknown'),
    confirmed ? t('freshness.confirmed', { day: formatDay(confirmed) }) : null,
    overdue ? t('freshness.overdue') : null,
  ];
  return {
    text: parts.filter((part) => part !== null).join(t('text.separator')),
    tone: overdue ? 'warning' : 'plain',
  };
}
