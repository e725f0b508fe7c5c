import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../i18n';
import { icon } from './icon';
import { LightElement } from './light-element';

interface Message {
  /** Asked for at each rendering, so that it follows the language. */
  text: () => string;
  tone: 'plain' | 'error';
}

const SHOWN_MS = 6_000;
let current: Message | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const boxes = new Set<AppMessages>();

function show(message: Message | null): void {
  clearTimeout(timer);
  current = message;
  // What went wrong stays until it has been read; what went well goes by itself.
  if (message?.tone === 'plain') {
    timer = setTimeout(() => {
      show(null);
    }, SHOWN_MS);
  }
  for (const box of boxes) box.requestUpdate();
}

/** Tells the reader something, on screen and to a screen reader. */
export const say = (text: () => string, tone: Message['tone'] = 'plain'): void => {
  show({ text, tone });
};

/** `<app-messages>`: where {@link say} is seen and heard. One on each page. */
export class AppMessages extends LightElement {
  override connectedCallback(): void {
    super.connectedCallback();
    boxes.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    boxes.delete(this);
  }

  protected override render(): TemplateResult {
    return html`<div class="messages" role="status">
      ${
        current
          ? html`<div class="message message-${current.tone}">
              <p>${current.text()}</p>
              ${
                current.tone === 'error'
                  ? html`<button
                      type="button"
                      class="icon-button"
                      aria-label=${t('action.dismiss')}
                      @click=${() => {
                        show(null);
                      }}
                    >
                      ${icon('close')}
                    </button>`
                  : nothing
              }
            </div>`
          : nothing
      }
    </div>`;
  }
}

customElements.define('app-messages', AppMessages);
