/** What a list shows besides its rows: that it is loading, empty, broken, or longer. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Pages, Task } from '../state/task';
import { t } from '../i18n';
import { failure } from './failure';

/** Nothing is there; says what to do about it. */
export const empty = (text: string): TemplateResult => html`<p class="empty">${text}</p>`;

/** What is loading says so; what failed can be tried again; what is there is shown. */
export function loaded<T>(
  task: Task<T>,
  what: string,
  again: () => void,
  show: (value: T) => TemplateResult,
): TemplateResult {
  return html`
    ${task.error ? failure(what, task.error, again) : nothing}
    ${task.value !== null ? show(task.value) : nothing}
    ${
      task.value === null && task.busy
        ? html`<p class="loading" role="status">${t('page.loading')}</p>`
        : nothing
    }
  `;
}

/** A list that comes page by page: its rows, and the button for more. */
export function paged<T, D extends { next?: string | null }>(
  pages: Pages<T, D>,
  what: string,
  show: (items: readonly T[]) => TemplateResult,
): TemplateResult {
  return loaded(
    pages,
    what,
    () => void pages.again(),
    () => html`
      ${show(pages.items)}
      ${
        pages.hasMore && !pages.error
          ? html`<button
              type="button"
              class="button button-wide"
              aria-disabled=${pages.busy ? 'true' : nothing}
              @click=${() => {
                if (!pages.busy) void pages.more();
              }}
            >
              ${pages.busy ? t('page.loading') : t('list.show_more')}
            </button>`
          : nothing
      }
    `,
  );
}
