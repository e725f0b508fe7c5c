import { html, type TemplateResult } from 'lit';
import { isLanguage, language, LANGUAGES, setLanguage, t } from '../i18n';
import { icon } from './icon';
import { LightElement } from './light-element';
import { say } from './messages';

/** `<language-select>`: each language under the name that its readers know. */
export class LanguageSelect extends LightElement {
  protected override render(): TemplateResult {
    return html`<span class="language-select">
      ${icon('globe')}
      <select
        aria-label=${t('language.label')}
        @change=${({ target }: Event) => {
          void this.choose(target as HTMLSelectElement);
        }}
      >
        ${LANGUAGES.map(
          ({ id, name, tag }) =>
            html`<option value=${id} lang=${tag} ?selected=${id === language()}>${name}</option>`,
        )}
      </select>
    </span>`;
  }

  private async choose(select: HTMLSelectElement): Promise<void> {
    if (!isLanguage(select.value) || (await setLanguage(select.value))) return;
    select.value = language();
    say(() => t('language.later'), 'error');
  }
}

customElements.define('language-select', LanguageSelect);
