import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { send } from '../../api/client';
import {
  focusFirstError,
  formError,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty } from '../../components/lists';
import { formatTime } from '../../format/dates';
import { type Key, t } from '../../i18n/areas/introductions';
import type {
  How,
  IntroductionCouncil,
  IntroductionResident,
  MadeSheet,
} from '../../introductions/types';
import { fieldNames } from '../../introductions/words';
import { Task } from '../../state/task';
import { madeSheet } from './made-sheet';
import { bodyOf, type Missing, missingIn, type Wanted } from './model';

const SHEETS = '/api/housing/introductions/sheets';

const WAYS: readonly { how: How; label: Key; text: Key }[] = [
  { how: 'printed', label: 'giving.how_printed', text: 'giving.how_printed_text' },
  { how: 'link', label: 'giving.how_link', text: 'giving.how_link_text' },
];

/** `<sheet-form>`: for which council, who, to whom and how. Fires `made`. */
export class SheetForm extends LightElement {
  static override properties = {
    councils: { attribute: false },
    wanted: { state: true },
    wasTried: { state: true },
  };

  declare councils: readonly IntroductionCouncil[];
  declare private wanted: Wanted;
  declare private wasTried: boolean;
  private readonly making = new Task<MadeSheet>(this);
  /** The id of what is wanted: sent again, it is the same sheet. */
  private sheetId = crypto.randomUUID();

  constructor() {
    super();
    this.councils = [];
    this.wanted = { council: null, people: new Set(), recipient: '', how: 'printed' };
    this.wasTried = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('councils')) return;
    const { council } = this.wanted;
    // What was loaded anew stands in place of what was chosen from.
    this.wanted = {
      ...this.wanted,
      council: this.councils.find(({ id }) => id === council?.id) ?? null,
    };
  }

  protected override render(): TemplateResult {
    const { error, busy, value } = this.making;
    if (value)
      return madeSheet(value, () => {
        this.another();
      });
    const { council, how } = this.wanted;
    const missing = this.wasTried ? missingIn(this.wanted) : [];
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.make();
      }}
    >
      ${formError(error, ['recipient'])} ${this.councilField(missing)}
      ${council ? (council.residents.length === 0 ? empty(t('giving.nobody', { council: council.name })) : this.rest(council, missing)) : nothing}
      ${
        council && council.residents.length > 0
          ? html`<div class="button-row">
              ${submitButton(t(how === 'link' ? 'giving.make_link' : 'giving.make_printed'), busy)}
            </div>`
          : nothing
      }
    </form>`;
  }

  private councilField(missing: readonly Missing[]): TemplateResult {
    return selectField({
      name: 'council',
      label: t('giving.council'),
      required: true,
      value: this.wanted.council?.id ?? '',
      error: missing.includes('council') ? t('giving.choose_council') : undefined,
      options: [
        { value: '', label: t('giving.choose_council') },
        ...this.councils.map(({ id, name, homes, residents }) => ({
          value: id,
          label: t('giving.council_option', { council: name, count: residents.length, homes }),
        })),
      ],
      onInput: (chosen) => {
        const council = this.councils.find(({ id }) => id === chosen) ?? null;
        // Most often everybody who consents is introduced.
        const people = new Set(council?.residents.map(({ residency_id }) => residency_id));
        this.change({ council, people });
      },
    });
  }

  private rest(council: IntroductionCouncil, missing: readonly Missing[]): TemplateResult {
    const { people, recipient } = this.wanted;
    const all = council.residents.map(({ residency_id }) => residency_id);
    return html`
      <fieldset class="introduction-fields">
        <legend>
          <h3>${t('giving.people')}</h3>
        </legend>
        ${
          missing.includes('people')
            ? html`<p class="field-error" role="alert">
                ${icon('warning')}${t('giving.choose_people')}
              </p>`
            : nothing
        }
        ${
          all.length > 1
            ? html`<label class="check">
                <input
                  type="checkbox"
                  name="all"
                  .checked=${live(all.every((id) => people.has(id)))}
                  @change=${(event: Event) => {
                    const { checked } = event.target as HTMLInputElement;
                    this.change({ people: new Set(checked ? all : []) });
                  }}
                />
                <span>${t('giving.all')}</span>
              </label>`
            : nothing
        }
        <ul class="introduction-residents">
          ${council.residents.map((one) => html`<li>${this.resident(one)}</li>`)}
        </ul>
      </fieldset>
      ${textField({
        name: 'recipient',
        label: t('giving.recipient'),
        help: t('giving.recipient_help'),
        required: true,
        maxLength: 100,
        value: recipient,
        error: missing.includes('recipient') ? t('form.missing') : this.making.fields['recipient'],
        onInput: (text) => {
          this.change({ recipient: text });
        },
      })}
      ${this.ways()}
    `;
  }

  private resident(one: IntroductionResident): TemplateResult {
    const { residency_id: id, staff_name, housing_name, unit_name, fields, last_given_at } = one;
    return html`<label class="check introduction-resident">
      <input
        type="checkbox"
        name="person"
        value=${id}
        .checked=${live(this.wanted.people.has(id))}
        @change=${(event: Event) => {
          const people = new Set(this.wanted.people);
          if ((event.target as HTMLInputElement).checked) people.add(id);
          else people.delete(id);
          this.change({ people });
        }}
      />
      <span>
        <strong>${staff_name ?? t('giving.unknown')}</strong> ${housing_name} ${unit_name}
        <span class="section-text">${t('giving.shares', { fields: fieldNames(fields) })}</span>
        <span class="section-text"
          >${
            last_given_at
              ? t('giving.last', { time: formatTime(new Date(last_given_at)) })
              : t('giving.never')
          }</span
        >
      </span>
    </label>`;
  }

  private ways(): TemplateResult {
    return html`<fieldset class="introduction-fields">
      <legend>
        <h3>${t('giving.how')}</h3>
      </legend>
      ${WAYS.map(
        ({ how, label, text }) =>
          html`<label class="check introduction-resident">
            <input
              type="radio"
              name="how"
              value=${how}
              .checked=${live(this.wanted.how === how)}
              @change=${() => {
                this.change({ how });
              }}
            />
            <span><strong>${t(label)}</strong><span class="section-text">${t(text)}</span></span>
          </label>`,
      )}
    </fieldset>`;
  }

  private change(to: Partial<Wanted>): void {
    this.wanted = { ...this.wanted, ...to };
    // Another wish is another sheet.
    this.sheetId = crypto.randomUUID();
  }

  private another(): void {
    this.making.reset();
    this.change({ people: new Set(), council: null });
    this.wasTried = false;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('#field-council')?.focus());
  }

  private async make(): Promise<void> {
    this.wasTried = true;
    if (missingIn(this.wanted).length > 0) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const body = bodyOf(this.wanted, this.sheetId);
    const isMade = await this.making.run((signal) =>
      send<MadeSheet>('POST', SHEETS, body, { signal }),
    );
    await this.updateComplete;
    if (!isMade) {
      focusFirstError(this);
      return;
    }
    this.querySelector<HTMLElement>('#made')?.focus();
    this.dispatchEvent(new CustomEvent('made'));
  }
}

customElements.define('sheet-form', SheetForm);
