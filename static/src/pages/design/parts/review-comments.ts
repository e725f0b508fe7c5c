/** What a reviewer is about to say, of the whole and of each stop. It stays on the device until it is said. */
import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { areaField } from '../../../components/form';
import { t } from '../../../i18n/areas/design';
import { Store } from '../../../state/store';
import type { Editor } from '../model/editor';

export const sayingStore = new Store<{ saying: Readonly<Record<string, string>> }>({ saying: {} });

/** The name under which the comment of the whole is kept. */
export const WHOLE = 'whole';

const keyOf = (route: string): string => `machiaruki.review/${route}`;

/** Takes up what was being said of a route. */
export function loadSaying(route: string): void {
  try {
    const saying = JSON.parse(localStorage.getItem(keyOf(route)) ?? '{}') as Record<string, string>;
    sayingStore.set({ saying });
  } catch {
    sayingStore.set({ saying: {} });
  }
}

/** It has been said. */
export function clearSaying(route: string): void {
  sayingStore.set({ saying: {} });
  try {
    localStorage.removeItem(keyOf(route));
  } catch {
    // Nothing was kept then.
  }
}

function put(route: string, about: string, text: string): void {
  const saying = { ...sayingStore.state.saying, [about]: text };
  sayingStore.set({ saying });
  try {
    localStorage.setItem(keyOf(route), JSON.stringify(saying));
  } catch {
    // It lives as long as the page then.
  }
}

/** A field for what is said of a stop, or of the whole. */
export const commentField = (editor: Editor, about: string): TemplateResult =>
  html`<div class="comment-field" data-own-undo>
    ${areaField({
      name: `comment-${about}`,
      label: t(about === WHOLE ? 'review.comment' : 'review.stop_comment'),
      rows: about === WHOLE ? 3 : 2,
      maxLength: 1000,
      value: sayingStore.state.saying[about] ?? '',
      onInput: (text) => {
        put(editor.route, about, text);
      },
    })}
  </div>`;
