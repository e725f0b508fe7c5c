/** How many have answered what: as figures that are read across a room, and as a bar. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Standing } from '../../activation/answers';
import { colourOf, drawStanding } from '../../activation/signs';
import type { Counts } from '../../activation/types';
import { standingName } from '../../activation/words';
import { t } from '../../i18n/areas/activations';
import { residentsIn, shares, STANDINGS } from './roll';

const percent = (count: number, all: number): string =>
  all === 0 ? '-' : `${String(Math.round((count / all) * 100))}%`;

/** Between two parts, in hundredths of all. */
const GAP = 0.4;

/** A bar of all residents; the figures beside it say the same. */
const bar = (counts: Counts): TemplateResult =>
  html`<svg class="roll-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    ${shares(counts).map(
      ({ standing, from, length }) =>
        svg`<rect x=${from === 0 ? 0 : from + GAP} width=${from === 0 ? length : Math.max(length - GAP, GAP)} height="10" fill=${colourOf(standing)}></rect>`,
    )}
  </svg>`;

/** The figures. `choose` shows who they are. */
export function figures(
  counts: Counts,
  chosen: Standing | '',
  choose: ((standing: Standing) => void) | null,
): TemplateResult {
  const all = residentsIn(counts);
  const answered = all - counts.none;
  return html`<div class="roll-figures-all">
    <p class="roll-answered">
      <strong class="roll-number">${answered}</strong>
      <span>${t('activations.answered_of', { count: all })} ${percent(answered, all)}</span>
    </p>
    ${bar(counts)}
    <ul class="roll-figures">
      ${STANDINGS.map((standing) => {
        const words = html`${drawStanding(standing)}
          <span class="roll-figure-name">${standingName(standing)}</span>
          <strong class="roll-number">${counts[standing]}</strong>`;
        return html`<li data-standing=${standing} data-count=${counts[standing]}>
          ${
            choose
              ? html`<button
                  type="button"
                  class="roll-figure"
                  aria-pressed=${chosen === standing ? 'true' : 'false'}
                  @click=${() => {
                    choose(standing);
                  }}
                >
                  ${words}
                </button>`
              : html`<div class="roll-figure">${words}</div>`
          }
        </li>`;
      })}
    </ul>
    ${choose ? html`<p class="section-text">${t('activations.figures_help')}</p>` : nothing}
  </div>`;
}
