/** A certificate of completion (修了証): on paper alone. */
import { html, type TemplateResult } from 'lit';
import { formatDay } from '../../format/dates';
import { reiwa } from '../../format/fiscal-year';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/training';
import { sessionStore } from '../../shell/session';
import { type Obligation } from './model';

/** The certificate that is on paper when the page is printed. */
export function certificate(one: Obligation, year: number, name: string): TemplateResult {
  const { settings } = sessionStore.state;
  return html`<section class="certificate" aria-hidden="true">
    <p class="certificate-title">${t('training.certificate_title')}</p>
    <p class="certificate-name">${name}</p>
    <p class="certificate-training">${pick(one.title)}</p>
    <p>${t('training.certificate_year', { year: String(year), era: reiwa(year) })}</p>
    <p>${t('training.certificate_text')}</p>
    <p>${one.completed_on ? formatDay(one.completed_on) : ''}</p>
    <p class="certificate-place">${settings ? pick(settings.municipality.name) : ''}</p>
  </section>`;
}
