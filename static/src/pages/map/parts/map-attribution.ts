import { html, nothing, type TemplateResult } from 'lit';
import type { Dataset } from '../../../api/types';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { BASE_LAYERS, store } from '../model/state';

/** `<map-attribution>`: whose map and whose data this is. The base map's owner is always shown. */
export class MapAttribution extends LightElement {
  constructor() {
    super();
    new Watch(this, store, ({ base, settings, summaries, visible }) => [
      base,
      settings,
      summaries,
      visible,
    ]);
  }

  protected override render(): TemplateResult {
    return html`<details class="attribution">
      <summary>
        ${this.baseName()}<span class="attribution-more">${t('attribution.more')}</span>
      </summary>
      <div class="attribution-body">
        ${this.baseLink()}
        <ul>
          ${[...new Set(shownDatasets().map(({ attribution }) => attribution))].map(
            (attribution) => html`<li>${attribution}</li>`,
          )}
        </ul>
      </div>
    </details>`;
  }

  private baseName(): string {
    const { base, settings } = store.state;
    return base === 'tiles' && settings?.base_map
      ? settings.base_map.attribution
      : t('base.outlines');
  }

  private baseLink(): TemplateResult | typeof nothing {
    const { base, settings } = store.state;
    const map = settings?.base_map;
    if (base !== 'tiles' || !map) return nothing;
    return html`<p>
      <a href=${map.attribution_url} target="_blank" rel="noopener"
        >${map.attribution}${icon('external')}<span class="visually-hidden"
          >${t('link.new_tab')}</span
        ></a
      >
    </p>`;
  }
}

/** The datasets that the picture is made from now. */
export function shownDatasets(): Dataset[] {
  const { summaries, visible, base } = store.state;
  return summaries
    .filter(({ id }) => visible.has(id) || (base !== 'tiles' && BASE_LAYERS.includes(id)))
    .flatMap(({ datasets }) => datasets);
}

customElements.define('map-attribution', MapAttribution);
