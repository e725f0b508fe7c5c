import { html, type TemplateResult } from 'lit';
import { type FieldErrors, get, send } from '../../api/client';
import {
  areaField,
  checkField,
  focusFirstError,
  formError,
  missing,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import type { Feature } from '../../api/types';
import type { CountedGathering, Duty, GatheringKind } from '../../gatherings/types';
import { dutyName, kindName } from '../../gatherings/words';
import { t } from '../../i18n/areas/gatherings';
import { versionTag } from '../housing/model';
import { Task } from '../../state/task';
import { bodyOf, DUTIES, KINDS, type Texts, textsOf } from './form-model';

const SHOWN = ['title', 'place', 'starts_at', 'duration_min', 'note', 'roll_caller_numbers'];

/** `<gathering-form>`: a new gathering, or the change of one. Fires `saved` with it, and `cancelled`. */
export class GatheringForm extends LightElement {
  static override properties = { gathering: { attribute: false } };

  /** The gathering; null where one is added. */
  declare gathering: CountedGathering | null;
  private texts!: Texts;
  private wrong: FieldErrors = {};
  private readonly saving = new Task<CountedGathering>(this);
  private readonly councils = new Task<{ features: readonly Feature[] }>(this);

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    this.texts = textsOf(this.gathering);
    void this.councils.run((signal) => get('/api/layers/councils/features', signal));
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('h3')?.focus();
  }

  private set(texts: Partial<Texts>): void {
    this.texts = { ...this.texts, ...texts };
    this.requestUpdate();
  }

  private errorOf(name: string): string | undefined {
    return this.wrong[name] ?? this.saving.fields[name];
  }

  protected override render(): TemplateResult {
    const { texts } = this;
    const { error, busy } = this.saving;
    return html`<form
      class="form card"
      novalidate
      aria-labelledby="form-title"
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.save();
      }}
    >
      <h3 class="section-title" id="form-title" tabindex="-1">
        ${t(this.gathering ? 'gatherings.change' : 'gatherings.add')}
      </h3>
      ${formError(error, SHOWN)}
      ${selectField({
        name: 'kind',
        label: t('gathering.kind'),
        value: texts.kind,
        options: KINDS.map((value) => ({ value, label: kindName(value) })),
        onInput: (kind) => {
          this.set({ kind: kind as GatheringKind });
        },
      })}
      ${this.line('title', t('gatherings.name'))} ${this.line('place', t('gathering.place'))}
      ${textField({
        name: 'day',
        label: t('gatherings.day'),
        type: 'date',
        value: texts.day,
        required: true,
        error: this.errorOf('starts_at'),
        onInput: (day) => {
          this.set({ day });
        },
      })}
      ${textField({
        name: 'time',
        label: t('gatherings.time'),
        type: 'time',
        value: texts.time,
        required: true,
        onInput: (time) => {
          this.set({ time });
        },
      })}
      ${textField({
        name: 'minutes',
        label: t('gatherings.minutes'),
        keyboard: 'numeric',
        value: texts.minutes,
        required: true,
        error: this.errorOf('duration_min'),
        onInput: (minutes) => {
          this.set({ minutes });
        },
      })}
      ${selectField({
        name: 'duty',
        label: t('gathering.duty'),
        value: texts.duty,
        options: DUTIES.map((value) => ({ value, label: dutyName(value) })),
        onInput: (duty) => {
          this.set({ duty: duty as Duty });
        },
      })}
      ${this.choice()}
      ${areaField({
        name: 'note',
        label: t('gathering.note'),
        value: texts.note,
        maxLength: 1000,
        error: this.errorOf('note'),
        onInput: (note) => {
          this.set({ note });
        },
      })}
      ${textField({
        name: 'callers',
        label: t('gatherings.callers'),
        help: t('gatherings.callers_help'),
        value: texts.callers,
        error: this.errorOf('roll_caller_numbers'),
        onInput: (callers) => {
          this.set({ callers });
        },
      })}
      <div class="button-row">
        ${submitButton(t('gatherings.save'), busy)}
        <button
          type="button"
          class="button"
          @click=${() => this.dispatchEvent(new CustomEvent('cancelled'))}
        >
          ${t('gatherings.cancel_form')}
        </button>
      </div>
    </form>`;
  }

  private line(name: 'title' | 'place', label: string): TemplateResult {
    return textField({
      name,
      label,
      value: this.texts[name],
      required: true,
      maxLength: 200,
      error: this.errorOf(name),
      onInput: (value) => {
        this.set({ [name]: value });
      },
    });
  }

  private choice(): TemplateResult {
    const features = this.councils.value?.features ?? [];
    const chosen = this.texts.councils;
    return html`<fieldset class="field">
      <legend class="field-label">${t('gatherings.councils')}</legend>
      <p class="field-help">${t('gatherings.councils_help')}</p>
      <div
        class="gathering-councils"
        tabindex="0"
        role="group"
        aria-label=${t('gatherings.councils')}
      >
        ${features.map(({ id, properties }) =>
          checkField({
            name: `council-${id}`,
            label: String(properties['name']),
            checked: chosen.has(id),
            onChange: (isChosen) => {
              const councils = new Set(chosen);
              if (isChosen) councils.add(id);
              else councils.delete(id);
              this.set({ councils });
            },
          }),
        )}
      </div>
    </fieldset>`;
  }

  private async save(): Promise<void> {
    const { gathering, texts } = this;
    const body = bodyOf(texts, gathering);
    this.wrong = missing({ title: texts.title, place: texts.place });
    if (!body) this.wrong = { ...this.wrong, starts_at: t('gatherings.when_wrong') };
    this.requestUpdate();
    const isWrong = Object.keys(this.wrong).length > 0;
    const isSaved =
      !isWrong &&
      (await this.saving.run((signal) =>
        gathering
          ? send('PUT', `/api/gatherings/${gathering.id}`, body, {
              signal,
              ifMatch: versionTag(gathering.version),
            })
          : send('POST', '/api/gatherings', body, { signal }),
      ));
    if (isSaved) {
      this.dispatchEvent(new CustomEvent('saved', { detail: this.saving.value }));
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('gathering-form', GatheringForm);
