/** How many had answered by when. Pure, but for the drawing. */
import { html, svg, type TemplateResult } from 'lit';
import type { MinuteFigures } from '../../activation/types';
import { dataTable } from '../../components/data-table';
import { t } from '../../i18n/areas/activations';

/** How many had answered by the end of a minute. */
export interface Step {
  minute: number;
  answered: number;
}

/** The first answers of each minute, added up. */
export function steps(minutes: readonly MinuteFigures[]): Step[] {
  let answered = 0;
  return minutes
    .toSorted((one, other) => one.minute - other.minute)
    .map((one) => {
      answered += one.answered;
      return { minute: one.minute, answered };
    });
}

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 34;
const TOP = 14;
const RIGHT = 16;

/** Minutes at which the axis is labelled: about five, at round numbers. */
export function ticks(last: number): number[] {
  const every =
    [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440].find((one) => last / one <= 6) ?? 2880;
  return Array.from({ length: Math.floor(last / every) + 1 }, (_, index) => index * every);
}

/** A line that rises with each answer, and the same as a table. */
export function chart(minutes: readonly MinuteFigures[], residents: number): TemplateResult {
  const line = steps(minutes);
  const last = Math.max(1, (line.at(-1)?.minute ?? 0) + 1);
  const x = (minute: number): number => LEFT + (minute / last) * (WIDTH - LEFT - RIGHT);
  const y = (count: number): number =>
    HEIGHT - BOTTOM - (count / Math.max(1, residents)) * (HEIGHT - BOTTOM - TOP);
  let path = `M${x(0)} ${y(0)}`;
  for (const { minute, answered } of line)
    path += `H${x(minute + 1).toFixed(1)}V${y(answered).toFixed(1)}`;
  return html`<svg
      class="roll-chart"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label=${t('activations.chart_label')}
    >
      ${[0, Math.round(residents / 2), residents].map(
        (
          count,
        ) => svg`<line class="roll-chart-grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(count)} y2=${y(count)}></line>
          <text class="roll-chart-text" x=${LEFT - 6} y=${y(count) + 4} text-anchor="end">${count}</text>`,
      )}
      ${ticks(last).map(
        (minute) =>
          svg`<text class="roll-chart-text" x=${x(minute)} y=${HEIGHT - 12} text-anchor="middle">${minute}</text>`,
      )}
      ${svg`<path class="roll-chart-line" d=${path}></path>`}
    </svg>
    <p class="section-text">${t('activations.chart_text')}</p>
    <details class="activations-more">
      <summary>${t('activations.chart_table')}</summary>
      ${dataTable<Step>({
        caption: t('activations.chart_label'),
        rows: line,
        key: ({ minute }) => String(minute),
        columns: [
          {
            label: t('activations.minute'),
            isName: true,
            cell: ({ minute }) => t('activations.minutes', { count: minute + 1 }),
          },
          { label: t('activations.answered'), isNumber: true, cell: ({ answered }) => answered },
        ],
      })}
    </details>`;
}
