/** What is suggested of a home: the council, why, and why to look twice. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../components/icon';
import { t } from '../../i18n/areas/housing';
import type { Candidate, Suggestion } from './model';
import { doubtText, hints } from './words';

const reasons = (candidate: Candidate): TemplateResult =>
  html`<ul class="bullets">
    ${hints(candidate).map((hint) => html`<li>${hint}</li>`)}
  </ul>`;

const named = (candidate: Candidate): TemplateResult =>
  html`<li>
    <p>${candidate.council_name}</p>
    ${reasons(candidate)}
  </li>`;

const doubts = ({ doubts: found }: Suggestion): TemplateResult | typeof nothing =>
  found.length === 0
    ? nothing
    : html`<div class="housing-doubts">
        <p>${icon('warning')}<strong>${t('housing.doubts')}</strong></p>
        <ul class="bullets">
          ${found.map((doubt) => html`<li>${doubtText(doubt)}</li>`)}
        </ul>
      </div>`;

/** A suggestion, in words. */
export function suggestionView(suggestion: Suggestion): TemplateResult {
  const { council_id: id, candidates } = suggestion;
  const first = candidates.find(({ council_id }) => council_id === id);
  const others = candidates.filter((candidate) => candidate !== first);
  return html`<div class="housing-suggestion">
    ${
      first
        ? html`<p><strong>${t('housing.suggested', { council: first.council_name })}</strong></p>
            ${reasons(first)}`
        : html`<p><strong>${t('housing.no_suggestion')}</strong></p>`
    }
    ${doubts(suggestion)}
    ${
      others.length === 0
        ? nothing
        : first
          ? html`<details class="housing-more">
              <summary>${t('housing.other_candidates', { count: others.length })}</summary>
              <ul class="housing-candidates">
                ${others.map(named)}
              </ul>
            </details>`
          : html`<ul class="housing-candidates">
              ${others.map(named)}
            </ul>`
    }
  </div>`;
}
