import { html, nothing, type TemplateResult } from 'lit';
import { badges } from '../../../components/badges';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { nameOf } from '../../../format/feature';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import '../../../symbols/layer-symbol';
import { permalink } from '../model/address';
import { clearSelection } from '../model/selection';
import { store, visibleSummaries } from '../model/state';

/** `<embed-bar>`: what a map inside somebody else's page offers: a legend and a way to the whole. */
export class EmbedBar extends LightElement {
  constructor() {
    super();
    new Watch(this, store, (state) => [state.summaries, state.visible, state.selected, state.view]);
  }

  protected override render(): TemplateResult {
    const { selected } = store.state;
    return html`<div class="embed-bar">
      <details class="embed-legend">
        <summary class="button">${icon('layers')}${t('embed.legend')}</summary>
        <ul>
          ${visibleSummaries().map(
            ({ id, shape, title }) =>
              html`<li><layer-symbol layer=${id} shape=${shape}></layer-symbol>${pick(title)}</li>`,
          )}
        </ul>
      </details>
      ${
        selected?.status === 'ready'
          ? html`<div class="embed-card">
              <strong>${nameOf(selected.feature)} ${badges(selected.feature)}</strong>
              <button
                type="button"
                class="icon-button"
                aria-label=${t('detail.close')}
                @click=${clearSelection}
              >
                ${icon('close')}
              </button>
            </div>`
          : nothing
      }
      ${
        selected?.status === 'missing'
          ? html`<p class="embed-card">${t('detail.missing')}</p>`
          : nothing
      }
      <a class="button" href=${permalink()} target="_blank" rel="noopener">
        ${icon('external')}${t('embed.open')}
      </a>
    </div>`;
  }
}

customElements.define('embed-bar', EmbedBar);
