import { html, nothing, type TemplateResult } from 'lit';
import { textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/design';
import type { Picked } from '../model/design';
import type { EditorState } from '../model/editor';
import { EditorElement } from './editor-element';
import './place-search';
import { readDegrees } from '../model/degrees';

/** `<add-panel>`: adds a stop without the map: a place of the public layers, or coordinates. */
export class AddPanel extends EditorElement {
  static override properties = {
    editor: { attribute: false },
    open: { state: true },
    wrong: { state: true },
    degrees: { state: true },
  };

  declare private open: boolean;
  declare private wrong: boolean;
  declare private degrees: string;

  constructor() {
    super();
    this.open = false;
    this.wrong = false;
    this.degrees = '';
  }

  protected override reads({ addBefore }: Readonly<EditorState>): readonly unknown[] {
    return [addBefore];
  }

  protected override render(): TemplateResult {
    const { addBefore } = this.state;
    return html`<details
      class="add-panel"
      ?open=${this.open}
      @toggle=${({ target }: Event) => {
        this.open = (target as HTMLDetailsElement).open;
      }}
    >
      <summary>${icon('plus')}${t('add.title')}</summary>
      <div class="add-body" data-own-undo>
        ${
          addBefore === null
            ? nothing
            : html`<p class="add-where">
                ${t('add.before', { before: addBefore + 1 })}
                <button
                  type="button"
                  class="link-button"
                  @click=${() => {
                    this.editor.store.set({ addBefore: null });
                  }}
                >
                  ${t('add.at_end')}
                </button>
              </p>`
        }
        <place-search
          .label=${t('add.search')}
          .help=${t('add.search_help')}
          .name=${'add-place'}
          @picked=${({ detail }: CustomEvent<Picked>) => {
            this.add(detail);
          }}
        ></place-search>
        <form class="form-row" novalidate @submit=${this.byDegrees}>
          ${textField({
            name: 'add-degrees',
            label: t('add.degrees'),
            help: t('add.degrees_help'),
            error: this.wrong ? t('add.degrees_wrong') : undefined,
            value: this.degrees,
            maxLength: 60,
            onInput: (value) => {
              this.degrees = value;
            },
          })}
          <button type="submit" class="button">${t('add.go')}</button>
        </form>
      </div>
    </details>`;
  }

  private readonly byDegrees = (event: Event): void => {
    event.preventDefault();
    const location = readDegrees(this.degrees);
    this.wrong = location === null;
    if (!location) return;
    this.degrees = '';
    this.add({ location });
  };

  private add(picked: Picked): void {
    if (!this.editor.addPlace(picked)) {
      say(() => t('add.full'), 'error');
      return;
    }
    const { name } = picked;
    say(() => (name ? t('add.added', { name }) : t('add.added_place')));
  }
}

customElements.define('add-panel', AddPanel);
