/** What one noticed, with the answers. */
import { html, nothing, type TemplateResult } from 'lit';
import { empty } from '../../components/lists';
import { moment } from '../../components/moment';
import { formatDay } from '../../format/dates';
import { t } from '../../i18n/areas/record';
import type { Observation } from './model';

/** The list. */
export const observations = (all: readonly Observation[]): TemplateResult =>
  html`<section class="section" aria-labelledby="observations">
    <h2 class="section-title" id="observations">${t('record.observations')}</h2>
    ${
      all.length === 0
        ? empty(t('record.no_observations'))
        : html`<ul class="record-observations">
            ${[...all].reverse().map(one)}
          </ul>`
    }
  </section>`;

const one = ({ at, day, text, wants_answer, answers }: Observation): TemplateResult =>
  html`<li class="card">
    <p class="section-text">${at ? moment(at) : formatDay(day)}</p>
    <p>${text ?? t('record.erased')}</p>
    ${
      wants_answer && answers.length === 0
        ? html`<p><span class="badge badge-warning">${t('record.waits')}</span></p>`
        : nothing
    }
    ${answers.map(
      (answer) =>
        html`<div class="record-answer">
          <strong>${t('record.answer')}</strong> ${moment(answer.at)}
          <p>${answer.text}</p>
        </div>`,
    )}
  </li>`;
