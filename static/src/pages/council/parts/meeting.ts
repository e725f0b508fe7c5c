/** Where one meets, and the way there. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import type { OwnMuster } from '../../../activation/types';
import type { CouncilItem } from '../../../council/types';
import { formatDistance } from '../../../format/distance';
import { t } from '../../../i18n/areas/council';
import type { Way, Ways } from '../model';

/** The meeting place and its address. */
export const meetingPlace = ({ meeting_place: place, address }: CouncilItem): TemplateResult =>
  html`<section class="section council-meeting" aria-labelledby="meet">
    <h2 class="section-title" id="meet">${t('council.meet')}</h2>
    ${
      place
        ? html`<p class="council-place" lang=${langOf(place)}>${icon('pin')}${place}</p>`
        : html`<p>${t('council.meet_none')}</p>`
    }
    ${address ? html`<p lang=${langOf(address)}>${address}</p>` : nothing}
    ${place ? html`<p class="section-text">${t('council.meet_shelter')}</p>` : nothing}
  </section>`;

/** Nearer than that a map shows streets. */
const ZOOM = 17;

/** Where one gathers when something happens, where that is not where the council meets. */
export function ownMuster({ name, location }: OwnMuster): TemplateResult {
  const place = location?.toReversed().map((degrees) => degrees.toFixed(5));
  return html`<section class="section" aria-labelledby="muster">
    <h2 class="section-title" id="muster">${t('council.muster')}</h2>
    <p class="council-place" lang=${langOf(name)}>${icon('pin')}${name}</p>
    <p class="section-text">${t('council.muster_text')}</p>
    ${
      place
        ? html`<div class="council-links">
            <a class="button council-link" href="/#map=${ZOOM}/${place.join('/')}"
              >${t('council.muster_map')}</a
            >
          </div>`
        : nothing
    }
  </section>`;
}

/** How far a way is, in minutes and metres. */
export const wayLength = ({ minutes, metres }: Way): string =>
  [t('council.way_minutes', { minutes }), formatDistance(metres)].join(t('text.separator'));

const stairsWords = ({ stairs }: Way): string =>
  stairs > 0 ? t('council.way_stairs', { count: stairs }) : t('council.way_no_stairs');

const described = (way: Way): TemplateResult => html`
  <p class="council-way-length">${wayLength(way)}</p>
  <ul class="bullets">
    <li>${t('council.way_crossings', { count: way.crossings })}</li>
    <li>${stairsWords(way)}</li>
  </ul>
  ${
    way.onNetwork
      ? nothing
      : html`<p class="council-warning">
          ${icon('warning')}<span>${t('council.way_straight')}</span>
        </p>`
  }
`;

/** The way that one walks, and the one without steps. */
export function ways({ walk, stepFree, areSame }: Ways): TemplateResult {
  return html`<section class="section" aria-labelledby="way">
    <h2 class="section-title" id="way">${t('council.way')}</h2>
    ${
      walk || stepFree
        ? html`<div class="council-ways">
            ${
              walk
                ? html`<div class="card">
                    <h3>${t('council.way_walk')}</h3>
                    ${described(walk)}
                  </div>`
                : nothing
            }
            <div class="card">
              <h3>${t('council.way_step_free')}</h3>
              ${stepFreeWords(stepFree, areSame)}
            </div>
          </div>`
        : html`<p>${t('council.way_none')}</p>`
    }
    <p class="section-text">${t('council.way_note')}</p>
  </section>`;
}

function stepFreeWords(way: Way | null, isSame: boolean): TemplateResult {
  if (!way) return html`<p>${t('council.way_step_free_none')}</p>`;
  return isSame ? html`<p>${t('council.way_same')}</p>` : described(way);
}
