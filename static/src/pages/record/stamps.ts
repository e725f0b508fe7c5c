/** The stamp book: a page for each route, a stamp for each required stop. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../components/icon';
import { empty } from '../../components/lists';
import { formatDay } from '../../format/dates';
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/record';
import type { Walk } from './model';

type State = Walk['stops'][number]['state'];

const STATES: Record<State, Key> = {
  accepted: 'record.state_accepted',
  pending: 'record.state_pending',
  rejected: 'record.state_rejected',
  missing: 'record.state_missing',
};

/** The book. */
export const stamps = (walks: readonly Walk[]): TemplateResult =>
  html`<section class="section" aria-labelledby="stamps">
    <h2 class="section-title" id="stamps">${t('record.stamps')}</h2>
    ${
      walks.length === 0
        ? html`${empty(t('record.none'))} <a class="button" href="/walk">${t('record.to_walk')}</a>`
        : html`<ul class="stamp-pages">
            ${walks.map(page)}
          </ul>`
    }
  </section>`;

const page = (walk: Walk): TemplateResult =>
  html`<li class="card stamp-page ${walk.complete ? 'stamp-page-complete' : ''}">
    <h3>${pick(walk.title)}</h3>
    <p class="stamp-summary">
      <span class="badge ${walk.complete ? 'badge-done' : 'badge-warning'}">
        ${walk.complete ? t('record.complete') : t('record.missing', { count: walk.missing_count })}
      </span>
      <span>
        ${
          walk.first_day === walk.last_day
            ? formatDay(walk.first_day)
            : t('record.days', {
                first: formatDay(walk.first_day),
                last: formatDay(walk.last_day),
              })
        }
      </span>
    </p>
    <ol class="stamps">
      ${walk.stops.map(
        ({ name, state }, index) =>
          html`<li class="stamp stamp-${state}">
            <span class="stamp-mark" aria-hidden="true">
              ${state === 'accepted' ? icon('check') : index + 1}
            </span>
            <span class="stamp-name">${pick(name)}</span>
            <span class="stamp-state">${t(STATES[state])}</span>
          </li>`,
      )}
    </ol>
    ${walk.complete ? nothing : html`<a class="button button-small" href="/walk">${t('record.to_walk')}</a>`}
  </li>`;
