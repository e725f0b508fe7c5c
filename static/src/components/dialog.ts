/** Questions that must be answered before something happens. */
import { html, nothing, render, type TemplateResult } from 'lit';
import { onLanguageChange, t } from '../i18n';

export interface Question {
  title: () => string;
  /** What will happen, and whether it can be undone. */
  text?: () => string | TemplateResult;
  /** What the button that does it says. A verb. */
  yes: () => string;
  /** Whether it takes something away. */
  danger?: boolean;
  /** A word that has to be typed first, where a tap is too little. */
  typed?: { label: () => string; word: () => string };
}

let count = 0;

/** A word in whatever width and case. */
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Asks, and gives the answer. Escape and the other button mean no. */
export function ask({ title, text, yes, danger = false, typed }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'dialog';
    const id = `dialog-${++count}`;
    dialog.setAttribute('aria-labelledby', `${id}-title`);
    if (text) dialog.setAttribute('aria-describedby', `${id}-text`);
    let word = '';
    const draw = (): void => {
      const isTyped = !typed || plain(word) === plain(typed.word());
      render(
        html`<form method="dialog" class="dialog-form">
          <h2 id="${id}-title" class="dialog-title">${title()}</h2>
          ${text ? html`<div id="${id}-text" class="dialog-text">${text()}</div>` : nothing}
          ${
            typed
              ? html`<div class="field">
                  <label class="field-label" for="${id}-word">${typed.label()}</label>
                  <input
                    id="${id}-word"
                    autocomplete="off"
                    @input=${({ target }: Event) => {
                      word = (target as HTMLInputElement).value;
                      draw();
                    }}
                    @keydown=${(event: KeyboardEvent) => {
                      // Enter would press the first button, which says no.
                      if (event.key === 'Enter') event.preventDefault();
                    }}
                  />
                </div>`
              : nothing
          }
          <div class="button-row dialog-buttons">
            <button type="submit" value="no" class="button">${t('dialog.no')}</button>
            <button
              type="submit"
              value="yes"
              ?disabled=${!isTyped}
              class="button ${danger ? 'button-danger' : 'button-primary'}"
            >
              ${yes()}
            </button>
          </div>
        </form>`,
        dialog,
      );
    };
    draw();
    const stop = onLanguageChange(draw);
    dialog.addEventListener('close', () => {
      stop();
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
