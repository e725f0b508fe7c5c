import { html, type TemplateResult } from 'lit';
import { isLanguage, language, LANGUAGES, setLanguage, t } from '../i18n';
import { icon } from './icon';
import { LightElement } from './light-element';

/** `<language-select>`: each language under the name that its readers know. */
export class LanguageSelect extends LightElement {
  protected override render(): TemplateResult {
    return html`<span class="language-select">
      ${icon('globe')}
      <select
        aria-label=${t('language.label')}
        @change=${({ target }: Event) => {
          const { value } = target as HTMLSelectElement;
          if (isLanguage(value)) setLanguage(value);
        }}
      >
        ${LANGUAGES.map(
          ({ id, name, tag }) =>
            html`<option value=${id} lang=${tag} ?selected=${id === language()}>${name}</option>`,
        )}
      </select>
    </span>`;
  }
}

customElements.define('language-select', LanguageSelect);
