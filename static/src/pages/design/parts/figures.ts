/** How long the way is, in metres and minutes, and what is on it. */
import { html, nothing, type TemplateResult } from 'lit';
import { failureText } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import type { EditorState } from '../model/editor';
import { minutesOf, type Way } from '../model/way';
import { metresText, minutesText } from '../words';

export function figures({ way, wayError, history }: Readonly<EditorState>): TemplateResult {
  const design = history.present;
  const minutes = way && minutesOf(way, design);
  const isLate = minutes !== null && minutes.longest > design.slot_min;
  return html`<div class="figures" aria-busy=${way?.isGuess && !wayError ? 'true' : 'false'}>
    <dl class="figures-main">
      <div>
        <dt>${t('figures.distance')}</dt>
        <dd data-figure="distance">${way ? metresText(way.distance_m) : '–'}</dd>
      </div>
      <div class=${isLate ? 'is-late' : ''}>
        <dt>${t('figures.convention')}</dt>
        <dd data-figure="convention">${minutes ? minutesText(minutes.convention) : '–'}</dd>
      </div>
      <div class=${isLate ? 'is-late' : ''}>
        <dt>${t('figures.estimate')}</dt>
        <dd data-figure="estimate">${minutes?.estimate ? minutesText(minutes.estimate) : '–'}</dd>
      </div>
    </dl>
    <p class="figures-more" data-figure="more">
      ${way ? more(way, wayError !== null) : t('figures.none')}
    </p>
    ${
      wayError
        ? html`<p class="figures-error">${icon('warning')}<span>${failureText(wayError)}</span></p>`
        : nothing
    }
  </div>`;
}

function more(way: Way, isFinal: boolean): string {
  if (way.isGuess) return t(isFinal ? 'figures.ruler' : 'figures.guess');
  const straight = way.legs.filter(({ isStraight }) => isStraight).length;
  const parts = [
    way.stairs > 0
      ? t('figures.stairs', { count: way.stairs, metres: Math.round(way.stairs_m) })
      : t('figures.no_stairs'),
    way.steep_m >= 1 ? t('figures.steep', { metres: Math.round(way.steep_m) }) : '',
    way.crossings > 0 ? t('figures.crossings', { count: way.crossings }) : '',
    way.lifts > 0 ? t('figures.lifts', { count: way.lifts }) : '',
    straight > 0 ? t('figures.straight', { count: straight }) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}
