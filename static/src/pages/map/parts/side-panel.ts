import { html, type TemplateResult } from 'lit';
import { icon, type IconName } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { type Key, t } from '../../../i18n/areas/map';
import { Watch } from '../../../state/store';
import { clearSelection } from '../model/selection';
import { SheetDrag } from '../model/sheet-drag';
import { store, type Tab } from '../model/state';
import './detail-tab';
import './layers-tab';
import './list-tab';

const TABS: readonly { id: Tab; icon: IconName; label: Key }[] = [
  { id: 'layers', icon: 'layers', label: 'tab.layers' },
  { id: 'list', icon: 'list', label: 'tab.list' },
  { id: 'detail', icon: 'info', label: 'tab.detail' },
];

/** `<side-panel>`: beside the map on a desk, a sheet over its foot on a phone. */
export class SidePanel extends LightElement {
  private readonly drag = new SheetDrag(this);

  constructor() {
    super();
    new Watch(this, store, ({ tab, sheet }) => [tab, sheet]);
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (store.state.tab === 'detail' && store.state.selection) clearSelection();
    });
  }

  protected override render(): TemplateResult {
    const { tab, sheet } = store.state;
    return html`<section
      id="panel"
      class="panel"
      data-height=${sheet}
      aria-label=${t('panel.label')}
    >
      <div class="panel-head" @pointerdown=${this.drag.start}>
        <button
          type="button"
          class="sheet-handle"
          aria-expanded=${sheet === 'low' ? 'false' : 'true'}
          aria-controls="tabpanel-${tab}"
          aria-label=${sheet === 'full' ? t('panel.lower') : t('panel.raise')}
          @click=${this.step}
        ></button>
        <div class="tabs" role="tablist" aria-label=${t('panel.tabs')} @keydown=${this.pressed}>
          ${TABS.map(
            ({ id, icon: name, label }) =>
              html`<button
                type="button"
                id="tab-${id}"
                class="tab"
                role="tab"
                aria-selected=${id === tab ? 'true' : 'false'}
                aria-controls="tabpanel-${id}"
                tabindex=${id === tab ? 0 : -1}
                @click=${() => {
                  this.open(id);
                }}
              >
                ${icon(name)}<span>${t(label)}</span>
              </button>`,
          )}
        </div>
      </div>
      <div class="panel-body">
        ${this.panel('layers', html`<layers-tab></layers-tab>`)}
        ${this.panel('list', html`<list-tab></list-tab>`)}
        ${this.panel('detail', html`<detail-tab></detail-tab>`)}
      </div>
    </section>`;
  }

  private panel(id: Tab, content: TemplateResult): TemplateResult {
    return html`<div
      id="tabpanel-${id}"
      class="tabpanel"
      role="tabpanel"
      aria-labelledby="tab-${id}"
      tabindex="0"
      ?hidden=${store.state.tab !== id}
    >
      ${content}
    </div>`;
  }

  private open(tab: Tab): void {
    if (this.drag.moved) return;
    store.set({ tab, sheet: store.state.sheet === 'low' ? 'half' : store.state.sheet });
  }

  private step(): void {
    if (this.drag.moved) return;
    const { sheet } = store.state;
    store.set({ sheet: sheet === 'low' ? 'half' : sheet === 'half' ? 'full' : 'low' });
  }

  private pressed(event: KeyboardEvent): void {
    const at = TABS.findIndex(({ id }) => id === store.state.tab);
    const last = TABS.length - 1;
    const next = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    const tab = next === undefined ? undefined : TABS[next]?.id;
    if (!tab) return;
    event.preventDefault();
    store.set({ tab });
    this.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  }
}

customElements.define('side-panel', SidePanel);
