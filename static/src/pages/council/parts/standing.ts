/** What is said to whoever has no council yet, or needs none. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { language } from '../../../i18n';
import { t } from '../../../i18n/areas/council';
import type { MyCouncilDocument } from '../../../council/types';
import { sessionStore } from '../../../shell/session';

/** What of the document says whom to ask; a copy on the device may be older than that. */
type Asked = Partial<Pick<MyCouncilDocument, 'registrar' | 'registrar_en'>>;

/** Whom to ask: the registrar, or whoever helps with signing in; none where nobody is named. */
function contactOf({ registrar: said, registrar_en: saidEn }: Asked): string | null {
  const { session } = sessionStore.state;
  const [ja, en] =
    said || saidEn ? [said, saidEn] : [session?.support_contact, session?.support_contact_en];
  return (language() === 'en' ? (en ?? ja) : (ja ?? en)) ?? null;
}

/** Whom to ask, as the deployment says it. */
function support(asked: Asked): TemplateResult | typeof nothing {
  const contact = contactOf(asked);
  if (!contact) return nothing;
  return html`<p lang=${langOf(contact)}>${t('council.support', { contact })}</p>`;
}

/** Whom to ask about one's home and council. */
export function registrar(asked: Asked): TemplateResult | typeof nothing {
  const contact = contactOf(asked);
  if (!contact) return nothing;
  return html`<section class="section" aria-labelledby="registrar">
    <h2 class="section-title" id="registrar">${t('council.registrar')}</h2>
    <p class="council-registrar" lang=${langOf(contact)}>${contact}</p>
    <p class="section-text">${t('council.registrar_text')}</p>
  </section>`;
}

/** Whoever lives in no disaster housing learns whom the page is for. */
export const noHome = (asked: Asked): TemplateResult =>
  html`<div class="notice">
    ${icon('info')}
    <div class="notice-text">
      <p><strong>${t('council.no_home')}</strong></p>
      <p>${t('council.no_home_text')}</p>
      <p>${t('council.no_home_ask')}</p>
      ${support(asked)}
    </div>
  </div>`;

/** Whoever waits for the registrar learns what happens next. */
export const waiting = (asked: Asked): TemplateResult =>
  html`<div class="notice notice-warning">
    ${icon('info')}
    <div class="notice-text">
      <p><strong>${t('council.waiting')}</strong></p>
      <p>${t('council.waiting_text')}</p>
      <p>${t('council.waiting_ask')}</p>
      ${support(asked)}
    </div>
  </div>`;
