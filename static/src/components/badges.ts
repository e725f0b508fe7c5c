import { html, nothing, type TemplateResult } from 'lit';
import type { Feature } from '../api/types';
import { today } from '../format/dates';
import { isRetired, isSample } from '../format/feature';
import { t } from '../i18n';

/** The mark of invented data. */
export const sampleBadge = (): TemplateResult =>
  html`<span class="badge badge-sample">${t('sample.badge')}</span>`;

/** What must be known of a feature at a glance: that it is invented, or no longer exists. */
export const badges = (feature: Feature): TemplateResult =>
  html`${isSample(feature) ? sampleBadge() : nothing}${
    isRetired(feature, today())
      ? html`<span class="badge badge-retired">${t('feature.retired')}</span>`
      : nothing
  }`;
