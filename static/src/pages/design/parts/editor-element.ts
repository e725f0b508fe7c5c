import { LightElement } from '../../../components/light-element';
import { Watch } from '../../../state/store';
import type { Editor, EditorState } from '../model/editor';

/** The base of the editor's parts: rendered again when what they read of the draft has changed. */
export abstract class EditorElement extends LightElement {
  static override properties = { editor: { attribute: false } };

  declare editor: Editor;
  private watching: Editor | null = null;

  /** What of the state the part shows. */
  protected abstract reads(state: Readonly<EditorState>): readonly unknown[];

  protected get state(): Readonly<EditorState> {
    return this.editor.state;
  }

  protected override willUpdate(): void {
    if (this.watching === this.editor || !this.editor) return;
    this.watching = this.editor;
    new Watch(this, this.editor.store, (state) => this.reads(state));
  }
}
