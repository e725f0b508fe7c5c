import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import type { EditorState } from '../model/editor';
import { EditorElement } from './editor-element';

/** `<editor-notes>`: what must be known of the draft before one goes on. */
export class EditorNotes extends EditorElement {
  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    const { arrival, otherTabs, document } = state;
    return [arrival, otherTabs, document];
  }

  protected override render(): TemplateResult {
    const { arrival, otherTabs } = this.state;
    return html`
      ${otherTabs > 0 ? this.note(t('note.other_tabs'), null) : nothing}
      ${
        arrival
          ? this.note(t(arrival === 'merged' ? 'note.merged' : 'note.restored'), () => {
              this.editor.store.set({ arrival: null });
            })
          : nothing
      }
    `;
  }

  private note(text: string, close: (() => void) | null): TemplateResult {
    return html`<div class="editor-note" role="status">
      ${icon('info')}<span>${text}</span>
      ${
        close
          ? html`<button
              type="button"
              class="icon-button"
              aria-label=${t('action.dismiss')}
              @click=${close}
            >
              ${icon('close')}
            </button>`
          : nothing
      }
    </div>`;
  }
}

customElements.define('editor-notes', EditorNotes);
