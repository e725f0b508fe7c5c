/** Fields: each with its label, its help, and what is wrong with it, tied together for a screen reader. */
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { ApiError, FieldErrors } from '../api/client';
import { t } from '../i18n';
import { failureText } from './failure';
import { icon } from './icon';

export interface FieldOptions {
  /** The name in the form, and the end of the field's id. Unique on the page. */
  name: string;
  label: string;
  /** What to write, and in what form. */
  help?: string | undefined;
  /** What is wrong with it, and what to do. */
  error?: string | undefined;
  value?: string | undefined;
  required?: boolean;
  disabled?: boolean;
  onInput?: (value: string) => void;
}

export interface TextOptions extends FieldOptions {
  type?: 'text' | 'search' | 'email' | 'date' | 'time' | 'number' | 'url' | 'tel';
  /** What the browser may fill in, such as `username`; `off` otherwise. */
  autocomplete?: AutoFill;
  /** Which keyboard a phone shows. */
  keyboard?: 'text' | 'numeric' | 'decimal' | 'search' | 'email' | 'url' | 'tel';
  maxLength?: number;
  min?: string;
  max?: string;
  placeholder?: string;
}

export interface AreaOptions extends FieldOptions {
  rows?: number;
  maxLength?: number;
}

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

export interface SelectOptions extends FieldOptions {
  options: readonly Option[];
}

const idOf = (name: string): string => `field-${name}`;

/** The ids of what describes a field. */
export const describedBy = ({ name, help, error }: FieldOptions): string | undefined =>
  [help ? `${idOf(name)}-help` : '', error ? `${idOf(name)}-error` : '']
    .filter(Boolean)
    .join(' ') || undefined;

const input = (onInput: FieldOptions['onInput']) => (event: Event) => {
  onInput?.((event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value);
};

/** A field around any control that has the id `field-<name>`. */
export const fieldAround = (options: FieldOptions, control: TemplateResult): TemplateResult => {
  const { name, label, help, error, required } = options;
  return html`<div class="field ${error ? 'field-wrong' : ''}">
    <label class="field-label" for=${idOf(name)}>
      ${label}${required ? html`<span class="field-required">${t('form.required')}</span>` : nothing}
    </label>
    ${help ? html`<p class="field-help" id="${idOf(name)}-help">${help}</p>` : nothing} ${control}
    ${
      error
        ? html`<p class="field-error" id="${idOf(name)}-error">${icon('warning')}${error}</p>`
        : nothing
    }
  </div>`;
};

/** One line of text, or a day, a number. */
export const textField = (options: TextOptions): TemplateResult =>
  fieldAround(
    options,
    html`<input
      id=${idOf(options.name)}
      name=${options.name}
      type=${options.type ?? 'text'}
      autocomplete=${options.autocomplete ?? 'off'}
      inputmode=${ifDefined(options.keyboard)}
      maxlength=${ifDefined(options.maxLength)}
      min=${ifDefined(options.min)}
      max=${ifDefined(options.max)}
      placeholder=${ifDefined(options.placeholder)}
      .value=${live(options.value ?? '')}
      ?required=${options.required ?? false}
      ?disabled=${options.disabled ?? false}
      aria-invalid=${options.error ? 'true' : nothing}
      aria-describedby=${ifDefined(describedBy(options))}
      @input=${input(options.onInput)}
    />`,
  );

/** Several lines of text. */
export const areaField = (options: AreaOptions): TemplateResult =>
  fieldAround(
    options,
    html`<textarea
      id=${idOf(options.name)}
      name=${options.name}
      rows=${options.rows ?? 3}
      maxlength=${ifDefined(options.maxLength)}
      .value=${live(options.value ?? '')}
      ?required=${options.required ?? false}
      ?disabled=${options.disabled ?? false}
      aria-invalid=${options.error ? 'true' : nothing}
      aria-describedby=${ifDefined(describedBy(options))}
      @input=${input(options.onInput)}
    ></textarea>`,
  );

/** One of a few. */
export const selectField = (options: SelectOptions): TemplateResult =>
  fieldAround(
    options,
    html`<select
      id=${idOf(options.name)}
      name=${options.name}
      ?required=${options.required ?? false}
      ?disabled=${options.disabled ?? false}
      aria-invalid=${options.error ? 'true' : nothing}
      aria-describedby=${ifDefined(describedBy(options))}
      @change=${input(options.onInput)}
    >
      ${options.options.map(
        ({ value, label, disabled }) =>
          html`<option
            value=${value}
            .selected=${live(value === options.value)}
            ?disabled=${disabled ?? false}
          >
            ${label}
          </option>`,
      )}
    </select>`,
  );

/** A file from the device. */
export const fileField = (
  options: FieldOptions & { accept: string; onFile: (file: File | null) => void },
): TemplateResult =>
  fieldAround(
    options,
    html`<input
      id=${idOf(options.name)}
      name=${options.name}
      type="file"
      accept=${options.accept}
      ?required=${options.required ?? false}
      ?disabled=${options.disabled ?? false}
      aria-invalid=${options.error ? 'true' : nothing}
      aria-describedby=${ifDefined(describedBy(options))}
      @change=${(event: Event) => {
        options.onFile((event.target as HTMLInputElement).files?.[0] ?? null);
      }}
    />`,
  );

/** Yes or no. */
export const checkField = (options: {
  name: string;
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}): TemplateResult =>
  html`<label class="check">
    <input
      type="checkbox"
      id=${idOf(options.name)}
      name=${options.name}
      .checked=${live(options.checked)}
      ?disabled=${options.disabled ?? false}
      @change=${(event: Event) => {
        options.onChange((event.target as HTMLInputElement).checked);
      }}
    />
    <span>${options.label}</span>
  </label>`;

/** The button that sends a form; it says so while the form is on its way. */
export const submitButton = (label: string, busy: boolean, danger = false): TemplateResult =>
  html`<button
    type="submit"
    class="button ${danger ? 'button-danger' : 'button-primary'}"
    aria-disabled=${busy ? 'true' : nothing}
    @click=${(event: Event) => {
      // A disabled button would lose the focus; this one only does nothing.
      if (busy) event.preventDefault();
    }}
  >
    ${busy ? t('form.sending') : label}
  </button>`;

/** What is wrong with the form as a whole. Errors that stand at a field shown are not repeated. */
export function formError(error: ApiError | null, shown: readonly string[] = []): TemplateResult {
  const box = (text: TemplateResult | typeof nothing): TemplateResult =>
    html`<div role="alert">${text}</div>`;
  if (!error) return box(nothing);
  const fields = Object.keys(error.fields);
  const isAtFields = fields.length > 0 && fields.every((name) => shown.includes(name));
  const text = isAtFields ? t('form.check_fields') : failureText(error);
  return box(html`<div class="notice notice-error">${icon('warning')}<span>${text}</span></div>`);
}

/** Moves the focus to the first field that is wrong, once it has been rendered. */
export function focusFirstError(root: ParentNode): void {
  root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/** Whether each required text is there; says at each field what is missing. */
export function missing(values: Readonly<Record<string, string>>): FieldErrors {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value.trim() === '')
      .map(([name]) => [name, t('form.missing')]),
  );
}
