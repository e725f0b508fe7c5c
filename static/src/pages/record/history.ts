/** Every visit of a fiscal year, the latest first, with what came of it and why. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../components/icon';
import { moment } from '../../components/moment';
import { formatDay } from '../../format/dates';
import { formatDistance } from '../../format/distance';
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/record';
import { lacksPhoto, nearest, type Outcome, type Visit } from './model';

const OUTCOMES: Record<Outcome, { words: Key; tone: string }> = {
  accepted: { words: 'record.state_accepted', tone: 'badge-done' },
  pending: { words: 'record.state_pending', tone: 'badge-warning' },
  rejected: { words: 'record.state_rejected', tone: 'badge-retired' },
};
const VERDICTS: Record<NonNullable<Visit['verdict']>, Key> = {
  inside: 'record.inside',
  undecidable: 'record.undecidable',
  outside: 'record.outside',
};

/** The list. */
export const history = (visits: readonly Visit[]): TemplateResult =>
  html`<section class="section" aria-labelledby="history">
    <h2 class="section-title" id="history">${t('record.history')}</h2>
    <table class="data-table">
      <thead>
        <tr>
          <th scope="col">${t('record.day')}</th>
          <th scope="col">${t('record.stop')}</th>
          <th scope="col">${t('record.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        ${[...visits].reverse().map(row)}
      </tbody>
    </table>
  </section>`;

function row(visit: Visit): TemplateResult {
  const { words, tone } = OUTCOMES[visit.outcome];
  const reason = visit.decisions.at(-1)?.reason;
  return html`<tr>
    <td>${visit.at ? moment(visit.at) : formatDay(visit.day)}</td>
    <td>
      <span class="cell-name">${pick(visit.stop_name)}</span><br />${pick(visit.route_title)}
      ${visit.note ? html`<br />${t('record.note', { text: visit.note })}` : nothing}
    </td>
    <td>
      <span class="badge ${tone}">${t(words)}</span> ${position(visit)}
      ${reason ? html`<br />${t('record.decided', { reason })}` : nothing}
      ${visit.flags.map(({ message }) => html`<br />${message}`)}
      ${
        lacksPhoto(visit)
          ? html`<br /><span class="record-warning"
                >${icon('warning')}${t('record.photo_missing')}</span
              >`
          : nothing
      }
    </td>
  </tr>`;
}

function position(visit: Visit): TemplateResult | typeof nothing {
  if (!visit.verdict) return nothing;
  const found = nearest(visit);
  return html`${t(VERDICTS[visit.verdict])}${
    typeof found?.distance_m === 'number' && typeof found.accuracy_m === 'number'
      ? html` ${t('record.distance', {
          length: formatDistance(found.distance_m),
          accuracy: Math.round(found.accuracy_m),
        })}`
      : nothing
  }`;
}
