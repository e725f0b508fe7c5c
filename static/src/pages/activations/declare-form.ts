import { html, nothing, type TemplateResult } from 'lit';
import { answerButtons, gather, head, message } from '../../activation/card';
import type { ActivationDocument, ActivationKind } from '../../activation/types';
import { kindName } from '../../activation/words';
import { type FieldErrors, send } from '../../api/client';
import { ask } from '../../components/dialog';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  submitButton,
  textField,
} from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { t } from '../../i18n/areas/activations';
import { newId } from '../../outbox/uuid';
import { Task } from '../../state/task';
import { declareBody, type DeclareTexts, DRILL, textsFor } from './bodies';

/** The longest title and message, as in the service. */
const LONGEST_TITLE = 100;
const LONGEST_MESSAGE = 1000;
const KINDS: readonly ActivationKind[] = ['drill', 'real'];

/**
 * `<declare-form>`: declares an activation. A drill unless somebody wants the real thing, which has to be typed. Fires
 * `declared` with what the service made of it, `cancelled`, and `stale` where another is open.
 */
export class DeclareForm extends LightElement {
  static override properties = {
    kind: { state: true },
    texts: { state: true },
    wrong: { state: true },
  };

  declare private kind: ActivationKind;
  declare private texts: DeclareTexts;
  declare private wrong: FieldErrors;
  private readonly declaring = new Task<ActivationDocument>(this);
  /** One for all tries of the same: what is sent twice is declared once. */
  private activationId = newId();

  constructor() {
    super();
    this.kind = 'drill';
    this.texts = DRILL;
    this.wrong = {};
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    const { kind } = this;
    const { error, busy } = this.declaring;
    return html`<form
      class="section activations-declare"
      novalidate
      aria-labelledby="declare-title"
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.declare();
      }}
    >
      <h2 class="section-title" id="declare-title" tabindex="-1">${t('activations.declare')}</h2>
      <div class="form">
        ${formError(error, Object.keys(this.texts))}
        ${
          error?.kind === 'conflict'
            ? html`<button
                type="button"
                class="button"
                @click=${() => this.dispatchEvent(new CustomEvent('stale'))}
              >
                ${icon('refresh')}${t('activations.see_open')}
              </button>`
            : nothing
        }
        <fieldset class="card">
          <legend>${t('activations.kind')}</legend>
          ${KINDS.map((one) => this.choice(one))}
        </fieldset>
        ${textField({
          ...this.field('title', t('activations.title_field')),
          required: true,
          maxLength: LONGEST_TITLE,
        })}
        ${areaField({
          ...this.field('message', t('activations.message_field')),
          help: t('activations.message_help'),
          required: true,
          maxLength: LONGEST_MESSAGE,
          rows: 4,
        })}
        <details class="activations-more" ?open=${this.texts.title_en !== ''}>
          <summary>${t('activations.english')}</summary>
          <div class="form">
            ${textField({
              ...this.field('title_en', t('activations.title_en_field')),
              maxLength: LONGEST_TITLE,
            })}
            ${areaField({
              ...this.field('message_en', t('activations.message_en_field')),
              maxLength: LONGEST_MESSAGE,
              rows: 3,
            })}
          </div>
        </details>
      </div>
      ${this.preview()}
      <div class="button-row">
        ${submitButton(
          t(kind === 'drill' ? 'activations.declare_drill' : 'activations.declare_real'),
          busy,
          kind === 'real',
        )}
        <button
          type="button"
          class="button"
          @click=${() => this.dispatchEvent(new CustomEvent('cancelled'))}
        >
          ${t('dialog.no')}
        </button>
      </div>
    </form>`;
  }

  private choice(kind: ActivationKind): TemplateResult {
    return html`<label class="check">
      <input
        type="radio"
        name="kind"
        value=${kind}
        .checked=${kind === this.kind}
        @change=${() => {
          this.kind = kind;
          this.texts = textsFor(kind, this.texts);
          this.renew();
        }}
      />
      <span>
        <strong>${kindName(kind)}</strong>
        ${t(kind === 'drill' ? 'activations.kind_drill' : 'activations.kind_real')}
      </span>
    </label>`;
  }

  private field(
    name: keyof DeclareTexts,
    label: string,
  ): {
    name: string;
    label: string;
    value: string;
    error: string | undefined;
    onInput: (text: string) => void;
  } {
    return {
      name: `declare-${name}`,
      label,
      value: this.texts[name],
      error: this.wrong[name] ?? this.declaring.fields[name],
      onInput: (text) => {
        this.texts = { ...this.texts, [name]: text };
        this.renew();
      },
    };
  }

  /** What residents get, as it stands now. */
  private preview(): TemplateResult {
    const { kind, texts } = this;
    const muster = { name: t('activations.preview_muster'), location: null, is_council: true };
    return html`<section class="activations-preview" aria-labelledby="preview">
      <h3 id="preview">${t('activations.preview')}</h3>
      <p class="section-text">${t('activations.preview_text')}</p>
      <div class="activation activation-${kind}" inert>
        ${head({ kind, title: texts.title.trim() || '…' }, 'preview-title')}
        ${message(kind, texts.message.trim() || '…')} ${gather(muster)}
        ${answerButtons(null, null, 'preview-choose')}
      </div>
    </section>`;
  }

  /** Other content is another activation. */
  private renew(): void {
    if (this.declaring.error) this.activationId = newId();
  }

  private async declare(): Promise<void> {
    const { kind, texts } = this;
    this.wrong = missing({ title: texts.title, message: texts.message });
    if (Object.keys(this.wrong).length > 0) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    if (!(await ask(kind === 'drill' ? SURE_DRILL : SURE_REAL))) return;
    const body = declareBody(this.activationId, kind, texts);
    const isDone = await this.declaring.run((signal) =>
      send<ActivationDocument>('POST', '/api/activations', body, { signal }),
    );
    if (isDone) {
      this.dispatchEvent(new CustomEvent('declared', { detail: this.declaring.value }));
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}

const SURE_DRILL = {
  title: () => t('activations.sure_drill'),
  text: () => t('activations.sure_drill_text'),
  yes: () => t('activations.declare_drill'),
};

const SURE_REAL = {
  title: () => t('activations.sure_real'),
  text: () => t('activations.sure_real_text'),
  yes: () => t('activations.declare_real'),
  danger: true,
  typed: {
    label: () => t('activations.type_word', { word: t('activation.real') }),
    word: () => t('activation.real'),
  },
};

customElements.define('declare-form', DeclareForm);
