import { html, nothing, type TemplateResult } from 'lit';
import type { Feature, LayerSummary } from '../../../api/types';
import { LightElement } from '../../../components/light-element';
import { formatTime } from '../../../format/dates';
import { isSample, nameOf, numberOf } from '../../../format/feature';
import { freshnessLine } from '../../../format/freshness';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { permalink } from '../model/address';
import { move } from '../model/camera';
import { rows } from '../model/list';
import { store, visibleSummaries } from '../model/state';
import { shownDatasets } from './map-attribution';

/** Nobody reads more of a layer on paper. */
const MOST = 200;

/** `<print-sheet>`: what paper needs besides the map. Written only while the page is printed. */
export class PrintSheet extends LightElement {
  static override properties = { printing: { state: true } };

  declare private printing: boolean;

  constructor() {
    super();
    this.printing = false;
  }

  private readonly begin = (): void => {
    document.documentElement.classList.add('printing');
    move((camera) => {
      camera.resize();
    });
    this.printing = true;
    // Synchronously: the browser takes its picture of the page right after this event. The list
    // comes after the map has found its size on paper, because it lists what is in view there.
    this.performUpdate();
  };

  private readonly end = (): void => {
    this.printing = false;
    document.documentElement.classList.remove('printing');
    move((camera) => {
      camera.resize();
    });
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeprint', this.begin);
    window.addEventListener('afterprint', this.end);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeprint', this.begin);
    window.removeEventListener('afterprint', this.end);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.printing) return nothing;
    const { settings } = store.state;
    return html`<div class="print-sheet">
      <h1>${t('app.name')}${settings ? html` ${pick(settings.municipality.name)}` : nothing}</h1>
      ${settings?.demo ? html`<p><strong>${t('demo.banner')}</strong></p>` : nothing}
      <p>${t('print.made', { time: formatTime(new Date()) })}<br />${permalink()}</p>
      ${visibleSummaries().map((summary) => this.layer(summary))}
      <h2>${t('attribution.more')}</h2>
      <ul>
        ${
          settings?.base_map && store.state.base === 'tiles'
            ? html`<li>${settings.base_map.attribution}</li>`
            : nothing
        }
        ${[...new Set(shownDatasets().map(({ attribution }) => attribution))].map(
          (attribution) => html`<li>${attribution}</li>`,
        )}
      </ul>
    </div>`;
  }

  private layer(summary: LayerSummary): TemplateResult {
    const { filter, viewBox } = store.state;
    const features = store.state.data.get(summary.id)?.features ?? [];
    const found = rows(features, { filter, within: viewBox, from: null });
    return html`<section>
      <h2>
        <layer-symbol layer=${summary.id} shape=${summary.shape}></layer-symbol>
        ${pick(summary.title)} ${t('count.features', { count: found.length })}
      </h2>
      <p>${freshnessLine(summary.freshness).text}</p>
      <ul class="print-list">
        ${found.slice(0, MOST).map(({ feature }) => html`<li>${printName(feature)}</li>`)}
      </ul>
      ${
        found.length > MOST
          ? html`<p>${t('print.more', { count: found.length - MOST })}</p>`
          : nothing
      }
    </section>`;
  }
}

function printName(feature: Feature): string {
  const { address } = feature.properties;
  return [
    numberOf(feature) === null ? null : `${numberOf(feature) ?? ''}.`,
    nameOf(feature),
    isSample(feature) ? `(${t('sample.badge')})` : null,
    typeof address === 'string' ? address : null,
  ]
    .filter((part) => part !== null)
    .join(' ');
}

customElements.define('print-sheet', PrintSheet);
