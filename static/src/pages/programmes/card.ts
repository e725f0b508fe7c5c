/** A programme of a fiscal year, in words. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDay } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/training';
import type { Programme } from '../completion/model';
import { employmentName, organisation, tierName } from '../roster/words';
import { t as surveyText } from '../../i18n/areas/survey';
import type { Rule } from './model';
import { counts } from './questions';

/** For whom it is. */
export function audienceWords(audience: Rule['audience']): string {
  const departments = (audience?.departments ?? []).map(
    (id) => organisation.state.departments.find((one) => one.id === id)?.name ?? id,
  );
  const years = audience?.joined_within_years;
  const words = [
    ...(audience?.tiers ?? []).map(tierName),
    ...(audience?.employments ?? []).map(employmentName),
    ...departments,
    ...(years ? [t('programmes.joined_words', { years })] : []),
  ];
  return words.length > 0 ? words.join(' / ') : t('programmes.everybody');
}

/** What counts. */
export function requirementWords(requirement: Rule['requirement']): string {
  const { routes, new_routes, new_within_years, away_routes, evidence, or_outing, or_desk } =
    requirement;
  return [
    t('programmes.routes_words', { count: routes }),
    ...(new_routes
      ? [t('programmes.new_words', { count: new_routes, years: new_within_years ?? 3 })]
      : []),
    ...(away_routes ? [t('programmes.away_words', { count: away_routes })] : []),
    ...(evidence === 'proven' ? [t('programmes.proven_words')] : []),
    ...(or_outing ? [t('programmes.outing_words')] : []),
    ...(or_desk ? [t('programmes.desk_words')] : []),
  ].join(' / ');
}

/** When it reminds. */
export const reminderWords = (days: readonly number[]): string =>
  days.length === 0
    ? t('programmes.reminded_never')
    : [...days]
        .sort((a, b) => b - a)
        .map((count) => t('programmes.reminded_words', { count }))
        .join(' / ');

/** What is asked before and after. */
const questionWords = (questions: NonNullable<Rule['questions']>): string =>
  questions.length === 0
    ? surveyText('questions.words_none')
    : surveyText('questions.words', counts(questions));

/** The card; `buttons` is what can be done with it. */
export function programmeCard(one: Programme, buttons: TemplateResult): TemplateResult {
  return html`<li class="card training-card">
    <h3>${pick(one.rule.title)}</h3>
    <p class="training-standing">
      <span class="badge ${one.opened_at ? 'badge-done' : 'badge-warning'}"
        >${t(one.opened_at ? 'programmes.open' : 'programmes.planned')}</span
      >
      ${t(one.frequency === 'once' ? 'programmes.once' : 'programmes.yearly')}
      <span class="code">${one.code}</span>
      ${one.ended_on ? html`<span class="badge badge-retired">${t('programmes.ended')}</span>` : nothing}
    </p>
    <dl class="facts">
      <dt>${t('programmes.audience')}</dt>
      <dd>${audienceWords(one.rule.audience)}</dd>
      <dt>${t('programmes.requirement')}</dt>
      <dd>${requirementWords(one.rule.requirement)}</dd>
      <dt>${t('programmes.due_on')}</dt>
      <dd>${formatDay(one.due_on)}</dd>
      <dt>${t('programmes.reminded')}</dt>
      <dd>${reminderWords(one.rule.reminders ?? [])}</dd>
      <dt>${surveyText('questions.title')}</dt>
      <dd>${questionWords(one.rule.questions ?? [])}</dd>
    </dl>
    ${buttons}
  </li>`;
}
