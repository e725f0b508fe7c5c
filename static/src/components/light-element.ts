import { LitElement } from 'lit';
import { onLanguageChange, textsComing } from '../i18n';

/**
 * The base of the app's components: no shadow root, so that one stylesheet, labels, `aria-*`
 * references and the map's own CSS reach everything; first rendered when the texts of the reader's
 * language are there, and again when the language changes.
 */
export class LightElement extends LitElement {
  private stopListening: (() => void) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override async scheduleUpdate(): Promise<void> {
    const coming = this.hasUpdated ? null : textsComing();
    if (coming) await coming;
    await super.scheduleUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = onLanguageChange(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.stopListening = null;
  }
}
