/** Texts in three languages: one strip of tabs for all texts of a form, each with a mark of how complete it is. */
import { html, nothing, type TemplateResult } from 'lit';
import { areaField, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import { Store } from '../../../state/store';
import type { Language, Text } from '../api';
import { TEXT_LANGUAGES } from '../model/design';
import { languageName } from '../words';

/** The language in which texts are being written, in all forms of the page. */
export const writingStore = new Store<{ language: Language }>({ language: 'ja' });

/** A text that a form asks for. Optional ones are asked for once they are written in some language. */
export interface AskedText {
  text: Text;
  required: boolean;
}

/** How many texts are missing in a language. */
export const missingIn = (texts: readonly AskedText[], language: Language): number =>
  texts.filter(
    ({ text, required }) =>
      text[language].trim() === '' &&
      (required || TEXT_LANGUAGES.some((other) => text[other].trim() !== '')),
  ).length;

/** The strip of languages. What stands below it changes with the language. */
export function languageTabs(
  texts: readonly AskedText[],
  promised: readonly Language[],
): TemplateResult {
  const { language } = writingStore.state;
  return html`<div class="language-tabs" role="group" aria-label=${t('text.languages')}>
    ${TEXT_LANGUAGES.map((one) => {
      const missing = missingIn(texts, one);
      const isPromised = promised.includes(one);
      return html`<button
        type="button"
        class="language-tab"
        data-language=${one}
        aria-pressed=${one === language ? 'true' : 'false'}
        @click=${() => {
          writingStore.set({ language: one });
        }}
      >
        <span>${languageName(one)}</span>
        ${
          missing === 0
            ? html`<span class="language-mark is-whole"
                >${icon('check')}<span class="visually-hidden">${t('text.whole')}</span></span
              >`
            : isPromised
              ? html`<span class="language-mark">${t('text.missing', { count: missing })}</span>`
              : html`<span class="language-mark is-free">${t('text.not_promised')}</span>`
        }
      </button>`;
    })}
  </div>`;
}

export interface TextOptions {
  name: string;
  label: string;
  help?: string;
  text: Text;
  maxLength: number;
  /** Several lines. */
  rows?: number;
  /** The languages in which it must be written. */
  promised?: readonly Language[];
  onInput: (text: Text) => void;
}

/** One text in the language that is being written, with the Japanese one to translate from. */
export function textInput(options: TextOptions): TemplateResult {
  const { language } = writingStore.state;
  const { name, label, help, text, maxLength, rows, promised, onInput } = options;
  const shared = {
    name,
    label: t('text.label', { field: label, language: languageName(language) }),
    help,
    value: text[language],
    maxLength,
    required: promised?.includes(language) ?? false,
    onInput: (value: string) => {
      onInput({ ...text, [language]: value });
    },
  };
  const original = language !== 'ja' && text.ja.trim() !== '' ? text.ja : null;
  return html`<div class="text-input" lang=${language === 'en' ? 'en' : 'ja'}>
    ${rows ? areaField({ ...shared, rows }) : textField(shared)}
    ${
      original
        ? html`<p class="text-original" lang="ja">
            <span class="visually-hidden">${t('text.original')}</span>${original}
          </p>`
        : nothing
    }
  </div>`;
}
