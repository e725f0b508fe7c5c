import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../../../components/dialog';
import { failureText } from '../../../components/failure';
import { checkField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { say } from '../../../components/messages';
import { asApiError } from '../../../api/client';
import { t } from '../../../i18n/areas/design';
import { findOrder } from '../api';
import { stopsOf } from '../model/design';
import type { EditorState } from '../model/editor';
import { metresText } from '../words';
import './add-panel';
import { EditorElement } from './editor-element';
import './point-list';
import './stop-form';
import './stop-view';

/** `<stops-panel>`: the points of the way in order, or one of them. */
export class StopsPanel extends EditorElement {
  static override properties = { editor: { attribute: false }, ordering: { state: true } };

  declare private ordering: boolean;

  constructor() {
    super();
    this.ordering = false;
  }

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    return [state.history, state.chosen, state.document];
  }

  protected override render(): TemplateResult {
    const { chosen } = this.state;
    const { editor } = this;
    if (chosen !== null && editor.design.waypoints[chosen]) {
      return editor.isEditable
        ? html`<stop-form .editor=${editor} .index=${chosen}></stop-form>`
        : html`<stop-view .editor=${editor} .index=${chosen}></stop-view>`;
    }
    return html`
      ${editor.isEditable ? html`<add-panel .editor=${editor}></add-panel>` : nothing}
      <point-list .editor=${editor}></point-list>
      ${editor.isEditable ? this.wayTools() : nothing}
    `;
  }

  private wayTools(): TemplateResult | typeof nothing {
    const { waypoints, round_trip: isRound } = this.editor.design;
    if (waypoints.length < 2) return nothing;
    return html`<div class="way-tools" role="group" aria-label=${t('way.label')}>
      ${checkField({
        name: 'round_trip',
        label: t('way.round_trip'),
        checked: isRound,
        onChange: (value) => {
          this.editor.perform({ do: 'round_trip', value });
        },
      })}
      <div class="button-row">
        <button
          type="button"
          class="button button-small"
          @click=${() => {
            this.editor.perform({ do: 'reverse' });
            say(() => t('way.reversed'));
          }}
        >
          ${icon('reverse')}${t('way.reverse')}
        </button>
        <button
          type="button"
          class="button button-small"
          ?disabled=${this.ordering}
          @click=${() => void this.order()}
        >
          ${icon('list')}${t('way.order')}
        </button>
      </div>
    </div>`;
  }

  /** Asks for the best order, and says what it gains before anything changes. */
  private async order(): Promise<void> {
    const { design } = this.editor;
    const stops = stopsOf(design);
    if (stops.length < 3) {
      say(() => t('way.order_few'));
      return;
    }
    this.ordering = true;
    try {
      const best = await findOrder({
        points: stops.map(({ location }) => location),
        profile: design.profile,
        end: design.round_trip ? 'start' : 'anywhere',
      });
      const hasControls = stops.length < design.waypoints.length;
      const isBest = best.order.every((place, index) => place === index);
      if (isBest || best.gain_m < 1) {
        say(() => t('way.order_best'));
        return;
      }
      const isMeant = await ask({
        title: () => t('way.order_title', { gain: metresText(best.gain_m) }),
        text: () =>
          [
            t('way.order_text', {
              before: metresText(best.given_distance_m),
              after: metresText(best.distance_m),
              order: best.order.map((place) => place + 1).join(' → '),
            }),
            hasControls ? t('way.order_controls') : '',
          ].join(''),
        yes: () => t('way.order_yes'),
      });
      if (isMeant) this.editor.perform({ do: 'order', order: best.order });
    } catch (thrown) {
      const error = asApiError(thrown);
      say(() => failureText(error), 'error');
    } finally {
      this.ordering = false;
    }
  }
}

customElements.define('stops-panel', StopsPanel);
