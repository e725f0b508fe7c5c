/** What was recorded a moment ago: that it is kept, what its position says, and what can still be added. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { formatClock } from '../../../format/dates';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/walk';
import { type Given, isGiven } from '../model/check-in';
import type { Stop } from '../model/packs';
import type { StopState } from '../model/visited';
import type { Standing } from '../model/way';
import { evidenceForm } from './evidence-form';
import { STANDINGS } from './next-stop';

/** A visit that was tapped, and what is being added to it. */
export interface Recorded {
  stop: Stop;
  visit: string;
  /** When: milliseconds since 1970. */
  at: number;
  /** Where its position was. */
  where: Standing | null;
  /** Whether what it shows will do. */
  isEnough: boolean;
  /** Whether the form is open. */
  isOpen: boolean;
  isAdded: boolean;
  given: Given;
}

/** What the panel needs. */
export interface RecordedParts {
  state: StopState;
  change: (patch: Partial<Recorded>) => void;
  /** Keeps what is in the form. */
  add: () => void;
}

/** The panel. It takes the focus, so that it is heard at once. */
export function recordedPanel(recorded: Recorded, parts: RecordedParts): TemplateResult {
  const { stop, at, where, isEnough, isOpen, isAdded, given } = recorded;
  const isCertain = isEnough || isAdded || parts.state === 'accepted';
  return html`<section
    class="walk-recorded ${isCertain ? '' : 'walk-recorded-short'}"
    tabindex="-1"
    aria-labelledby="recorded"
    data-recorded=${stop.stop_id}
  >
    <h2 id="recorded">${icon('check')}${t('walk.checked', { name: pick(stop.name) })}</h2>
    <p>${formatClock(new Date(at))} — ${where ? t(STANDINGS[where].says) : t('walk.no_fix')}</p>
    ${
      parts.state === 'accepted'
        ? html`<p><strong>${t('walk.state_accepted')}</strong></p>`
        : isCertain
          ? nothing
          : html`<p>${t('walk.not_certain')}</p>`
    }
    ${
      isAdded
        ? html`<p>${t('walk.added')}</p>`
        : html`<button
            type="button"
            class="button walk-big ${isCertain ? 'button-quiet' : ''}"
            aria-expanded=${isOpen ? 'true' : 'false'}
            aria-controls="recorded-more"
            @click=${() => {
              parts.change({ isOpen: !isOpen });
            }}
          >
            ${icon('plus')}${t('walk.add')}
          </button>`
    }
    ${
      isOpen
        ? html`<div id="recorded-more" class="walk-recorded-more">
            ${evidenceForm({
              name: 'added',
              asked: stop.evidence,
              given,
              change: (patch) => {
                parts.change({ given: { ...recorded.given, ...patch } });
              },
            })}
            <button
              type="button"
              class="button button-primary walk-big"
              aria-disabled=${isGiven(given) ? nothing : 'true'}
              @click=${() => {
                if (isGiven(given)) parts.add();
              }}
            >
              ${t('walk.add_save')}
            </button>
          </div>`
        : nothing
    }
  </section>`;
}
