import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import { photoUrl, type Stop } from '../api';
import { isStop, numbersOf, TEXT_LANGUAGES } from '../model/design';
import { writeDegrees } from '../model/degrees';
import type { EditorState } from '../model/editor';
import { evidenceName, fieldName, languageName, ownText, valueText } from '../words';
import { EditorElement } from './editor-element';
import { commentField } from './review-comments';

/** `<stop-view>`: one point of a draft that cannot be changed now, with all its texts; a reviewer comments on it here. */
export class StopView extends EditorElement {
  static override properties = { editor: { attribute: false }, index: { type: Number } };

  declare index: number;

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    return [state.history, state.document];
  }

  protected override firstUpdated(): void {
    this.closest('.editor-scroll')?.scrollTo(0, 0);
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { waypoints } = this.editor.design;
    const waypoint = waypoints[this.index];
    if (!waypoint) return nothing;
    const number = numbersOf(waypoints)[this.index] ?? 0;
    return html`<div class="stop-form">
      <div class="stop-head">
        <button
          type="button"
          class="button button-small button-quiet"
          @click=${() => {
            this.editor.choose(null);
          }}
        >
          ${icon('left')}${t('stop.back')}
        </button>
        <h2 tabindex="-1" class="stop-title">
          ${
            isStop(waypoint)
              ? html`<span class="point-mark">${number}</span>
                  <span>${ownText(waypoint.name) || t('points.unnamed', { number })}</span>`
              : t('points.control', { number: this.index + 1 })
          }
        </h2>
      </div>
      ${isStop(waypoint) ? this.stop(waypoint) : nothing}
    </div>`;
  }

  private stop(stop: Stop): TemplateResult {
    const { languages } = this.editor.design;
    const texts = [
      ['name', stop.name],
      ['story', stop.story],
      ...(stop.question ? ([['question', stop.question.text]] as const) : []),
    ] as const;
    return html`
      ${
        stop.photo
          ? html`<figure class="stop-figure">
              <img
                class="stop-photo"
                src=${photoUrl(stop.photo.photo_id)}
                alt=${ownText(stop.photo.alt)}
              />
              <figcaption class="section-text">${stop.photo.credit}</figcaption>
            </figure>`
          : nothing
      }
      ${TEXT_LANGUAGES.filter((language) => languages.includes(language)).map(
        (language) =>
          html`<section class="stop-language" lang=${language === 'en' ? 'en' : 'ja'}>
            <h3>${languageName(language)}</h3>
            ${texts.map(
              ([field, text]) =>
                html`<p class=${field === 'name' ? 'stop-language-name' : ''}>
                  ${field === 'question' ? html`<b>${fieldName(field)}</b> ` : nothing}
                  <span class="said">${text[language] || html`<em>${t('value.none')}</em>`}</span>
                </p>`,
            )}
          </section>`,
      )}
      <dl class="facts">
        ${
          stop.question
            ? html`<dt>${t('stop.answers')}</dt>
                <dd>${valueText(stop.question.answers, 'answers')}</dd>`
            : nothing
        }
        <dt>${fieldName('evidence')}</dt>
        <dd>${stop.evidence.map(evidenceName).join(t('text.separator')) || t('value.none')}</dd>
        <dt>${fieldName('radius_m')}</dt>
        <dd>${valueText(stop.radius_m, 'radius_m')}</dd>
        <dt>${fieldName('stay_min')}</dt>
        <dd>${valueText(stop.stay_min, 'stay_min')}</dd>
        <dt>${fieldName('required')}</dt>
        <dd>${t(stop.required ? 'stop.is_required' : 'stop.optional')}</dd>
        <dt>${fieldName('location')}</dt>
        <dd>${[stop.address, writeDegrees(stop.location)].filter(Boolean).join(' / ')}</dd>
      </dl>
      ${this.state.document.may.review ? commentField(this.editor, stop.stop_id) : nothing}
    `;
  }
}

customElements.define('stop-view', StopView);
