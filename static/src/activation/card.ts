/** What residents see of an activation, in the banner and where it is tried out before it is declared. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icon';
import { langOf } from '../components/lang-of';
import { t } from '../i18n/areas/activation';
import { ANSWERS } from './answers';
import { drawStanding } from './signs';
import type { ActivationKind, Muster, RollAnswer } from './types';
import { kindName, momentText, standingName } from './words';

/** Nearer than that a map shows streets. */
const ZOOM = 17;

/** The way to where somebody gathers: the page of their council knows it, else the map shows the place. */
export function wayTo({ is_council, location }: Muster): { href: string; label: string } | null {
  if (is_council) return { href: '/council', label: t('activation.way') };
  if (!location) return null;
  const [longitude, latitude] = location;
  const place = `${latitude.toFixed(5)}/${longitude.toFixed(5)}`;
  return { href: `/#map=${ZOOM}/${place}`, label: t('activation.map') };
}

/** Whether it is a drill, and what it is about. */
export const head = (
  { kind, title }: { kind: ActivationKind; title: string },
  id: string,
): TemplateResult =>
  html`<p class="activation-title" id=${id}>
    <strong class="activation-mark">${kindName(kind)}</strong>
    <strong lang=${langOf(title)}>${title}</strong>
  </p>`;

/** What to do and where. */
export const message = (
  kind: ActivationKind,
  text: string,
  declared: string | null = null,
): TemplateResult =>
  html`<p class="activation-what">
    <strong>${t(kind === 'drill' ? 'activation.drill_what' : 'activation.real_what')}</strong>
    <span class="activation-message" lang=${langOf(text)}>${text}</span>
    ${
      declared
        ? html`<span class="activation-declared"
            >${t('activation.declared', { time: momentText(declared) })}</span
          >`
        : nothing
    }
  </p>`;

/** Where one gathers, with the way there. */
export function gather(muster: Muster | null): TemplateResult {
  const way = muster ? wayTo(muster) : null;
  return html`<p class="activation-muster">
    ${icon('pin')}
    <span>
      <span class="activation-label">${t('activation.muster')}</span>
      ${
        muster
          ? html`<strong lang=${langOf(muster.name)}>${muster.name}</strong>
              ${muster.is_council ? nothing : t('activation.muster_other')}`
          : t('activation.muster_none')
      }
    </span>
    ${way ? html`<a class="button button-small" href=${way.href}>${way.label}</a>` : nothing}
  </p>`;
}

/** The four answers. Which one counts is pressed. */
export const answerButtons = (
  chosen: RollAnswer | null,
  onTap: ((answer: RollAnswer) => void) | null,
  id: string,
): TemplateResult =>
  html`<p class="activation-choose" id=${id}>${t('activation.choose')}</p>
    <div class="activation-answers" role="group" aria-labelledby=${id}>
      ${ANSWERS.map(
        (answer) =>
          html`<button
            type="button"
            class="activation-answer"
            data-answer=${answer}
            aria-pressed=${answer === chosen ? 'true' : 'false'}
            ?disabled=${onTap === null}
            @click=${() => onTap?.(answer)}
          >
            ${drawStanding(answer)}<span>${standingName(answer)}</span>
            ${answer === chosen ? icon('check') : nothing}
          </button>`,
      )}
    </div>`;
