import { html, nothing, type TemplateResult } from 'lit';
import type { LayerSummary } from '../../../api/types';
import { failure } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { sampleBadge } from '../../../components/badges';
import { LightElement } from '../../../components/light-element';
import { freshnessLine } from '../../../format/freshness';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import '../../../symbols/layer-symbol';
import { load, show } from '../model/layers';
import { store, summaryOf } from '../model/state';
import { layerDetails } from './layer-details';

/** `<layer-row>`: one layer's switch, sign, count and freshness, and what it is made from. */
export class LayerRow extends LightElement {
  static override properties = { layer: { attribute: false }, open: { state: true } };

  declare layer: string;
  declare private open: boolean;

  constructor() {
    super();
    this.layer = '';
    this.open = false;
    new Watch(this, store, ({ summaries, visible, data }) => [
      summaries,
      visible.has(this.layer),
      data.get(this.layer),
    ]);
  }

  protected override render(): TemplateResult | typeof nothing {
    const summary = summaryOf(this.layer);
    if (!summary) return nothing;
    const { id, shape, feature_count: count } = summary;
    const title = pick(summary.title);
    const line = freshnessLine(summary.freshness);
    return html`<div class="layer" data-layer=${id}>
      <div class="layer-head">
        <label class="layer-switch">
          <input
            type="checkbox"
            .checked=${store.state.visible.has(id)}
            @change=${({ target }: Event) => {
              show([id], (target as HTMLInputElement).checked);
            }}
          />
          <layer-symbol layer=${id} shape=${shape}></layer-symbol>
          <span class="layer-text">
            <span class="layer-title">${title}</span>
            <span class="layer-count">${t('count.features', { count })}</span>
            ${summary.sample ? sampleBadge() : nothing}
          </span>
        </label>
        <button
          type="button"
          class="icon-button"
          aria-expanded=${this.open ? 'true' : 'false'}
          aria-controls="layer-details-${id}"
          aria-label=${t('layer.about', { layer: title })}
          @click=${() => {
            this.open = !this.open;
          }}
        >
          ${icon('down')}
        </button>
      </div>
      <p class="freshness freshness-${line.tone}">
        ${line.tone === 'warning' ? icon('warning') : nothing}${line.text}
      </p>
      ${this.progress(summary, title)}
      <div id="layer-details-${id}" class="layer-details" ?hidden=${!this.open}>
        ${this.open ? layerDetails(summary) : nothing}
      </div>
    </div>`;
  }

  private progress({ id, feature_count: count }: LayerSummary, title: string) {
    const data = store.state.data.get(id);
    if (!store.state.visible.has(id) || !data) return nothing;
    if (data.status === 'error' && data.error) {
      return failure(
        t('layer.failed', { layer: title }),
        data.error,
        () => void load(id, { force: true }),
      );
    }
    if (data.status === 'loading' && data.features.length === 0 && count > 0) {
      return html`<p class="loading">${t('layer.loading')}</p>`;
    }
    return data.cut ? html`<p class="freshness">${t('layer.cut')}</p>` : nothing;
  }
}

customElements.define('layer-row', LayerRow);
