import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { move } from '../model/camera';
import { store, visibleSummaries } from '../model/state';

/** `<map-notes>`: what must be known of the picture itself, written on it. */
export class MapNotes extends LightElement {
  constructor() {
    super();
    new Watch(this, store, ({ base, data, visible, summaries }) => [
      base,
      data,
      visible,
      summaries,
    ]);
  }

  protected override render(): TemplateResult {
    const { base, data } = store.state;
    const layers = visibleSummaries();
    const cut = layers.filter(({ id }) => data.get(id)?.cut);
    const failed = layers.filter(({ id }) => data.get(id)?.status === 'error');
    const loading = layers.some(({ id }) => {
      const known = data.get(id);
      return known?.status === 'loading' && known.features.length === 0;
    });
    const names = (list: typeof layers): string =>
      list.map(({ title }) => pick(title)).join(t('text.separator'));
    return html`<div class="map-notes" role="status">
      ${loading ? html`<p class="map-note">${t('layer.loading')}</p>` : nothing}
      ${
        base === 'failed'
          ? html`<p class="map-note">
              ${t('base.failed')}
              <button
                type="button"
                class="link-button"
                @click=${() => {
                  move((camera) => {
                    camera.retryBase();
                  });
                }}
              >
                ${t('action.retry')}
              </button>
            </p>`
          : nothing
      }
      ${
        cut.length > 0
          ? html`<p class="map-note">${t('map.cut', { layers: names(cut) })}</p>`
          : nothing
      }
      ${
        failed.length > 0
          ? html`<p class="map-note map-note-error">
              ${icon('warning')}<span>${t('map.layers_failed', { layers: names(failed) })}</span>
              <button
                type="button"
                class="link-button"
                @click=${() => {
                  store.set({ tab: 'layers', sheet: 'half' });
                }}
              >
                ${t('map.see_layers')}
              </button>
            </p>`
          : nothing
      }
    </div>`;
  }
}

customElements.define('map-notes', MapNotes);
