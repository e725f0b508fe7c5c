/** What the checklist and the reviewers say of one stop. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { moment } from '../../../components/moment';
import { t } from '../../../i18n/areas/design';
import type { DraftDocument } from '../api';
import { findingText } from '../words';

export function findingsOf(
  { checklist }: DraftDocument,
  stopId: string,
): TemplateResult | typeof nothing {
  const found = checklist.flatMap(({ findings }) =>
    findings.filter(({ stop_id: stop }) => stop === stopId),
  );
  if (found.length === 0) return nothing;
  return html`<ul class="stop-findings" aria-label=${t('stop.findings')}>
    ${found.map((finding) => html`<li>${icon('warning')}<span>${findingText(finding)}</span></li>`)}
  </ul>`;
}

/** What was said when the draft was last sent back. */
export function commentsOf(
  { reviews }: DraftDocument,
  stopId: string,
): TemplateResult | typeof nothing {
  const said = reviews
    .slice(0, 1)
    .flatMap(({ at, comments }) =>
      comments
        .filter(({ stop_id: stop }) => stop === stopId)
        .map(({ comment }) => ({ at, comment })),
    );
  if (said.length === 0) return nothing;
  return html`<ul class="stop-comments" aria-label=${t('stop.comments')}>
    ${said.map(
      ({ at, comment }) =>
        html`<li>
          <p class="section-text">${t('stop.comment_at')} ${moment(at)}</p>
          <p class="said">${comment}</p>
        </li>`,
    )}
  </ul>`;
}
