import { html, nothing, type TemplateResult } from 'lit';
import { OPEN_DATA_URL } from '../../../api/endpoints';
import { icon } from '../../../components/icon';
import '../../../components/language-select';
import { LightElement } from '../../../components/light-element';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { store } from '../model/state';
import './search-box';
import './session-link';

/** `<page-header>`: the name, the search, the language and the way to the open data. */
export class PageHeader extends LightElement {
  constructor() {
    super();
    new Watch(this, store, ({ settings }) => [settings]);
  }

  protected override render(): TemplateResult {
    const { settings } = store.state;
    return html`<header class="page-header">
      <h1 class="brand">
        <img src="/favicon.svg" alt="" width="32" height="32" />
        <span class="brand-name" lang="ja">まちあるき</span>
        ${
          settings
            ? html`<span class="brand-place">${pick(settings.municipality.name)}</span>`
            : nothing
        }
      </h1>
      <search-box></search-box>
      <nav class="header-links" aria-label=${t('header.links')}>
        <language-select></language-select>
        <a class="button button-quiet" href=${OPEN_DATA_URL}>
          ${icon('download')}<span class="link-text">${t('header.open_data')}</span>
        </a>
        <session-link></session-link>
      </nav>
    </header>`;
  }
}

customElements.define('page-header', PageHeader);
