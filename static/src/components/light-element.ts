import { LitElement } from 'lit';
import { onLanguageChange } from '../i18n';

/**
 * The base of the app's components: no shadow root, so that one stylesheet, labels, `aria-*`
 * references and the map's own CSS reach everything; rendered again when the language changes.
 */
export class LightElement extends LitElement {
  private stopListening: (() => void) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
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
