import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../../api/client';
import { ask } from '../../../components/dialog';
import { failure } from '../../../components/failure';
import {
  areaField,
  checkField,
  focusFirstError,
  formError,
  textField,
} from '../../../components/form';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { loaded } from '../../../components/lists';
import { say } from '../../../components/messages';
import { formatTime } from '../../../format/dates';
import { type Key, t } from '../../../i18n/areas/my-introduction';
import {
  byName,
  type Draft,
  draftOf,
  LINES,
  LONGEST,
  REGISTERED,
  sharedBy,
  type Wrong,
  wrongIn,
} from '../../../introductions/draft';
import { personCard } from '../../../introductions/sheet';
import { type Field, FIELDS, type MyIntroductionDocument } from '../../../introductions/types';
import { fieldName } from '../../../introductions/words';
import { Task } from '../../../state/task';
import { givenList } from './given-list';

const PATH = '/api/me/introduction';

const HELP: Partial<Record<Field, Key>> = {
  phone: 'my_introduction.help.phone',
  contact: 'my_introduction.help.contact',
  languages: 'my_introduction.help.languages',
  skills: 'my_introduction.help.skills',
  message: 'my_introduction.help.message',
};

const WRONG: Readonly<Record<Wrong, Key>> = {
  empty: 'form.missing',
  phone: 'my_introduction.no_phone',
  email: 'my_introduction.no_email',
};

const time = (at: string): string => formatTime(new Date(at));

/** `<my-introduction>`: what of oneself the chair of one's council is given, field by field, and what was given to whom. */
export class MyIntroduction extends LightElement {
  static override properties = {
    draft: { state: true },
    agrees: { state: true },
    mustAgree: { state: true },
    wasTried: { state: true },
  };

  /** What is in the form; null while it is not open. */
  declare private draft: Draft | null;
  declare private agrees: boolean;
  /** Whether they sent it without agreeing to what they see. */
  declare private mustAgree: boolean;
  declare private wasTried: boolean;
  private readonly mine = new Task<MyIntroductionDocument>(this);
  private readonly saving = new Task(this);
  private readonly withdrawing = new Task(this);

  constructor() {
    super();
    this.draft = null;
    this.agrees = false;
    this.mustAgree = false;
    this.wasTried = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="introduction">
      <h2 class="section-title" id="introduction" tabindex="-1">${t('my_introduction.title')}</h2>
      ${loaded(
        this.mine,
        t('my_introduction.failed'),
        () => void this.load(),
        (mine) => this.all(mine),
      )}
    </section>`;
  }

  private all(mine: MyIntroductionDocument): TemplateResult {
    const council = mine.council?.name ?? '';
    return html`
      ${
        mine.state === 'possible'
          ? html`<p lang=${langOf(council)}>${t('my_introduction.lead', { council })}</p>
              <ul class="bullets section-text">
                <li>${t('my_introduction.how_1')}</li>
                <li>${t('my_introduction.how_2')}</li>
                <li>${t('my_introduction.how_3')}</li>
              </ul>
              ${this.draft ? this.form(mine, this.draft) : this.standing(mine, council)}`
          : nothing
      }
      ${givenList(mine.given)}
    `;
  }

  private standing(mine: MyIntroductionDocument, council: string): TemplateResult {
    const { consent } = mine;
    if (!consent) {
      return html`<p>
        <button
          type="button"
          class="button"
          data-begin
          @click=${() => {
            this.begin(mine);
          }}
        >
          ${icon('person')}${t('my_introduction.begin')}
        </button>
      </p>`;
    }
    const { error, busy } = this.withdrawing;
    return html`<div class="card introduction-consent" data-consented>
      <p class="introduction-consented">
        ${icon('check')}<strong
          >${t('my_introduction.consented', { time: time(consent.at) })}</strong
        >
      </p>
      <p>${t('my_introduction.consented_text', { council })}</p>
      ${personCard(consent)}
      ${error ? failure(t('my_introduction.withdraw_failed'), error, () => void this.withdraw()) : nothing}
      <div class="button-row">
        <button
          type="button"
          class="button"
          data-begin
          @click=${() => {
            this.begin(mine);
          }}
        >
          ${t('my_introduction.change')}
        </button>
        <button
          type="button"
          class="button button-danger"
          data-withdraw
          aria-disabled=${busy ? 'true' : nothing}
          @click=${() => void this.withdraw()}
        >
          ${t('my_introduction.withdraw')}
        </button>
      </div>
    </div>`;
  }

  private form(mine: MyIntroductionDocument, draft: Draft): TemplateResult {
    const { error, busy } = this.saving;
    const shared = sharedBy(draft);
    const council = mine.council?.name ?? '';
    const isNothing = this.wasTried && shared.length === 0;
    return html`<form
      class="form card introduction-form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.consent(mine, draft);
      }}
    >
      ${formError(error, this.errorPlaces(draft))}
      ${
        error?.kind === 'conflict'
          ? html`<button type="button" class="button" @click=${() => void this.again()}>
              ${t('my_introduction.reload')}
            </button>`
          : nothing
      }
      <fieldset class="introduction-fields">
        <legend>
          <h3>${t('my_introduction.choose')}</h3>
        </legend>
        <p class="section-text">${t('my_introduction.choose_help')}</p>
        ${
          isNothing
            ? html`<p class="field-error" role="alert">
                ${icon('warning')}${t('my_introduction.nothing')}
              </p>`
            : nothing
        }
        ${FIELDS.filter((field) => !REGISTERED.includes(field) || draft[field].text).map((field) =>
          this.field(field, draft),
        )}
      </fieldset>
      <div class="introduction-preview" aria-live="polite">
        <h3>${t('my_introduction.preview')}</h3>
        ${
          shared.length === 0
            ? html`<p class="empty">${t('my_introduction.preview_none')}</p>`
            : personCard({ fields: shared })
        }
      </div>
      ${checkField({
        name: 'agree',
        label: t('my_introduction.agree', { council }),
        checked: this.agrees,
        onChange: (agrees) => {
          this.agrees = agrees;
          this.mustAgree = false;
        },
      })}
      ${
        this.mustAgree
          ? html`<p class="field-error" role="alert">
              ${icon('warning')}${t('my_introduction.agree_missing')}
            </p>`
          : nothing
      }
      <div class="button-row">
        <button
          type="submit"
          class="button button-primary"
          aria-disabled=${busy ? 'true' : nothing}
        >
          ${busy ? t('form.sending') : t('my_introduction.consent')}
        </button>
        <button
          type="button"
          class="button"
          @click=${() => {
            this.close();
          }}
        >
          ${t('my_introduction.cancel')}
        </button>
      </div>
    </form>`;
  }

  private field(field: Field, draft: Draft): TemplateResult {
    const { isShared, text } = draft[field];
    const isFixed = REGISTERED.includes(field);
    return html`<div class="introduction-field">
      ${checkField({
        name: `share-${field}`,
        label: isFixed ? `${fieldName(field)}: ${text}` : fieldName(field),
        checked: isShared,
        onChange: (checked) => {
          this.change(field, { isShared: checked, text });
        },
      })}
      ${isShared && !isFixed ? this.text(field, text, draft) : nothing}
    </div>`;
  }

  private text(field: Field, text: string, draft: Draft): TemplateResult {
    const wrong = this.wasTried ? wrongIn(draft)[field] : undefined;
    const help = HELP[field];
    const options = {
      name: `text-${field}`,
      label: t('my_introduction.text_of', { field: fieldName(field) }),
      help: help ? t(help) : undefined,
      maxLength: LONGEST[field],
      value: text,
      error: wrong ? t(WRONG[wrong]) : byName(this.saving.fields, sharedBy(draft))[field],
      onInput: (typed: string) => {
        this.change(field, { isShared: true, text: typed });
      },
    };
    if (LINES.includes(field)) return areaField({ ...options, rows: 2 });
    return textField({
      ...options,
      ...(field === 'phone' ? { type: 'tel', keyboard: 'tel', autocomplete: 'tel' } : {}),
      ...(field === 'email' ? { type: 'email', keyboard: 'email', autocomplete: 'email' } : {}),
    });
  }

  private errorPlaces(draft: Draft): string[] {
    return sharedBy(draft).map((_, index) => `fields[${index}].text`);
  }

  private change(field: Field, to: Draft[Field]): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, [field]: to };
    // What one agrees to is what one sees: after a change one agrees anew.
    this.agrees = false;
    this.mustAgree = false;
  }

  private begin(mine: MyIntroductionDocument): void {
    this.saving.reset();
    this.draft = draftOf(mine);
    this.agrees = false;
    this.mustAgree = false;
    this.wasTried = false;
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('#field-share-name')?.focus(),
    );
  }

  private close(): void {
    this.draft = null;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('[data-begin]')?.focus());
  }

  private load(): Promise<boolean> {
    return this.mine.run((signal) => get<MyIntroductionDocument>(PATH, signal));
  }

  /** Council or home are others by now: the form begins anew with them. */
  private async again(): Promise<void> {
    const { draft } = this;
    await this.load();
    const { value } = this.mine;
    if (value?.state !== 'possible' || !draft) {
      this.draft = null;
      return;
    }
    const fresh = draftOf({ known: value.known, consent: null });
    const kept = FIELDS.filter((field) => !REGISTERED.includes(field));
    this.begin(value);
    this.draft = { ...fresh, ...Object.fromEntries(kept.map((field) => [field, draft[field]])) };
  }

  private async consent(mine: MyIntroductionDocument, draft: Draft): Promise<void> {
    const fields = sharedBy(draft);
    this.wasTried = true;
    this.mustAgree = !this.agrees;
    const isWrong = Object.keys(wrongIn(draft)).length > 0;
    if (fields.length === 0 || isWrong || !this.agrees) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const body = { council_id: mine.council?.id, fields };
    if (!(await this.saving.run((signal) => send('PUT', PATH, body, { signal })))) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    say(() => t('my_introduction.saved'));
    await this.load();
    this.close();
  }

  private async withdraw(): Promise<void> {
    if (this.withdrawing.busy || !(await ask(WITHDRAW))) return;
    if (!(await this.withdrawing.run((signal) => send('DELETE', PATH, undefined, { signal }))))
      return;
    say(() => t('my_introduction.withdrawn'));
    await this.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#introduction')?.focus();
  }
}

const WITHDRAW = {
  title: () => t('my_introduction.withdraw_title'),
  text: () => t('my_introduction.withdraw_text'),
  yes: () => t('my_introduction.withdraw'),
  danger: true,
};

customElements.define('my-introduction', MyIntroduction);
