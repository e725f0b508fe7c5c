/** Published routes of other departments, which can be cloned. */
import { html, type TemplateResult } from 'lit';
import { t } from '../../../i18n/areas/design';
import type { PublishedRoute } from '../api';
import { ownText } from '../words';

export const othersList = (
  others: readonly PublishedRoute[],
  /** The route that is being cloned. */
  busy: string | null,
  clone: (route: string, name: string) => void,
): TemplateResult =>
  html`<details class="section design-others">
    <summary class="section-title">${t('list.others', { count: others.length })}</summary>
    <p class="section-text">${t('list.others_text')}</p>
    <ul class="design-cards">
      ${others.map(({ id, code, department, title }) => {
        const name = ownText(title);
        return html`<li class="card design-card">
          <div class="design-card-head">
            <h3 class="design-card-title">${name}</h3>
            <p class="section-text">${[code, department].filter(Boolean).join(' / ')}</p>
          </div>
          <div class="button-row">
            <button
              type="button"
              class="button button-small"
              ?disabled=${busy === id}
              @click=${() => {
                clone(id, name);
              }}
            >
              ${t('list.clone')}<span class="visually-hidden"> ${name}</span>
            </button>
          </div>
        </li>`;
      })}
    </ul>
  </details>`;
