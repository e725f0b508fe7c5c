/** The switch that keeps the page on this device, and what it means. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../../../i18n/areas/council';

/** What the switch needs. */
export interface KeepParts {
  /** Whether this browser can keep anything. */
  isPossible: boolean;
  isKept: boolean;
  /** Whether the device is at it. */
  isBusy: boolean;
  onChange: (isKept: boolean) => void;
}

/** The section with the switch. What is there can be taken away in any case. */
export const keepSection = ({ isPossible, isKept, isBusy, onChange }: KeepParts): TemplateResult =>
  html`<section class="section" aria-labelledby="keep">
    <h2 class="section-title" id="keep">${t('council.keep_title')}</h2>
    ${
      isPossible || isKept
        ? html`<label class="check council-keep">
              <input
                type="checkbox"
                role="switch"
                id="field-keep"
                aria-describedby="keep-what keep-open keep-erased"
                aria-disabled=${isBusy ? 'true' : 'false'}
                .checked=${live(isKept)}
                @change=${(event: Event) => {
                  const box = event.target as HTMLInputElement;
                  const wanted = box.checked;
                  // It shows what is so, which takes a moment.
                  box.checked = isKept;
                  if (!isBusy) onChange(wanted);
                }}
              />
              <strong>${t('council.keep')}</strong>
            </label>
            <ul class="bullets section-text">
              <li id="keep-what">${t('council.keep_what')}</li>
              <li id="keep-open">${t('council.keep_open')}</li>
              <li id="keep-erased">${t('council.keep_erased')}</li>
            </ul>`
        : html`<p>${t('council.keep_cannot')}</p>`
    }
  </section>`;
