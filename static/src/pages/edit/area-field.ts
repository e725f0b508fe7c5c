import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Position } from '../../api/types';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { bboxOf } from '../../geo/measure';
import {
  geometryOf,
  isSameShape,
  ringPlaces,
  type RingPlace,
  type Shape,
  spotBehind,
} from '../../geo/shape';
import { t } from '../../i18n/areas/edit';
import type { AreaEditor } from '../../map/area-editor';
import { sessionStore } from '../../shell/session';
import { Watch } from '../../state/store';
import * as state from './area-state';
import { areaProblem, ringName } from './area-words';
import { cornerForm, cornerList, type CornerListOptions, PAGE } from './corner-list';
import { loadOutlines } from '../../components/outlines';

/**
 * `<area-field>`: an area's corners on a map and in a list, with a way back. Whatever the map does, the list
 * does too; without the map it still works. Tells `drawn` with the whole shape.
 */
export class AreaField extends LightElement {
  static override properties = {
    value: { attribute: false },
    near: { attribute: false },
    error: {},
    locked: { type: Boolean },
  };

  declare value: Shape;
  /** Where to begin where there is no area yet. */
  declare near: Position | null;
  declare error: string;
  /** Whether it is only looked at. */
  declare locked: boolean;
  private area = state.begin([]);
  private page = 0;
  private typed: CornerListOptions['typed'] = null;
  /** What pressing the map does: a new corner, or the corner in hand goes there. */
  private adds = false;
  private editor: AreaEditor | null = null;
  private starting = false;
  /** The shape of which `error` speaks: another one may be right. */
  private refused: Shape | null = null;

  constructor() {
    super();
    this.value = [];
    this.near = null;
    this.error = '';
    this.locked = false;
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.take(changed);
    if (changed.has('error')) this.refused = this.area.shape;
  }

  private take(changed: PropertyValues<this>): void {
    // What comes back from the form is what is here already; anything else is another area.
    const isKnown = this.hasUpdated && isSameShape(this.value, this.area.shape);
    if (!changed.has('value') || isKnown) return;
    this.area = state.begin(this.value);
    this.page = 0;
    this.typed = null;
    this.adds = state.isDrawing(this.area);
    this.fit();
  }

  protected override updated(): void {
    void this.start();
    this.show();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.editor?.remove();
    this.editor = null;
    this.starting = false;
  }

  protected override render(): TemplateResult {
    const { area, locked } = this;
    const places = ringPlaces(area.shape);
    const problem = area.shape.length > 0 ? areaProblem(area.shape) : null;
    const told = area.shape === this.refused ? this.error : '';
    const wrong = told || (state.isDrawing(area) ? null : problem);
    return html`
      <p class="section-text">
        ${locked ? t('edit.area_locked') : t(state.isDrawing(area) ? 'edit.area_draw' : 'edit.area_help')}
      </p>
      ${
        places.length > 1 && !locked
          ? selectField({
              name: 'ring',
              label: t('edit.ring'),
              help: t('edit.ring_help'),
              value: keyOf(area.edited),
              options: places.map((place) => ({
                value: keyOf(place),
                label: ringName(area.shape, place),
              })),
              onInput: (key) => {
                this.turnTo(places.find((place) => keyOf(place) === key) ?? area.edited);
              },
            })
          : nothing
      }
      ${locked ? nothing : this.modes()}
      <div class="point-map area-map" role="region" aria-label=${t('edit.area_map')}></div>
      <div role="status" tabindex="-1" class="area-status">
        ${wrong ? html`<p class="field-error">${icon('warning')}${wrong}</p>` : nothing}
      </div>
      ${locked ? nothing : this.tools()}
    `;
  }

  private modes(): TemplateResult {
    const mode = (adds: boolean, label: string): TemplateResult =>
      html`<button
        type="button"
        class="button button-small ${this.adds === adds ? 'button-primary' : ''}"
        aria-pressed=${this.adds === adds}
        @click=${() => {
          this.adds = adds;
          this.requestUpdate();
        }}
      >
        ${label}
      </button>`;
    return html`<div class="button-row" role="group" aria-labelledby="area-modes">
      <span id="area-modes">${t('edit.press')}</span>
      ${mode(true, t('edit.press_adds'))} ${mode(false, t('edit.press_moves'))}
    </div>`;
  }

  private tools(): TemplateResult {
    const { area } = this;
    const options = this.listOptions();
    const button = (label: string, act: () => void, disabled = false): TemplateResult =>
      html`<button type="button" class="button button-small" ?disabled=${disabled} @click=${act}>
        ${label}
      </button>`;
    return html`
      <div class="button-row">
        ${button(
          t('edit.area_undo'),
          () => {
            this.turn(state.undo(area));
          },
          area.past.length === 0,
        )}
        ${button(t('edit.corner_add'), () => {
          this.insert(area.chosen === null ? options.ring.length : area.chosen + 1);
        })}
        ${button(
          t('edit.area_fit'),
          () => {
            this.fit();
          },
          options.ring.length === 0,
        )}
        ${button(
          t('edit.area_clear'),
          () => {
            this.adds = true;
            this.turn(state.clear(area));
          },
          options.ring.length === 0,
        )}
      </div>
      ${cornerForm(options)} ${options.ring.length > 0 ? cornerList(options) : nothing}
    `;
  }

  private listOptions(): CornerListOptions {
    const { area } = this;
    return {
      ring: state.ringOf(area),
      chosen: area.chosen,
      page: this.page,
      typed: this.typed,
      onChoose: (corner) => {
        this.turn(state.choose(area, corner));
        this.editor?.reveal(corner);
      },
      onMove: (corner, to) => {
        this.turn(state.move(area, corner, to));
      },
      onType: (typed) => {
        this.typed = typed;
        this.requestUpdate();
      },
      onInsert: (corner) => {
        this.insert(corner);
      },
      onRemove: (corner) => {
        this.turn(state.remove(area, corner));
        // The button goes with its corner.
        void this.updateComplete.then(() => {
          const chosen = this.area.chosen ?? 0;
          this.querySelector<HTMLElement>(`[data-corner="${chosen}"]`)?.focus();
        });
      },
      onPage: (page) => {
        this.page = page;
        this.requestUpdate();
      },
    };
  }

  private insert(corner: number): void {
    const ring = state.ringOf(this.area);
    const at = spotBehind(ring, corner - 1, this.near ?? this.editor?.middle ?? [0, 0]);
    this.turn(state.insert(this.area, corner, at));
    this.editor?.reveal(corner);
  }

  private turnTo(place: RingPlace): void {
    this.turn(state.turnTo(this.area, place));
  }

  /** Goes on to another state, and tells the form when the shape is another. */
  private turn(next: state.AreaState): void {
    const isChanged = next.shape !== this.area.shape;
    this.area = next;
    this.typed = null;
    if (next.chosen !== null) this.page = Math.floor(next.chosen / PAGE);
    this.page = Math.min(this.page, Math.floor(Math.max(0, state.ringOf(next).length - 1) / PAGE));
    this.requestUpdate();
    if (isChanged) this.dispatchEvent(new CustomEvent<Shape>('drawn', { detail: next.shape }));
  }

  /** The map comes when it is known where to look; the list works without it. */
  private async start(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.area-map');
    if (!settings || !container || this.editor || this.starting) return;
    this.starting = true;
    const { AreaEditor } = await import('../../map/area-editor');
    if (!this.isConnected) return;
    this.editor = new AreaEditor(container, {
      baseMap: settings.base_map ?? null,
      box: settings.bbox,
      isLocked: this.locked,
      onMove: (corner, at) => {
        this.turn(state.move(this.area, corner, at));
      },
      onInsert: (corner, at) => {
        this.turn(state.insert(this.area, corner, at));
      },
      onChoose: (corner) => {
        this.turn(state.choose(this.area, corner));
      },
      onPress: (at) => {
        this.press(at);
      },
    });
    this.fit();
    this.show();
    loadOutlines((layer, features) => {
      this.editor?.setOutline(layer, features);
    });
  }

  private press(at: Position): void {
    const { area, adds, locked } = this;
    if (locked) return;
    const { length } = state.ringOf(area);
    if (adds) this.turn(state.insert(area, area.chosen === null ? length : area.chosen + 1, at));
    else if (area.chosen !== null) this.turn(state.move(area, area.chosen, at));
  }

  private show(): void {
    const { shape, edited, chosen } = this.area;
    this.editor?.show({
      shape,
      edited,
      chosen,
      isWrong: shape.length > 0 && areaProblem(shape) !== null,
      label: (corner) => t('edit.corner', { number: corner + 1 }),
      labelOfGap: (corner) => t('edit.corner_behind', { number: corner + 1 }),
    });
  }

  /** Brings the whole area into view, or where one would begin. */
  private fit(): void {
    const geometry = geometryOf(this.area.shape);
    const box = geometry ? bboxOf(geometry) : null;
    if (box) this.editor?.fit(box);
    else if (this.near) this.editor?.fit([...this.near, ...this.near]);
  }
}

const keyOf = ({ polygon, ring }: RingPlace): string => `${polygon}.${ring}`;

customElements.define('area-field', AreaField);
