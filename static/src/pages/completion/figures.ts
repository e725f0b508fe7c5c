/** Figures: of everybody, and by group, as bars and as a table at once. */
import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../components/data-table';
import { formatDay } from '../../format/dates';
import { t } from '../../i18n/areas/training';
import type { Employment } from '../roster/types';
import { employmentName } from '../roster/words';
import { percent, type Report, type Row } from './model';

/** A figure with what it says. */
export const figure = (label: string, value: string | number, more = ''): TemplateResult =>
  html`<div class="completion-figure ${more}">
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;

/** The figures of everybody. */
export function total({ total: { count, rate }, as_of }: Report): TemplateResult {
  return html`<p class="section-text">${t('completion.as_of_day', { day: formatDay(as_of) })}</p>
    <dl class="completion-total">
      ${figure(t('completion.rate'), percent(rate), 'completion-figure-rate')}
      ${figure(t('completion.due'), count?.due ?? '-')}
      ${figure(t('completion.completed'), count?.completed ?? '-')}
      ${figure(t('completion.begun'), count?.begun ?? '-')}
      ${figure(t('completion.overdue'), count?.overdue ?? '-')}
      ${figure(t('completion.deferred'), count?.deferred ?? '-')}
      ${figure(t('completion.exempt'), count?.exempt ?? '-')}
    </dl>`;
}

/** What a group is called. */
const nameOf = ({ by }: Report, { key, name }: Row): string => {
  if (by === 'employment') return employmentName(key as Employment);
  if (by === 'month') return key.replace('-', '/');
  return name ?? key;
};

/** A part of a whole as a bar; what it says stands beside it. */
export const bar = (rate: number | null | undefined): TemplateResult =>
  html`<svg
    class="completion-bar"
    viewBox="0 0 100 10"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect class="completion-bar-done" width=${(rate ?? 0) * 100} height="10"></rect>
  </svg>`;

/** The figures by group. */
export const groups = (report: Report): TemplateResult =>
  dataTable<Row>({
    caption: t('completion.groups'),
    rows: report.groups,
    key: ({ key }) => key,
    columns: [
      { label: t('completion.by'), isName: true, cell: (row) => nameOf(report, row) },
      {
        label: t('completion.rate'),
        cell: ({ count, rate }) => (count ? bar(rate) : t('completion.hidden')),
      },
      { label: '%', isNumber: true, cell: ({ rate }) => percent(rate) },
      ...(['due', 'completed', 'begun', 'overdue', 'deferred', 'exempt'] as const).map((what) => ({
        label: t(`completion.${what}`),
        isNumber: true,
        cell: ({ count }: Row) => count?.[what] ?? '-',
      })),
    ],
  });
