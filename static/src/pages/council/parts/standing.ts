/** What is said to whoever has no council yet, or needs none. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { language } from '../../../i18n';
import { t } from '../../../i18n/areas/council';
import { sessionStore } from '../../../shell/session';

/** Whom to ask, as the deployment says it. */
function support(): TemplateResult | typeof nothing {
  const { session } = sessionStore.state;
  const [ja, en] = [session?.support_contact, session?.support_contact_en];
  const contact = language() === 'en' ? (en ?? ja) : (ja ?? en);
  if (!contact) return nothing;
  return html`<p lang=${langOf(contact)}>${t('council.support', { contact })}</p>`;
}

/** Whoever lives in no disaster housing learns whom the page is for. */
export const noHome = (): TemplateResult =>
  html`<div class="notice">
    ${icon('info')}
    <div class="notice-text">
      <p><strong>${t('council.no_home')}</strong></p>
      <p>${t('council.no_home_text')}</p>
      <p>${t('council.no_home_ask')}</p>
      ${support()}
    </div>
  </div>`;

/** Whoever waits for the registrar learns what happens next. */
export const waiting = (): TemplateResult =>
  html`<div class="notice notice-warning">
    ${icon('info')}
    <div class="notice-text">
      <p><strong>${t('council.waiting')}</strong></p>
      <p>${t('council.waiting_text')}</p>
      <p>${t('council.waiting_ask')}</p>
      ${support()}
    </div>
  </div>`;
