/** What of oneself was given to whom. */
import { html, nothing, type TemplateResult } from 'lit';
import { langOf } from '../../../components/lang-of';
import { empty } from '../../../components/lists';
import { moment } from '../../../components/moment';
import { formatTime } from '../../../format/dates';
import { t } from '../../../i18n/areas/my-introduction';
import type { MySheet } from '../../../introductions/types';
import { fieldNames, stateName, stateTone } from '../../../introductions/words';

const row = (sheet: MySheet): TemplateResult => {
  const { council_name: council, recipient, state, made_at, opened_at, expires_at, fields } = sheet;
  const to = t('my_introduction.given_to', { council, recipient });
  return html`<li class="card" data-state=${state}>
    <p><strong lang=${langOf(to)}>${to}</strong></p>
    <p>
      <span class="badge ${stateTone(state)}">${stateName(state)}</span>
      ${moment(opened_at ?? made_at)}
    </p>
    <p class="section-text">
      ${
        fields.length > 0
          ? t('my_introduction.given_fields', {
              fields: fieldNames(fields.map(({ field }) => field)),
            })
          : state === 'waiting' && expires_at
            ? t('my_introduction.given_waiting', { time: formatTime(new Date(expires_at)) })
            : t('my_introduction.given_nothing')
      }
    </p>
  </li>`;
};

/** The record: when, to which council, to whom, how, and which fields. */
export const givenList = (given: readonly MySheet[]): TemplateResult =>
  html`<h3 class="introduction-given-title">${t('my_introduction.given')}</h3>
    ${given.length === 0 ? empty(t('my_introduction.given_none')) : nothing}
    ${
      given.length === 0
        ? nothing
        : html`<ul class="introduction-given">
            ${given.map(row)}
          </ul>`
    }`;
