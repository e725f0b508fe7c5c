/** What several pages show of an outing. */
import { html, nothing, type TemplateResult } from 'lit';
import '../components/route-picture';
import type { PicturedRoute } from '../components/route-picture';
import { langOf } from '../components/lang-of';
import { formatDistance } from '../format/distance';
import { pick } from '../i18n';
import { type Key, t } from '../i18n/areas/outing-words';
import { type Standing, standing } from './state';
import type { Mine, Outing, SignUpState, Stop } from './types';
import { whenOf } from './when';

const STANDINGS: Record<Standing, { words: Key; tone: string }> = {
  open: { words: 'outing.open', tone: 'badge-key' },
  full: { words: 'outing.full', tone: 'badge-warning' },
  over: { words: 'outing.over', tone: 'badge-retired' },
  cancelled: { words: 'outing.cancelled', tone: 'badge-retired' },
};

const STATES: Record<SignUpState, Key> = {
  confirmed: 'outing.state_confirmed',
  waiting: 'outing.state_waiting',
  nominated: 'outing.state_nominated',
  refused: 'outing.state_refused',
  withdrawn: 'outing.state_withdrawn',
};

const MINE: Record<SignUpState, Key> = {
  confirmed: 'outing.mine_confirmed',
  waiting: 'outing.state_waiting',
  nominated: 'outing.mine_nominated',
  refused: 'outing.mine_refused',
  withdrawn: 'outing.state_withdrawn',
};

/** How an outing stands, and how one stands to it. */
export function outingBadges(outing: Outing, now: number): TemplateResult {
  const { words, tone } = STANDINGS[standing(outing, now)];
  const { mine, is_trainer } = outing;
  return html`<span class="outing-badges">
    <span class="badge ${tone}">${t(words)}</span>
    ${mine ? html`<span class="badge ${mineTone(mine)}">${mineWords(mine)}</span>` : nothing}
    ${is_trainer ? html`<span class="badge badge-key">${t('outing.mine_lead')}</span>` : nothing}
  </span>`;
}

const mineTone = ({ state }: Mine): string =>
  state === 'confirmed' ? 'badge-done' : 'badge-warning';

/** How one stands to an outing oneself, in words. */
const mineWords = ({ state, waiting_place: place }: Mine): string =>
  state === 'waiting' && typeof place === 'number'
    ? t('outing.mine_waiting', { place })
    : t(MINE[state]);

/** How somebody stands to an outing, in words. */
export const stateWords = (state: SignUpState): string => t(STATES[state]);

/** When, where and for how many. */
export function outingFacts(outing: Outing): TemplateResult {
  const { meeting_point, department_name, confirmed, capacity, waiting, hosts, reason } = outing;
  return html`<dl class="facts">
    ${
      reason
        ? html`<dt>${t('outing.reason')}</dt>
            <dd lang=${langOf(reason)}>${reason}</dd>`
        : nothing
    }
    <dt>${t('outing.when')}</dt>
    <dd><time datetime=${outing.starts_at}>${whenOf(outing)}</time></dd>
    <dt>${t('outing.meet')}</dt>
    <dd lang=${langOf(meeting_point)}>${meeting_point}</dd>
    <dt>${t('outing.places')}</dt>
    <dd>
      ${t('outing.places_value', { confirmed, capacity })}${
        waiting > 0 ? html` ${t('outing.waiting_count', { count: waiting })}` : nothing
      }
    </dd>
    ${
      hosts.length > 0
        ? html`<dt>${t('outing.hosts')}</dt>
            <dd>
              <ul>
                ${hosts.map(({ name }) => html`<li lang=${langOf(name)}>${name}</li>`)}
              </ul>
            </dd>`
        : nothing
    }
    <dt>${t('outing.department')}</dt>
    <dd lang=${langOf(department_name)}>${department_name}</dd>
  </dl>`;
}

/** A route on a map, and as a list that says the same. */
export const routeSection = (
  route: PicturedRoute,
  stops: readonly Stop[],
  distance_m: number,
): TemplateResult =>
  html`<section class="section" aria-labelledby="route">
    <h2 class="section-title" id="route">${t('outing.route_way')}</h2>
    <p>${t('outing.length')} ${formatDistance(distance_m)}</p>
    <div class="outing-route">
      <div>
        <p class="visually-hidden">${t('outing.map_same')}</p>
        <route-picture .route=${route} .label=${t('outing.map')}></route-picture>
      </div>
      <ol class="outing-stops" aria-label=${t('outing.stops')}>
        ${stops.map(stop)}
      </ol>
    </div>
  </section>`;

function stop({ sequence, name, stay_min: count }: Stop): TemplateResult {
  const text = pick(name);
  return html`<li>
    <span class="outing-stop-number" aria-hidden="true">${sequence}</span>
    <span
      ><span lang=${langOf(text)}>${text}</span>${
        count > 0
          ? html` <span class="section-text">${t('outing.stay', { count })}</span>`
          : nothing
      }</span
    >
  </li>`;
}
