/** One obligation: how far one is, until when, and why. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDay } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/training';
import { daysLeft, type Obligation, REASONS, standing } from './model';

/** A card for it; `more` is what can be done about it. */
export function obligationCard(
  one: Obligation,
  today: string,
  more: TemplateResult | typeof nothing,
): TemplateResult {
  const { words, tone } = standing(one, today);
  const counts = one.state === 'due' || one.state === 'prorated';
  const reason = REASONS[one.reason];
  return html`<li class="card training-card">
    <h3>${pick(one.title)}</h3>
    <p class="training-standing">
      <span class="badge ${tone}">${t(words)}</span>
      ${one.completed_on ? t('training.completed_on', { day: formatDay(one.completed_on) }) : due(one, today)}
    </p>
    ${counts ? progress(one) : nothing}
    ${reason ? html`<p class="section-text">${t(reason)}</p>` : nothing}
    ${
      counts && !one.completed_on && one.evidence === 'proven'
        ? html`<p class="section-text">${t('training.proven')}</p>`
        : nothing
    }
    ${
      counts && !one.completed_on && one.or_outing
        ? html`<p class="section-text">${t('training.or_outing')}</p>`
        : nothing
    }
    ${more}
  </li>`;
}

function due({ due_on, state }: Obligation, today: string): TemplateResult | typeof nothing {
  if (!due_on || state === 'exempt' || state === 'ended') return nothing;
  const left = daysLeft(today, due_on);
  return html`<span>${t('training.due_on', { day: formatDay(due_on) })}</span>
    ${left === null ? nothing : html`<strong>${t('training.days_left', { count: left })}</strong>`}`;
}

function progress(one: Obligation): TemplateResult {
  const done = Math.min(one.routes_done, one.routes_needed);
  const words = t('training.routes', { needed: one.routes_needed, done });
  return html`<div class="training-progress">
      <progress max=${one.routes_needed} value=${done} aria-label=${words}></progress>
      <span>${words}</span>
    </div>
    ${
      one.new_needed > 0
        ? html`<p class="section-text">
            ${t('training.new_routes', {
              years: one.new_within_years,
              needed: one.new_needed,
              done: Math.min(one.new_done, one.new_needed),
            })}
          </p>`
        : nothing
    }
    ${
      one.away_needed > 0
        ? html`<p class="section-text">
            ${t('training.away_routes', {
              needed: one.away_needed,
              done: Math.min(one.away_done, one.away_needed),
            })}
          </p>`
        : nothing
    }`;
}
