/** All stops of a route in words: with this the page needs no map. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Position } from '../../../api/types';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/walk';
import type { Stop } from '../model/packs';
import type { StopState, Visited } from '../model/visited';
import type { Fix } from '../model/way';
import { wayTo } from './next-stop';

const STATES: Record<StopState, { words: Key; tone: string }> = {
  unsent: { words: 'walk.state_unsent', tone: 'badge-warning' },
  accepted: { words: 'walk.state_accepted', tone: 'badge-key' },
  pending: { words: 'walk.state_pending', tone: 'badge-warning' },
  failed: { words: 'walk.state_failed', tone: 'badge-retired' },
};

/** What the list shows. */
export interface StopListParts {
  stops: readonly Stop[];
  seen: ReadonlyMap<string, Visited>;
  fix: Fix | null;
  /** The stop that is shown above. */
  current: string | null;
  choose: (stop: Stop) => void;
}

/** The list. */
export const stopList = (parts: StopListParts): TemplateResult =>
  html`<section class="section" aria-labelledby="stops">
    <h2 class="section-title" id="stops">
      ${t('walk.list')}
      <span class="walk-count"
        >${t('walk.of', { count: parts.seen.size, total: parts.stops.length })}</span
      >
    </h2>
    <ol class="walk-stops">
      ${parts.stops.map((stop) => row(parts, stop))}
    </ol>
  </section>`;

function row({ choose, current, fix, seen }: StopListParts, stop: Stop): TemplateResult {
  const known = seen.get(stop.stop_id);
  const state = known ? STATES[known.state] : null;
  return html`<li>
    <button
      type="button"
      class="walk-stop-row"
      aria-current=${stop.stop_id === current ? 'step' : nothing}
      @click=${() => {
        choose(stop);
      }}
    >
      <span class="walk-number ${known ? 'is-seen' : ''}" aria-hidden="true">${stop.sequence}</span>
      <span class="walk-stop-name">
        <span class="visually-hidden">${stop.sequence}.</span> ${pick(stop.name)}
        <span class="walk-stop-way">
          ${fix ? wayTo(fix, stop.location as Position) : nothing}
          ${stop.required ? nothing : t('walk.optional')}
        </span>
      </span>
      ${state ? html`<span class="badge ${state.tone}">${t(state.words)}</span>` : nothing}
    </button>
  </li>`;
}
