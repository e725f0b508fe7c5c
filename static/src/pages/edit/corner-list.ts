/** The corners of a ring as a list: all that the map does, by buttons and typed degrees. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Position } from '../../api/types';
import { textField } from '../../components/form';
import { icon } from '../../components/icon';
import type { Ring } from '../../geo/shape';
import { t } from '../../i18n/areas/edit';
import { t as positionText } from '../../i18n/areas/position';
import { degrees } from '../../geo/degrees';

/** How many corners a page of the list has. */
export const PAGE = 20;

/** A step of the buttons, in degrees: about one metre in Japan. */
const STEP = { lat: 0.000009, lon: 0.000011 };

const MOVES = [
  ['edit.to_north', 0, STEP.lat],
  ['edit.to_south', 0, -STEP.lat],
  ['edit.to_west', -STEP.lon, 0],
  ['edit.to_east', STEP.lon, 0],
] as const;

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

export interface CornerListOptions {
  ring: Ring;
  chosen: number | null;
  page: number;
  /** Degrees that are being typed and are none yet. */
  typed: { lat: string; lon: string } | null;
  onChoose: (corner: number) => void;
  onMove: (corner: number, to: Position) => void;
  onType: (typed: { lat: string; lon: string } | null) => void;
  onInsert: (corner: number) => void;
  onRemove: (corner: number) => void;
  onPage: (page: number) => void;
}

export function cornerList(options: CornerListOptions): TemplateResult {
  const { ring, chosen, page, onChoose, onPage } = options;
  const pages = Math.ceil(ring.length / PAGE);
  const first = page * PAGE;
  return html`<div class="corners">
    <h4 class="corners-title">${t('edit.corners', { count: ring.length })}</h4>
    <ol class="corner-list" start=${first + 1}>
      ${ring.slice(first, first + PAGE).map((at, place) => {
        const corner = first + place;
        return html`<li>
          <button
            type="button"
            class="corner-button ${corner === chosen ? 'is-chosen' : ''}"
            data-corner=${corner}
            aria-pressed=${corner === chosen}
            @click=${() => {
              onChoose(corner);
            }}
          >
            <b>${corner + 1}</b> <span class="corner-degrees">${at[1]}, ${at[0]}</span>
          </button>
        </li>`;
      })}
    </ol>
    ${
      pages > 1
        ? html`<div class="button-row">
            <button
              type="button"
              class="button button-small"
              ?disabled=${page === 0}
              @click=${() => {
                onPage(page - 1);
              }}
            >
              ${icon('left')}${t('edit.corners_before')}
            </button>
            <span>${t('edit.corners_page', { page: page + 1, pages })}</span>
            <button
              type="button"
              class="button button-small"
              ?disabled=${page >= pages - 1}
              @click=${() => {
                onPage(page + 1);
              }}
            >
              ${t('edit.corners_after')}${icon('right')}
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

/** The corner in hand: where it is, and what can be done with it. */
export function cornerForm(options: CornerListOptions): TemplateResult | typeof nothing {
  const { ring, chosen, typed, onMove, onType, onInsert, onRemove } = options;
  const at = chosen === null ? undefined : ring[chosen];
  if (chosen === null || !at) return nothing;
  const texts = typed ?? { lat: String(at[1]), lon: String(at[0]) };
  const commit = (): void => {
    const to = degrees(texts);
    if (to && typed) onMove(chosen, to);
  };
  const wrong = typed && !degrees(typed) ? t('edit.position_wrong') : undefined;
  const degree = (name: 'lat' | 'lon', label: string): TemplateResult =>
    textField({
      name: `corner_${name}`,
      label,
      value: texts[name],
      error: wrong,
      keyboard: 'decimal',
      maxLength: 24,
      onInput: (text) => {
        onType({ ...texts, [name]: text });
      },
    });
  return html`<fieldset
    class="card corner-form"
    @change=${commit}
    @keydown=${(event: KeyboardEvent) => {
      // Enter means this corner, not the whole form.
      if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      commit();
    }}
  >
    <legend>${t('edit.corner', { number: chosen + 1 })}</legend>
    <div class="form-row form-row-even">
      ${degree('lat', positionText('position.latitude'))}
      ${degree('lon', positionText('position.longitude'))}
    </div>
    <div class="button-row" role="group" aria-label=${t('edit.corner_move')}>
      ${MOVES.map(
        ([label, east, north]) =>
          html`<button
            type="button"
            class="button button-small"
            @click=${() => {
              onMove(chosen, [round(at[0] + east), round(at[1] + north)]);
            }}
          >
            ${t(label)}
          </button>`,
      )}
    </div>
    <div class="button-row">
      <button
        type="button"
        class="button button-small"
        @click=${() => {
          onInsert(chosen + 1);
        }}
      >
        ${icon('plus')}${t('edit.corner_insert')}
      </button>
      <button
        type="button"
        class="button button-small"
        @click=${() => {
          onRemove(chosen);
        }}
      >
        ${icon('minus')}${t('edit.corner_remove')}
      </button>
    </div>
  </fieldset>`;
}
