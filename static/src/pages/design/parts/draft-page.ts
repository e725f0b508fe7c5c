import { html, nothing, type TemplateResult } from 'lit';
import { type ApiError, asApiError } from '../../../api/client';
import { failure, failureText } from '../../../components/failure';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/design';
import { may } from '../../../shell/session';
import { beginDraft, type DesignItem, getDesigns, getDraft, type StoredDraft } from '../api';
import { Editor } from '../model/editor';
import { keptGuide } from '../model/guide';
import { ownText } from '../words';
import './route-editor';

/** `<draft-page>`: opens the draft of a route, or offers to begin one. Sends `titled`. */
export class DraftPage extends LightElement {
  static override properties = {
    route: {},
    account: {},
    editor: { state: true },
    error: { state: true },
    closed: { state: true },
  };

  declare route: string;
  declare account: string;
  declare private editor: Editor | null;
  declare private error: ApiError | null;
  /** The route, when it has no open draft. */
  declare private closed: DesignItem | null;
  private unwatch: (() => void) | null = null;

  constructor() {
    super();
    this.editor = null;
    this.error = null;
    this.closed = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
    this.editor?.close();
  }

  private async load(): Promise<void> {
    this.error = null;
    try {
      await this.show(await getDraft(this.route));
    } catch (thrown) {
      const error = asApiError(thrown);
      this.closed = error.kind === 'missing' ? await this.find() : null;
      if (!this.closed) this.error = error;
      else this.titled(this.closed.title);
    }
  }

  private async show(stored: StoredDraft): Promise<void> {
    const editor = await Editor.open(this.route, this.account, stored);
    editor.store.set({ guide: keptGuide(this.route) });
    this.unwatch = editor.store.subscribe(() => {
      this.titled(editor.design.title);
    });
    this.titled(editor.design.title);
    this.editor = editor;
    this.closed = null;
  }

  private titled(title: DesignItem['title']): void {
    this.dispatchEvent(new CustomEvent('titled', { detail: ownText(title) }));
  }

  private async find(): Promise<DesignItem | null> {
    try {
      const { designs } = await getDesigns();
      return designs.find(({ route_id: id }) => id === this.route) ?? null;
    } catch {
      return null;
    }
  }

  private async begin(): Promise<void> {
    try {
      await this.show(await beginDraft(this.route));
    } catch (thrown) {
      const error = asApiError(thrown);
      say(() => failureText(error), 'error');
    }
  }

  protected override render(): TemplateResult {
    const { editor, error, closed } = this;
    if (editor) return html`<route-editor .editor=${editor}></route-editor>`;
    return html`<div class="draft-absent">
      ${
        error
          ? failure(t('draft.failed'), error, () => void this.load())
          : closed
            ? html`<p>${t('draft.none')}</p>
                ${
                  closed.may.edit && may('write_designs')
                    ? html`<button
                        type="button"
                        class="button button-primary"
                        @click=${() => void this.begin()}
                      >
                        ${t('list.begin')}
                      </button>`
                    : nothing
                }`
            : html`<p class="loading" role="status">${t('page.loading')}</p>`
      }
      <p><a href="/design">${t('editor.back')}</a></p>
    </div>`;
  }
}

customElements.define('draft-page', DraftPage);
