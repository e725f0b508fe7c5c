import { html, type TemplateResult } from 'lit';
import { icon, type IconName } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { type Key, t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { move } from '../model/camera';
import { locate } from '../model/place';
import { store } from '../model/state';

/** `<map-controls>`: zooming, finding oneself, and back to the whole ward. */
export class MapControls extends LightElement {
  constructor() {
    super();
    new Watch(this, store, ({ locating, place }) => [locating, place]);
  }

  protected override render(): TemplateResult {
    const { locating } = store.state;
    const button = (name: IconName, label: Key, press: () => void, busy = false): TemplateResult =>
      html`<button
        type="button"
        class="map-button"
        title=${t(label)}
        aria-label=${t(label)}
        aria-busy=${busy ? 'true' : 'false'}
        @click=${press}
      >
        ${icon(name)}
      </button>`;
    return html`<div class="map-controls" role="group" aria-label=${t('map.controls')}>
      ${button('locate', 'map.locate', () => void locate(), locating)}
      ${button('home', 'map.reset', () => {
        move((camera) => {
          camera.reset();
        });
      })}
      <div class="zoom-buttons">
        ${button('plus', 'map.zoom_in', () => {
          move((camera) => {
            camera.zoom(1);
          });
        })}
        ${button('minus', 'map.zoom_out', () => {
          move((camera) => {
            camera.zoom(-1);
          });
        })}
      </div>
    </div>`;
  }
}

customElements.define('map-controls', MapControls);
