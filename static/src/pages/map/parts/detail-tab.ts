import { html, nothing, type TemplateResult } from 'lit';
import type { Feature, LayerSummary } from '../../../api/types';
import { badges } from '../../../components/badges';
import { copy } from '../../../components/clipboard';
import { failure } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { nameOf, otherNames } from '../../../format/feature';
import { showValue } from '../../../format/field';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { permalink } from '../model/address';
import { move } from '../model/camera';
import { clearSelection, onOpened, retrySelection } from '../model/selection';
import { store, summaryOf } from '../model/state';
import { detailFields, prose } from './detail-fields';
import { rowSymbol } from './feature-row';
import { datasetDetails } from './layer-details';
import { routeStops, stopSteps } from './route-stops';

/** `<detail-tab>`: everything the public may know of the chosen feature. */
export class DetailTab extends LightElement {
  private takeFocus = false;
  private readonly opened = (): void => {
    this.takeFocus = true;
    this.requestUpdate();
  };

  constructor() {
    super();
    new Watch(this, store, (state) => [
      state.selection,
      state.selected,
      state.summaries,
      state.data,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    onOpened.add(this.opened);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    onOpened.delete(this.opened);
  }

  protected override updated(): void {
    if (!this.takeFocus) return;
    const title = this.querySelector<HTMLElement>('#detail-title');
    if (!title || store.state.selected?.status === 'loading') return;
    this.takeFocus = false;
    // The tab may be shown only after this update.
    requestAnimationFrame(() => {
      title.closest('.tabpanel')?.scrollTo({ top: 0 });
      title.focus({ preventScroll: true });
    });
  }

  protected override render(): TemplateResult {
    const { selection, selected } = store.state;
    if (!selection || !selected) {
      return html`<h2 class="visually-hidden">${t('tab.detail')}</h2>
        <p class="empty">${t('detail.none')}</p>`;
    }
    const summary = summaryOf(selection.layer);
    switch (selected.status) {
      case 'loading':
        return html`${this.head(t('detail.loading'), summary)}
          <p class="loading" role="status">${t('detail.loading')}</p>`;
      case 'missing':
        return html`${this.head(t('detail.missing_title'), summary)}
          <p class="notice notice-warning" role="alert">
            ${icon('warning')}<span>${t('detail.missing')}</span>
          </p>`;
      case 'error':
        return html`${this.head(t('detail.failed'), summary)}
        ${failure(t('detail.failed'), selected.error, retrySelection)}`;
      case 'ready':
        return this.feature(selection.layer, selected.feature, summary);
    }
  }

  private head(name: string, summary: LayerSummary | undefined, feature?: Feature): TemplateResult {
    const kindField = summary?.fields.find((field) => field.name === 'kind');
    const kind = feature && kindField && showValue(kindField, feature.properties['kind']);
    return html`<header class="detail-head">
      <div class="detail-what">
        ${feature ? rowSymbol(summary?.id ?? '', feature, summary) : nothing}
        <span>
          ${summary ? pick(summary.title) : nothing}
          ${kind?.kind === 'text' ? html` · ${kind.text}` : nothing}
        </span>
      </div>
      <button
        type="button"
        class="icon-button detail-close"
        aria-label=${t('detail.close')}
        @click=${clearSelection}
      >
        ${icon('close')}
      </button>
      <h2 id="detail-title" tabindex="-1">
        <span lang=${langOf(name)}>${name}</span> ${feature ? badges(feature) : nothing}
      </h2>
      ${
        feature
          ? otherNames(feature).map(
              ({ text, lang }) => html`<p class="detail-other-name" lang=${lang}>${text}</p>`,
            )
          : nothing
      }
    </header>`;
  }

  private feature(
    layer: string,
    feature: Feature,
    summary: LayerSummary | undefined,
  ): TemplateResult {
    const ids = feature.properties['datasets'];
    const datasets = summary?.datasets.filter(({ id }) => Array.isArray(ids) && ids.includes(id));
    return html`<article aria-labelledby="detail-title">
      ${this.head(nameOf(feature), summary, feature)} ${stopSteps(layer, feature)} ${prose(feature)}
      <div class="button-row">
        <button
          type="button"
          class="button"
          @click=${() => {
            store.set({ sheet: store.state.sheet === 'full' ? 'half' : store.state.sheet });
            move((camera) => {
              camera.bring(layer, feature, 'closer');
            });
          }}
        >
          ${icon('pin')}${t('detail.show_on_map')}
        </button>
        <button type="button" class="button" @click=${() => void copy(permalink())}>
          ${icon('link')}${t('share.copy_link')}
        </button>
      </div>
      ${routeStops(layer, feature)} ${summary ? detailFields(layer, feature, summary) : nothing}
      ${
        datasets && datasets.length > 0
          ? html`<section class="detail-sources" aria-labelledby="sources-title">
              <h3 id="sources-title">${t('detail.sources')}</h3>
              ${datasets.map(datasetDetails)}
            </section>`
          : nothing
      }
    </article>`;
  }
}

customElements.define('detail-tab', DetailTab);
