import { html, nothing, type TemplateResult } from 'lit';
import { checkField, textField } from '../../../components/form';
import { icon, type IconName } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import { Watch } from '../../../state/store';
import type { Stop, Waypoint } from '../api';
import { readDegrees, writeDegrees } from '../model/degrees';
import { isStop, newStop, numbersOf, RADIUS_M, STAY_MIN } from '../model/design';
import type { EditorState } from '../model/editor';
import { EVIDENCE } from '../model/design';
import { evidenceName, ownText } from '../words';
import { EditorElement } from './editor-element';
import { findingsOf, commentsOf } from './findings';
import { NumberField } from './number-field';
import './photo-field';
import './place-search';
import { questionFields } from './question-fields';
import { type AskedText, languageTabs, textInput, writingStore } from './text-tabs';
import type { Picked } from '../model/design';

/** `<stop-form>`: one point of the way. All of it is saved as it is typed. */
export class StopForm extends EditorElement {
  static override properties = {
    editor: { attribute: false },
    index: { type: Number },
    degrees: { state: true },
  };

  declare index: number;
  /** Coordinates as they are being typed. */
  declare private degrees: string | null;
  private readonly radius = new NumberField(this);
  private readonly stay = new NumberField(this);

  constructor() {
    super();
    this.degrees = null;
    new Watch(this, writingStore, ({ language }) => [language]);
  }

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    return [state.history, state.document];
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('index')) return;
    this.closest('.editor-scroll')?.scrollTo(0, 0);
    // Whoever opened it by the keyboard goes on here; a finger on the map stays there.
    const fromMap = document.activeElement?.closest('.design-map');
    if (!fromMap) this.querySelector<HTMLElement>('h2')?.focus();
  }

  private get waypoint(): Waypoint | undefined {
    return this.editor.design.waypoints[this.index];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { waypoint } = this;
    if (!waypoint) return nothing;
    return html`<div
      class="stop-form"
      @focusout=${() => {
        this.degrees = null;
        this.editor.seal();
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape' || event.defaultPrevented || this.state.adding) return;
        event.preventDefault();
        this.back();
      }}
    >
      ${this.head(waypoint)} ${isStop(waypoint) ? this.stop(waypoint) : this.control()}
      ${this.position(waypoint)} ${this.foot(waypoint)}
    </div>`;
  }

  private head(waypoint: Waypoint): TemplateResult {
    const { waypoints } = this.editor.design;
    const number = numbersOf(waypoints)[this.index];
    const go = (name: IconName, label: string, to: number): TemplateResult =>
      html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        title=${label}
        aria-disabled=${waypoints[to] ? nothing : 'true'}
        @click=${() => {
          if (waypoints[to]) this.editor.choose(to);
        }}
      >
        ${icon(name)}
      </button>`;
    return html`<div class="stop-head">
      <button type="button" class="button button-small button-quiet" @click=${this.back}>
        ${icon('left')}${t('stop.back')}
      </button>
      <span class="stop-steps">
        ${go('left', t('stop.before'), this.index - 1)}
        ${go('right', t('stop.after'), this.index + 1)}
      </span>
      <h2 tabindex="-1" class="stop-title">
        ${
          isStop(waypoint)
            ? html`<span class="point-mark">${number}</span>
                <span
                  >${ownText(waypoint.name) || t('points.unnamed', { number: number ?? 0 })}</span
                >`
            : t('points.control', { number: this.index + 1 })
        }
      </h2>
    </div>`;
  }

  private readonly back = (): void => {
    const { index } = this;
    this.editor.choose(null);
    // The list takes this form's place.
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`point-list [data-open="${index}"]`)?.focus();
    });
  };

  private change(stop: Stop, patch: Partial<Omit<Stop, 'kind' | 'stop_id'>>, field: string): void {
    const { stop_id: stopId } = stop;
    this.editor.perform({ do: 'stop', stopId, patch }, `${stopId} ${field}`);
  }

  private control(): TemplateResult {
    return html`<p class="section-text">${t('control.text')}</p>
      <button
        type="button"
        class="button button-small"
        @click=${() => {
          const { location } = this.waypoint ?? {};
          if (!location) return;
          const stop = newStop({ location }, crypto.randomUUID());
          this.editor.perform({ do: 'to_stop', index: this.index, stop });
        }}
      >
        ${icon('pin')}${t('control.to_stop')}
      </button>`;
  }

  private stop(stop: Stop): TemplateResult {
    const { languages } = this.editor.design;
    const texts: AskedText[] = [
      { text: stop.name, required: true },
      { text: stop.story, required: true },
      ...(stop.question ? [{ text: stop.question.text, required: true }] : []),
      ...(stop.photo ? [{ text: stop.photo.alt, required: true }] : []),
    ];
    return html`
      ${findingsOf(this.state.document, stop.stop_id)}
      ${commentsOf(this.state.document, stop.stop_id)} ${languageTabs(texts, languages)}
      ${textInput({
        name: 'name',
        label: t('field.name'),
        text: stop.name,
        maxLength: 100,
        promised: languages,
        onInput: (name) => {
          this.change(stop, { name }, 'name');
        },
      })}
      ${textInput({
        name: 'story',
        label: t('field.story'),
        help: t('stop.story_help'),
        text: stop.story,
        maxLength: 2000,
        rows: 5,
        promised: languages,
        onInput: (story) => {
          this.change(stop, { story }, 'story');
        },
      })}
      ${questionFields(stop, languages, (patch, field) => {
        this.change(stop, patch, field);
      })}
      <photo-field .editor=${this.editor} .stop=${stop}></photo-field>
      ${this.evidence(stop)} ${this.numbers(stop)}
    `;
  }

  private evidence(stop: Stop): TemplateResult {
    return html`<fieldset class="form-group" id="field-evidence" tabindex="-1">
      <legend>${t('field.evidence')}</legend>
      <p class="field-help">${t('stop.evidence_help')}</p>
      <div class="check-grid">
        ${EVIDENCE.map((one) =>
          checkField({
            name: `evidence-${one}`,
            label: evidenceName(one),
            checked: stop.evidence.includes(one),
            onChange: (checked) => {
              const rest = stop.evidence.filter((other) => other !== one);
              this.change(stop, { evidence: checked ? [...rest, one] : rest }, 'evidence');
              this.editor.seal();
            },
          }),
        )}
      </div>
    </fieldset>`;
  }

  private numbers(stop: Stop): TemplateResult {
    return html`
      <div class="form-row">
        ${this.radius.field(
          { name: 'radius_m', label: t('stop.radius'), help: t('stop.radius_help') },
          stop.radius_m,
          RADIUS_M,
          (radius) => {
            this.change(stop, { radius_m: radius }, 'radius');
          },
        )}
        ${this.stay.field(
          { name: 'stay_min', label: t('stop.stay'), help: t('stop.stay_help') },
          stop.stay_min,
          STAY_MIN,
          (stay) => {
            this.change(stop, { stay_min: stay }, 'stay');
          },
        )}
      </div>
      ${checkField({
        name: 'required',
        label: t('stop.required'),
        checked: stop.required,
        onChange: (required) => {
          this.change(stop, { required }, 'required');
          this.editor.seal();
        },
      })}
      ${checkField({
        name: 'outside_meant',
        label: t('stop.outside_meant'),
        checked: stop.outside_meant,
        onChange: (outside) => {
          this.change(stop, { outside_meant: outside }, 'outside');
          this.editor.seal();
        },
      })}
    `;
  }

  private position(waypoint: Waypoint): TemplateResult {
    const step = (name: IconName, label: string, east: number, north: number) =>
      html`<button
        type="button"
        class="icon-button nudge-${name}"
        aria-label=${label}
        title=${label}
        @click=${() => {
          this.editor.step(this.index, east, north);
        }}
      >
        ${icon(name)}
      </button>`;
    return html`<fieldset class="form-group">
      <legend>${t('field.location')}</legend>
      <div class="position-row">
        ${textField({
          name: 'degrees',
          label: t('stop.degrees'),
          value: this.degrees ?? writeDegrees(waypoint.location),
          error:
            this.degrees !== null && !readDegrees(this.degrees)
              ? t('add.degrees_wrong')
              : undefined,
          maxLength: 60,
          onInput: (text) => {
            this.degrees = text;
            const location = readDegrees(text);
            if (location) {
              this.editor.perform({ do: 'locate', index: this.index, location }, 'degrees');
            }
          },
        })}
        <span class="nudges" role="group" aria-label=${t('stop.nudge')}>
          ${step('left', t('stop.west'), -1, 0)} ${step('up', t('stop.north'), 0, 1)}
          ${step('down', t('stop.south'), 0, -1)} ${step('right', t('stop.east'), 1, 0)}
        </span>
      </div>
      ${isStop(waypoint) ? this.address(waypoint) : nothing}
    </fieldset>`;
  }

  private address(stop: Stop): TemplateResult {
    return html`
      ${textField({
        name: 'address',
        label: t('field.address'),
        value: stop.address,
        maxLength: 100,
        onInput: (address) => {
          this.change(stop, { address }, 'address');
        },
      })}
      <div data-own-undo>
        <place-search
          .label=${t('stop.place_search')}
          .help=${stop.place ? t('stop.place_known') : ''}
          .name=${'stop-place'}
          @picked=${({ detail }: CustomEvent<Picked>) => {
            this.pickPlace(stop, detail);
          }}
        ></place-search>
      </div>
    `;
  }

  private pickPlace(stop: Stop, { location, name, nameEn, place, address }: Picked): void {
    const known = ownText(stop.name) !== '';
    this.editor.seal();
    this.change(
      stop,
      {
        location,
        place: place ?? null,
        address: address ?? '',
        ...(known ? {} : { name: { ...stop.name, ja: name ?? '', en: nameEn ?? '' } }),
      },
      'place',
    );
    this.editor.seal();
  }

  private foot(waypoint: Waypoint): TemplateResult {
    return html`<div class="button-row stop-foot">
      ${
        isStop(waypoint)
          ? html`<button
                type="button"
                class="button button-small"
                @click=${() => {
                  this.editor.perform({ do: 'to_control', index: this.index });
                }}
              >
                ${t('stop.to_control')}
              </button>
              <button
                type="button"
                class="button button-small"
                title=${t('stop.renew_help')}
                @click=${() => {
                  const stopId = crypto.randomUUID();
                  this.editor.perform({ do: 'renew', index: this.index, stopId });
                }}
              >
                ${t('stop.renew')}
              </button>`
          : nothing
      }
      <button
        type="button"
        class="button button-small button-remove"
        @click=${() => {
          this.editor.perform({ do: 'remove', index: this.index });
          this.back();
        }}
      >
        ${icon('trash')}${t('stop.remove')}
      </button>
    </div>`;
  }
}

customElements.define('stop-form', StopForm);
