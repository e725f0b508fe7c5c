import { html, nothing, type TemplateResult } from 'lit';
import '../../../components/messages';
import { failure } from '../../../components/failure';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n/areas/map';
import '../../../shell/activation-slot';
import { Watch } from '../../../state/store';
import { loadSettings } from '../model/settings';
import { EMBEDDED, store } from '../model/state';
import './embed-bar';
import './map-attribution';
import './map-controls';
import './map-notes';
import './map-view';
import './page-header';
import './print-sheet';
import './side-panel';

/** `<map-page>`: the whole page. On a phone the map fills it and the panel is a sheet below. */
export class MapPage extends LightElement {
  constructor() {
    super();
    new Watch(this, store, ({ settings, settingsError }) => [settings, settingsError]);
  }

  protected override render(): TemplateResult {
    const { settings, settingsError } = store.state;
    return html`
      ${
        EMBEDDED
          ? nothing
          : html`<a class="skip-link" href="#panel" @click=${this.skip}>${t('skip.to_list')}</a>
              <page-header></page-header>`
      }
      ${
        settings?.demo
          ? html`<section class="demo-banner" aria-label=${t('sample.badge')}>
              <span class="badge badge-sample" aria-hidden="true">${t('sample.badge')}</span>
              <p>${t('demo.banner')}</p>
            </section>`
          : nothing
      }
      ${EMBEDDED ? nothing : html`<activation-slot></activation-slot>`}
      <main class="stage">
        ${
          settingsError
            ? failure(t('error.settings'), settingsError, () => void loadSettings())
            : nothing
        }
        ${EMBEDDED ? nothing : html`<side-panel></side-panel>`}
        <section class="map-area" aria-label=${t('map.region')}>
          <map-view></map-view>
          <map-notes></map-notes>
          <map-controls></map-controls>
          <map-attribution></map-attribution>
          ${EMBEDDED ? html`<embed-bar></embed-bar>` : nothing}
        </section>
      </main>
      <app-messages></app-messages>
      <print-sheet></print-sheet>
    `;
  }

  private skip(event: Event): void {
    event.preventDefault();
    store.set({ tab: 'list', sheet: 'full' });
    requestAnimationFrame(() => {
      document.getElementById('tab-list')?.focus();
    });
  }
}

customElements.define('map-page', MapPage);
