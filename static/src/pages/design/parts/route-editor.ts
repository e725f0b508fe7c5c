import { html, nothing, type TemplateResult } from 'lit';
import { sampleBadge } from '../../../components/badges';
import { icon, type IconName } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import type { EditorState, EditorTab } from '../model/editor';
import { canRedo, canUndo } from '../model/history';
import './check-panel';
import './design-canvas';
import { EditorElement } from './editor-element';
import './editor-notes';
import './merge-view';
import { figures } from './figures';
import './route-form';
import './save-status';
import { SheetDrag } from './sheet-drag';
import './stops-panel';
import './tools-panel';

const TABS: readonly { id: EditorTab; label: Parameters<typeof t>[0]; icon: IconName }[] = [
  { id: 'stops', label: 'tab.stops', icon: 'pin' },
  { id: 'route', label: 'tab.route', icon: 'list' },
  { id: 'check', label: 'tab.check', icon: 'check' },
  { id: 'tools', label: 'tab.tools', icon: 'layers' },
];

/** `<route-editor>`: the map with the panel beside it; below it on a phone. */
export class RouteEditor extends EditorElement {
  private readonly drag = new SheetDrag(this);

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    const { document, history, way, tab, sheet, contradiction } = state;
    return [document, history, way, tab, sheet, contradiction];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.pressed);
  }

  /** Undo is for the whole draft, but for fields that are no part of it. */
  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && this.state.adding) {
      this.editor.store.set({ adding: null, addBefore: null });
      return;
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const isOwn = (event.target as HTMLElement | null)?.closest?.('[data-own-undo], dialog');
    if ((key !== 'z' && key !== 'y') || isOwn || !this.editor.isEditable) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) this.editor.redo();
    else this.editor.undo();
  };

  protected override render(): TemplateResult {
    const { contradiction, sheet } = this.state;
    return html`
      ${this.bar()}
      <editor-notes .editor=${this.editor}></editor-notes>
      <div class="editor-body" data-sheet=${sheet}>
        <design-canvas .editor=${this.editor}></design-canvas>
        <section class="editor-panel" aria-label=${t('panel.design')}>
          <div class="sheet-grip" @pointerdown=${this.drag.start}>
            <button
              type="button"
              class="sheet-handle"
              aria-label=${t(sheet === 'full' ? 'panel.design_lower' : 'panel.design_raise')}
              @click=${this.step}
            ></button>
          </div>
          ${
            contradiction
              ? html`<merge-view .editor=${this.editor}></merge-view>`
              : html`${figures(this.state)} ${this.tabs()}
                  <div class="editor-scroll">${TABS.map(({ id }) => this.panel(id))}</div>`
          }
        </section>
      </div>
    `;
  }

  private bar(): TemplateResult {
    const { document, history } = this.state;
    const { isEditable } = this.editor;
    const tool = (name: IconName, label: string, enabled: boolean, act: () => void) =>
      html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        title=${label}
        aria-disabled=${enabled ? nothing : 'true'}
        @click=${() => {
          if (enabled) act();
        }}
      >
        ${icon(name)}
      </button>`;
    return html`<div class="editor-bar">
      <a class="editor-back" href="/design">${icon('left')}<span>${t('editor.back')}</span></a>
      <span class="editor-code">
        <span class="badge badge-plain editor-number">${document.code}</span>
        <span class="badge badge-state-${document.state}"
          >${t(document.state === 'editing' ? 'state.editing' : 'state.in_review')}</span
        >
        ${document.sample ? sampleBadge() : nothing}
      </span>
      ${
        isEditable
          ? html`<save-status .editor=${this.editor}></save-status>
              <span class="editor-undo">
                ${tool('undo', t('editor.undo'), canUndo(history), () => {
                  this.editor.undo();
                })}
                ${tool('redo', t('editor.redo'), canRedo(history), () => {
                  this.editor.redo();
                })}
              </span>`
          : html`<span class="editor-readonly">${icon('show')}${t('editor.readonly')}</span>`
      }
    </div>`;
  }

  private tabs(): TemplateResult {
    const { tab, document } = this.state;
    const open = document.checklist.filter(({ ok }) => !ok).length;
    return html`<div
      class="tabs"
      role="tablist"
      aria-label=${t('panel.design_tabs')}
      @keydown=${this.tabKey}
    >
      ${TABS.map(
        ({ id, label, icon: name }) =>
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
            ${icon(name)}<span>${t(label)}</span>${
              id === 'check' && open > 0
                ? html`<span class="tab-count" aria-label=${t('check.open_count', { count: open })}
                    >${open}</span
                  >`
                : nothing
            }
          </button>`,
      )}
    </div>`;
  }

  private panel(id: EditorTab): TemplateResult {
    const isOpen = this.state.tab === id;
    const { editor } = this;
    const content = {
      stops: () => html`<stops-panel .editor=${editor}></stops-panel>`,
      route: () => html`<route-form .editor=${editor}></route-form>`,
      check: () => html`<check-panel .editor=${editor}></check-panel>`,
      tools: () => html`<tools-panel .editor=${editor}></tools-panel>`,
    }[id];
    return html`<div
      id="tabpanel-${id}"
      class="tabpanel"
      role="tabpanel"
      aria-labelledby="tab-${id}"
      tabindex="-1"
      ?hidden=${!isOpen}
    >
      ${isOpen ? content() : nothing}
    </div>`;
  }

  private open(tab: EditorTab): void {
    const sheet = this.state.sheet === 'low' ? 'half' : this.state.sheet;
    this.editor.store.set({ tab, sheet });
  }

  private readonly step = (): void => {
    if (this.drag.moved) return;
    const next = { low: 'half', half: 'full', full: 'low' } as const;
    this.editor.store.set({ sheet: next[this.state.sheet] });
  };

  private readonly tabKey = (event: KeyboardEvent): void => {
    const at = TABS.findIndex(({ id }) => id === this.state.tab);
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
    this.open(tab);
    this.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  };
}

customElements.define('route-editor', RouteEditor);
