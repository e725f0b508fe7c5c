import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { moment } from '../../../components/moment';
import { t } from '../../../i18n/areas/design';
import type { Stop, Waypoint } from '../api';
import { isStop, numbersOf } from '../model/design';
import type { Contradiction, EditorState } from '../model/editor';
import type { Conflict, Side } from '../model/merge';
import { fieldName, languageName, ownText, valueText } from '../words';
import { EditorElement } from './editor-element';

/** `<merge-view>`: what two people changed differently. Nothing is lost until somebody has chosen. */
export class MergeView extends EditorElement {
  protected override reads({ contradiction }: Readonly<EditorState>): readonly unknown[] {
    return [contradiction];
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { contradiction } = this.state;
    if (!contradiction) return nothing;
    const { merged, choices, theirs } = contradiction;
    const isClosed = theirs.document.state !== 'editing';
    const open = merged.conflicts.filter(({ key }) => !choices[key]).length;
    return html`<div class="merge editor-scroll">
      <h2 class="section-title" tabindex="-1">${t(isClosed ? 'merge.closed' : 'merge.title')}</h2>
      <p>
        ${t(isClosed ? 'merge.closed_text' : 'merge.text')} ${t('merge.when')}
        ${moment(theirs.document.updated_at)}
      </p>
      ${
        isClosed
          ? nothing
          : html`
              ${merged.tookTheirs ? html`<p class="section-text">${t('merge.automatic')}</p>` : nothing}
              <ol class="conflicts">
                ${merged.conflicts.map((conflict) => this.conflict(conflict, contradiction))}
              </ol>
              <p role="status" class="section-text">
                ${open > 0 ? t('merge.open', { count: open }) : t('merge.ready')}
              </p>
              <button
                type="button"
                class="button button-primary"
                ?disabled=${open > 0}
                @click=${() => {
                  this.editor.settle();
                }}
              >
                ${icon('check')}${t('merge.settle')}
              </button>
            `
      }
      <button
        type="button"
        class="button button-small button-quiet"
        @click=${() => {
          this.editor.takeTheirs();
        }}
      >
        ${t('merge.take_theirs')}
      </button>
    </div>`;
  }

  private conflict(conflict: Conflict, { mine, choices }: Contradiction): TemplateResult {
    const { key, base } = conflict;
    const title = this.heading(conflict, mine.waypoints);
    const option = (side: Side): TemplateResult =>
      html`<label class="choice">
        <input
          type="radio"
          name=${key}
          value=${side}
          .checked=${choices[key] === side}
          @change=${() => {
            this.editor.decide(key, side);
          }}
        />
        <span class="choice-text">
          <b>${t(side === 'mine' ? 'merge.mine' : 'merge.theirs')}</b>
          <span class="choice-value">${this.value(conflict, conflict[side])}</span>
        </span>
      </label>`;
    return html`<li>
      <fieldset class="conflict" data-conflict=${key}>
        <legend>${title}</legend>
        <div class="choices">${option('mine')} ${option('theirs')}</div>
        <p class="conflict-base">
          <span class="section-text">${t('merge.base')}</span>
          <span class="said">${this.value(conflict, base)}</span>
        </p>
      </fieldset>
    </li>`;
  }

  private heading(
    { kind, stopId, field, language }: Conflict,
    waypoints: readonly Waypoint[],
  ): string {
    if (kind === 'order') return t('merge.order');
    const index = waypoints.findIndex((one) => isStop(one) && one.stop_id === stopId);
    const stop = waypoints[index];
    const number = numbersOf(waypoints)[index] ?? 0;
    const where =
      stop && isStop(stop)
        ? t('check.where', { number, name: ownText(stop.name) || t('stop.unnamed') })
        : stopId
          ? t('merge.a_stop')
          : '';
    if (kind === 'removed') return where + t('merge.removed');
    const name = language
      ? t('text.label', { field: fieldName(field), language: languageName(language) })
      : fieldName(field);
    return where + name;
  }

  private value({ kind, field }: Conflict, value: unknown): string {
    if (kind === 'order') {
      const points = value as readonly Waypoint[];
      return points.map((one) => this.pointName(one)).join(' → ');
    }
    if (kind === 'removed') {
      return value === null
        ? t('merge.is_removed')
        : t('merge.is_kept', { name: ownText((value as Stop).name) || t('stop.unnamed') });
    }
    return valueText(value, field);
  }

  private pointName(waypoint: Waypoint): string {
    return isStop(waypoint) ? ownText(waypoint.name) || t('stop.unnamed') : '・';
  }
}

customElements.define('merge-view', MergeView);
