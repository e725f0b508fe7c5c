/** A sheet that was made just now: to be printed, or its link to be sent. */
import { html, nothing, type TemplateResult } from 'lit';
import { copy } from '../../components/clipboard';
import { icon } from '../../components/icon';
import { formatTime } from '../../format/dates';
import { t } from '../../i18n/areas/introductions';
import { printButton, sheet } from '../../introductions/sheet';
import type { MadeSheet } from '../../introductions/types';

const link = ({ url, qr_svg: svg, expires_at }: MadeSheet): TemplateResult => html`
  <p class="introduction-secret" translate="no">${url}</p>
  <p class="section-text">
    ${t('giving.link_once', { time: expires_at ? formatTime(new Date(expires_at)) : '' })}
  </p>
  ${
    svg
      ? html`<img
          class="introduction-code"
          alt=${t('giving.qr')}
          width="200"
          height="200"
          src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}"
        />`
      : nothing
  }
`;

/** What was made, and what to do with it. */
export const madeSheet = (made: MadeSheet, another: () => void): TemplateResult => {
  const { how, url } = made;
  return html`<div class="introduction-made no-print" data-made=${how}>
      <h3 class="section-title" id="made" tabindex="-1">
        ${t(how === 'link' ? 'giving.made_link' : 'giving.made_printed')}
      </h3>
      ${how === 'link' ? link(made) : nothing}
      <div class="button-row">
        ${
          how === 'printed'
            ? printButton()
            : html`<button
                type="button"
                class="button button-primary"
                @click=${() => void copy(url ?? '')}
              >
                ${icon('link')}${t('giving.copy')}
              </button>`
        }
        <button type="button" class="button" @click=${another}>${t('giving.another')}</button>
      </div>
    </div>
    ${how === 'printed' ? sheet(made) : nothing}`;
};
