import { html, nothing, type TemplateResult } from 'lit';
import type { Group } from '../../../api/types';
import { copy } from '../../../components/clipboard';
import { failure } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { formatTime } from '../../../format/dates';
import { type Key, t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { permalink } from '../model/address';
import { refreshSummaries, show } from '../model/layers';
import { store } from '../model/state';
import './layer-row';

const GROUPS: readonly { id: Group; title: Key }[] = [
  { id: 'walking', title: 'group.walking' },
  { id: 'community', title: 'group.community' },
  { id: 'disaster', title: 'group.disaster' },
  { id: 'town', title: 'group.town' },
  { id: 'areas', title: 'group.areas' },
];

/** `<layers-tab>`: which layers there are, by group; it is the map's legend, too. */
export class LayersTab extends LightElement {
  constructor() {
    super();
    new Watch(this, store, (state) => [
      state.summaries,
      state.summariesStatus,
      state.summariesError,
      state.staleSince,
      state.visible,
    ]);
  }

  protected override render(): TemplateResult {
    const { summaries, summariesStatus, summariesError, staleSince } = store.state;
    return html`
      <h2 class="visually-hidden">${t('tab.layers')}</h2>
      ${
        staleSince === null
          ? nothing
          : html`<p class="notice notice-warning">
              ${icon('warning')}<span
                >${t('layers.stale', { time: formatTime(new Date(staleSince)) })}</span
              >
            </p>`
      }
      ${
        summariesStatus === 'loading'
          ? html`<p class="loading" role="status">${t('layers.loading')}</p>`
          : nothing
      }
      ${
        summariesError
          ? failure(t('layers.failed'), summariesError, () => void refreshSummaries())
          : nothing
      }
      ${
        summariesStatus === 'ready' && summaries.length === 0
          ? html`<p class="empty">${t('layers.none')}</p>`
          : nothing
      }
      ${GROUPS.map(({ id, title }) => this.group(id, t(title)))}
      ${
        summaries.some(({ sample }) => sample)
          ? html`<p class="sample-sign">${t('layers.sample_sign')}</p>`
          : nothing
      }
      ${summaries.length > 0 ? this.tools() : nothing}
    `;
  }

  private group(group: Group, title: string): TemplateResult | typeof nothing {
    const layers = store.state.summaries.filter((summary) => summary.group === group);
    if (layers.length === 0) return nothing;
    const { visible } = store.state;
    const all = layers.every(({ id }) => visible.has(id));
    return html`<section class="group" aria-labelledby="group-${group}">
      <div class="group-head">
        <h3 id="group-${group}">${title}</h3>
        <button
          type="button"
          class="button button-quiet button-small"
          aria-label=${t(all ? 'layers.hide_group' : 'layers.show_group', { group: title })}
          @click=${() => {
            show(
              layers.map(({ id }) => id),
              !all,
            );
          }}
        >
          ${t(all ? 'layers.hide_all' : 'layers.show_all')}
        </button>
      </div>
      <ul class="layers">
        ${layers.map(({ id }) => html`<li><layer-row .layer=${id}></layer-row></li>`)}
      </ul>
    </section>`;
  }

  private tools(): TemplateResult {
    const embed = (): string =>
      `<iframe src="${permalink({ embed: true })}" title="${t('app.name')}" width="100%" height="480"></iframe>`;
    return html`<section class="tools" aria-labelledby="tools-title">
      <h3 id="tools-title">${t('tools.title')}</h3>
      <div class="button-row">
        <button type="button" class="button" @click=${() => void copy(permalink())}>
          ${icon('link')}${t('share.copy_link')}
        </button>
        <button
          type="button"
          class="button"
          @click=${() => {
            window.print();
          }}
        >
          ${icon('print')}${t('tools.print')}
        </button>
        <button type="button" class="button" @click=${() => void copy(embed())}>
          ${icon('code')}${t('share.copy_embed')}
        </button>
      </div>
    </section>`;
  }
}

customElements.define('layers-tab', LayersTab);
