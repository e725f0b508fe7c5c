import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { t } from '../i18n';
import { describedBy, fieldAround } from './form';
import { icon } from './icon';
import { LightElement } from './light-element';

/** `<password-field>`: a password, with a button that shows what was typed. */
export class PasswordField extends LightElement {
  static override properties = {
    name: {},
    label: {},
    help: {},
    error: {},
    value: {},
    autocomplete: {},
    shown: { state: true },
  };

  declare name: string;
  declare label: string;
  declare help: string | undefined;
  declare error: string | undefined;
  declare value: string;
  /** `current-password` or `new-password`. */
  declare autocomplete: AutoFill;
  declare private shown: boolean;

  constructor() {
    super();
    this.name = 'password';
    this.label = '';
    this.value = '';
    this.autocomplete = 'current-password';
    this.shown = false;
  }

  protected override render(): TemplateResult {
    const { name, label, help, error } = this;
    const options = { name, label, help, error };
    return fieldAround(
      options,
      html`<span class="field-password">
        <input
          id="field-${name}"
          name=${name}
          type=${this.shown ? 'text' : 'password'}
          autocomplete=${this.autocomplete}
          autocapitalize="none"
          spellcheck="false"
          .value=${live(this.value)}
          required
          aria-invalid=${error ? 'true' : nothing}
          aria-describedby=${ifDefined(describedBy(options))}
          @input=${(event: Event) => {
            this.value = (event.target as HTMLInputElement).value;
            this.dispatchEvent(new CustomEvent('typed', { detail: this.value }));
          }}
        />
        <button
          type="button"
          class="icon-button"
          aria-pressed=${this.shown ? 'true' : 'false'}
          aria-label=${t('password.show', { label })}
          @click=${() => {
            this.shown = !this.shown;
          }}
        >
          ${icon(this.shown ? 'hide' : 'show')}
        </button>
      </span>`,
    );
  }
}

customElements.define('password-field', PasswordField);

declare global {
  interface HTMLElementTagNameMap {
    'password-field': PasswordField;
  }
}
