import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon, type IconName } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/design';
import type { Waypoint } from '../api';
import { isStop, keyOf, numbersOf } from '../model/design';
import type { EditorState } from '../model/editor';
import type { WayLeg } from '../model/way';
import { metresText, ownText } from '../words';
import { EditorElement } from './editor-element';
import { ListDrag } from './list-drag';

/** `<point-list>`: stops and control points in the order of walking, with the legs between them. */
export class PointList extends EditorElement {
  private readonly drag = new ListDrag(this, (from, to) => {
    this.move(from, to);
  });

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    const { history, way, document, addBefore, adding } = state;
    return [history, way, document, addBefore, adding];
  }

  protected override render(): TemplateResult {
    const { waypoints } = this.editor.design;
    if (waypoints.length === 0) {
      return html`<div class="empty-state">
        ${icon('pin')}
        <p>${t(this.editor.isEditable ? 'points.empty' : 'points.none')}</p>
      </div>`;
    }
    const numbers = numbersOf(waypoints);
    return html`<ol class="points" aria-label=${t('points.label')}>
      ${repeat(waypoints, keyOf, (waypoint, index) => this.row(waypoint, index, numbers))}
      ${this.home(waypoints.length)}
    </ol>`;
  }

  private row(
    waypoint: Waypoint,
    index: number,
    numbers: readonly (number | null)[],
  ): TemplateResult {
    const number = numbers[index] ?? null;
    const name = this.name(waypoint, index, number);
    return html`<li class="point point-${waypoint.kind}" data-index=${index}>
      ${index > 0 ? this.leg(index - 1) : nothing}
      <div class="point-row">
        ${
          this.editor.isEditable
            ? html`<span
                class="point-grip"
                aria-hidden="true"
                title=${t('points.drag')}
                @pointerdown=${(event: PointerEvent) => {
                  this.drag.start(event, index);
                }}
                >${icon('grip')}</span
              >`
            : nothing
        }
        <span class="point-mark" aria-hidden="true">${number ?? ''}</span>
        <button
          type="button"
          class="point-name"
          data-open=${index}
          @click=${() => {
            this.editor.choose(index);
          }}
        >
          <span class="visually-hidden"
            >${number === null ? '' : t('stop.number', { number })}</span
          >
          <span lang=${langOf(name)}>${name}</span>
          ${this.marks(waypoint)}
        </button>
        ${this.editor.isEditable ? this.buttons(index, name) : nothing}
      </div>
    </li>`;
  }

  private name(waypoint: Waypoint, index: number, number: number | null): string {
    if (!isStop(waypoint)) return t('points.control', { number: index + 1 });
    return ownText(waypoint.name) || t('points.unnamed', { number: number ?? 0 });
  }

  private marks(waypoint: Waypoint): TemplateResult | typeof nothing {
    if (!isStop(waypoint)) return nothing;
    const { document } = this.state;
    const findings = document.checklist
      .flatMap(({ findings: found }) => found)
      .filter(({ stop_id: stop }) => stop === waypoint.stop_id).length;
    const last = document.reviews[0];
    const isSaid = last?.comments.some(({ stop_id: stop }) => stop === waypoint.stop_id);
    return html`<span class="point-marks">
      ${waypoint.required ? nothing : html`<span class="badge badge-plain">${t('stop.optional')}</span>`}
      ${
        findings > 0
          ? html`<span class="badge badge-warning"
              >${t('points.findings', { count: findings })}</span
            >`
          : nothing
      }
      ${isSaid ? html`<span class="badge badge-key">${t('points.comment')}</span>` : nothing}
    </span>`;
  }

  private buttons(index: number, name: string): TemplateResult {
    const last = this.editor.design.waypoints.length - 1;
    const button = (kind: IconName, label: string, enabled: boolean, act: () => void) =>
      html`<button
        type="button"
        class="icon-button"
        data-act=${kind}
        aria-label=${label}
        title=${label}
        aria-disabled=${enabled ? nothing : 'true'}
        @click=${() => {
          if (enabled) act();
        }}
      >
        ${icon(kind)}
      </button>`;
    return html`<span class="point-buttons">
      ${button('up', t('points.up', { name }), index > 0, () => {
        this.move(index, index - 1, 'up');
      })}
      ${button('down', t('points.down', { name }), index < last, () => {
        this.move(index, index + 1, 'down');
      })}
      ${button('trash', t('points.remove', { name }), true, () => {
        this.takeAway(index, name);
      })}
    </span>`;
  }

  /** What lies between a point and the next, and what can be done there. */
  private leg(leg: number): TemplateResult {
    const { way, addBefore } = this.state;
    const known = way?.legs[leg];
    const isWished = this.isStraight(leg);
    const isHere = addBefore === leg + 1;
    return html`<div class="leg ${known?.isStraight && !way?.isGuess ? 'leg-straight' : ''}">
      <span class="leg-facts">${known ? legText(known, isWished, way?.isGuess ?? true) : ''}</span>
      ${
        this.editor.isEditable
          ? html`<button
                type="button"
                class="leg-button"
                aria-pressed=${isWished ? 'true' : 'false'}
                aria-label=${t('leg.straight_of', { leg: leg + 1 })}
                @click=${() => {
                  this.editor.perform({ do: 'straight', leg, straight: !isWished });
                }}
              >
                ${t('leg.straight')}</button
              >${
                leg < this.editor.design.waypoints.length - 1
                  ? html`<button
                      type="button"
                      class="leg-button"
                      aria-pressed=${isHere ? 'true' : 'false'}
                      aria-label=${t('leg.insert_at', { leg: leg + 1 })}
                      @click=${() => {
                        this.insertAt(isHere ? null : leg + 1);
                      }}
                    >
                      ${icon('plus')}${t('leg.insert')}
                    </button>`
                  : nothing
              }`
          : nothing
      }
    </div>`;
  }

  private isStraight(leg: number): boolean {
    const { waypoints, straight_home: home } = this.editor.design;
    return leg === waypoints.length - 1 ? home : (waypoints[leg + 1]?.straight ?? false);
  }

  private home(count: number): TemplateResult | typeof nothing {
    if (!this.editor.design.round_trip || count < 2) return nothing;
    return html`<li class="point point-home">
      ${this.leg(count - 1)}
      <p class="point-row">
        <span class="point-mark" aria-hidden="true">${icon('home')}</span>${t('points.home')}
      </p>
    </li>`;
  }

  private insertAt(before: number | null): void {
    this.editor.store.set({ addBefore: before, adding: before === null ? null : 'stop' });
    if (before !== null) say(() => t('leg.inserting', { before: before + 1 }));
  }

  private move(from: number, to: number, act: 'up' | 'down' | null = null): void {
    this.editor.perform({ do: 'move', from, to });
    say(() => t('points.moved', { place: to + 1 }));
    if (act) void this.focusRow(to, `[data-act="${act}"]`);
  }

  private takeAway(index: number, name: string): void {
    this.editor.perform({ do: 'remove', index });
    say(() => t('points.removed', { name }));
    const last = this.editor.design.waypoints.length - 1;
    void this.focusRow(Math.min(index, last), '.point-name');
  }

  private async focusRow(index: number, what: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-index="${index}"] ${what}`)?.focus();
  }
}

function legText(leg: WayLeg, isWished: boolean, isGuess: boolean): string {
  const parts = [
    metresText(leg.distance_m),
    leg.isStraight && !isGuess ? t(isWished ? 'leg.is_straight' : 'leg.off_network') : '',
    leg.stairs > 0 ? t('leg.stairs', { count: leg.stairs }) : '',
    leg.crossings > 0 ? t('leg.crossings', { count: leg.crossings }) : '',
    leg.lifts > 0 ? t('figures.lifts', { count: leg.lifts }) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

customElements.define('point-list', PointList);
