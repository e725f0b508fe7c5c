/** The stop to which one is walking: where it is, what it tells, what it asks. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Position } from '../../../api/types';
import { sampleBadge } from '../../../components/badges';
import { icon, type IconName } from '../../../components/icon';
import { formatDistance } from '../../../format/distance';
import { distance } from '../../../geo/measure';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/walk';
import type { Given } from '../model/check-in';
import type { Stop } from '../model/packs';
import { bearing, type Fix, type Standing, wind } from '../model/way';
import { ASKED_WORDS } from './evidence-form';

const WINDS: readonly Key[] = [
  'wind.0',
  'wind.1',
  'wind.2',
  'wind.3',
  'wind.4',
  'wind.5',
  'wind.6',
  'wind.7',
];
/** What a position says. */
export const STANDINGS: Record<Standing, { icon: IconName; says: Key }> = {
  inside: { icon: 'check', says: 'walk.inside' },
  undecidable: { icon: 'locate', says: 'walk.undecidable' },
  outside: { icon: 'warning', says: 'walk.outside' },
};

/** What the card shows. */
export interface NextStop {
  stop: Stop;
  /** How many stops the route has. */
  total: number;
  fix: Fix | null;
  isLost: boolean;
  where: Standing | null;
  given: Given;
  /** Whether a poster's link brought its code. */
  isScanned: boolean;
  isVisited: boolean;
  /** Whether what is there will do for this stop. */
  isEnough: boolean;
  isSample: boolean;
  evidence: TemplateResult;
}

/** Nearer than that a direction says nothing, in metres. */
const CLOSE_M = 15;
const isClose = (fix: Fix, place: Position): boolean =>
  distance(fix.location, place) <= Math.max(CLOSE_M, fix.accuracy_m);

/** How far and in which direction, in words; the same for who sees and who listens. */
export const wayTo = (fix: Fix, place: Position): string => {
  if (isClose(fix, place)) return t('walk.close');
  return t('walk.way', {
    wind: t(WINDS[wind(bearing(fix.location, place))] ?? 'wind.0'),
    length: formatDistance(distance(fix.location, place)),
  });
};

/** The card. */
export function nextStop(next: NextStop): TemplateResult {
  const { stop, total } = next;
  return html`<section class="walk-next" aria-labelledby="next">
    <h2 id="next" class="walk-next-title" tabindex="-1">
      <span class="walk-number" aria-hidden="true">${stop.sequence}</span>
      <span>
        <span class="walk-eyebrow">
          ${
            next.isVisited
              ? t('walk.again', { number: stop.sequence, total })
              : t('walk.next', { number: stop.sequence, total })
          }
        </span>
        ${pick(stop.name)} ${next.isSample ? sampleBadge() : nothing}
      </span>
    </h2>
    ${way(next)} ${verdict(next)}
    ${
      stop.photo
        ? html`<figure class="walk-photo">
            <img src=${stop.photo.url} alt=${pick(stop.photo.alt)} />
            <figcaption>${stop.photo.credit}</figcaption>
          </figure>`
        : nothing
    }
    <p class="walk-story">${pick(stop.story)}</p>
    ${stop.question ? html`<p class="walk-question">${icon('info')}<strong>${pick(stop.question)}</strong></p>` : nothing}
    ${
      next.isScanned
        ? html`<p class="notice" data-scanned>${icon('check')}<span>${t('walk.scanned')}</span></p>`
        : nothing
    }
    <details class="walk-more" ?open=${stop.question !== null && stop.question !== undefined}>
      <summary>${t('walk.more')}</summary>
      ${next.evidence}
    </details>
  </section>`;
}

function way({ fix, isLost, stop }: NextStop): TemplateResult {
  const place = stop.location as Position;
  if (!fix) {
    return html`<p class="walk-way-none" role="status">
      ${isLost ? t('walk.here_none') : t('walk.here_unknown')}
    </p>`;
  }
  return html`<div class="walk-way">
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="22" />
      <text x="24" y="11">N</text>
      ${isClose(fix, place) ? svg`<circle class="walk-way-here" cx="24" cy="24" r="8" />` : svg`<path d="M24 8l9 27l-9-7l-9 7z" transform="rotate(${bearing(fix.location, place)} 24 24)" />`}
    </svg>
    <p>
      <strong>${wayTo(fix, place)}</strong>
      <span>${t('walk.here', { metres: Math.max(1, Math.round(fix.accuracy_m)) })}</span>
    </p>
  </div>`;
}

/** Outside by more than so many radii nobody thinks to have arrived. */
const FAR_RADII = 3;

/** What the position says, at once; and what to do when somebody is there and it does not say enough. */
function verdict({ fix, isEnough, isLost, stop, where }: NextStop): TemplateResult {
  const metres = fix ? distance(fix.location, stop.location as Position) : 0;
  const isFar = where === 'outside' && metres > stop.radius_m * FAR_RADII;
  const isShort = !isEnough && !isFar && (where !== null || isLost);
  const tone = isEnough ? 'enough' : isShort ? 'short' : 'unknown';
  const kinds = stop.evidence.map((kind) => t(ASKED_WORDS[kind])).join(t('walk.or'));
  return html`<div class="walk-verdict walk-verdict-${tone}" data-standing=${where ?? 'none'}>
    ${icon(isEnough ? 'check' : isFar || !where ? 'locate' : STANDINGS[where].icon)}
    <div>
      <p role="status">
        ${where ? html`<strong>${t(isFar ? 'walk.far' : STANDINGS[where].says)}</strong>` : nothing}
      </p>
      ${isEnough ? html`<p>${t('walk.inside_then')}</p>` : nothing}
      ${isShort ? html`<p>${t('walk.otherwise')}</p>` : nothing}
      <p>${t(stop.evidence.length > 1 ? 'walk.asked' : 'walk.asked_one', { kinds })}</p>
    </div>
  </div>`;
}
