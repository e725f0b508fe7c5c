/** What is expected of a resident, in words of our own: the ward's plan takes precedence, and the page says so. */
import { html, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/council';

/** What to do when it happens, in its order. */
export const during = (): TemplateResult =>
  html`<ol class="council-steps">
    <li>${t('council.during_safe')}</li>
    <li>${t('council.during_tell')}</li>
    <li>${t('council.during_go')}</li>
    <li>${t('council.during_help')}</li>
  </ol>`;

/** The two short lists. */
export const expected = (): TemplateResult =>
  html`<section class="section" aria-labelledby="expected">
    <h2 class="section-title" id="expected">${t('council.expected')}</h2>
    <div class="council-ways">
      <div class="card">
        <h3>${t('council.before')}</h3>
        <ul class="council-checks">
          <li>${t('council.before_place')}</li>
          <li>${t('council.before_hello')}</li>
          <li>${t('council.before_contact')}</li>
          <li>${t('council.before_stock')}</li>
        </ul>
      </div>
      <div class="card">
        <h3>${t('council.during')}</h3>
        ${during()}
      </div>
    </div>
    <p class="notice">${icon('info')}<span>${t('council.precedence')}</span></p>
  </section>`;
