/** Names that a place had before, each with the day from which it was no longer the name. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldErrors } from '../../api/client';
import type { Former, Place } from '../../api/types';
import { textField } from '../../components/form';
import { empty } from '../../components/lists';
import { formatDay, today } from '../../format/dates';
import { t } from '../../i18n/areas/edit';
import type { Draft } from './draft';

export function formerNames(
  place: Place,
  draft: Draft,
  errors: FieldErrors,
  canWrite: boolean,
  redraft: (draft: Draft) => void,
): TemplateResult {
  const rows = draft.former ?? place.former;
  const set = (former: readonly Former[]): void => {
    redraft({ ...draft, former });
  };
  return html`<section class="section former-names" aria-labelledby="former">
    <h3 id="former" tabindex="-1">${t('edit.former')}</h3>
    <p class="section-text">${t('edit.former_help')}</p>
    ${errors['former'] ? html`<p class="field-error" role="alert">${errors['former']}</p>` : nothing}
    ${rows.length === 0 ? empty(t('edit.former_none')) : nothing}
    ${
      canWrite
        ? rows.map((row, index) => formerRow(row, index, rows, errors, set))
        : html`<ul class="bullets">
            ${rows.map((row, index) => html`<li>${row.name}: ${period(rows, index)}</li>`)}
          </ul>`
    }
    ${
      canWrite
        ? html`<div class="button-row">
            <button
              type="button"
              class="button button-small"
              @click=${(event: Event) => {
                const form = (event.target as HTMLElement).closest('section');
                set([...rows, { name: '', until: '' }]);
                focusLater(form, `#field-former_name_${rows.length}`);
              }}
            >
              ${t('edit.former_add')}
            </button>
          </div>`
        : nothing
    }
  </section>`;
}

function formerRow(
  { name, until }: Former,
  index: number,
  rows: readonly Former[],
  errors: FieldErrors,
  set: (former: readonly Former[]) => void,
): TemplateResult {
  const change = (to: Partial<Former>): void => {
    set(rows.map((row, place) => (place === index ? { ...row, ...to } : row)));
  };
  return html`<fieldset class="card">
    <legend>${t('edit.former_number', { number: index + 1 })}</legend>
    <div class="form-row form-row-even">
      ${textField({
        name: `former_name_${index}`,
        label: t('edit.former_name'),
        value: name,
        required: true,
        maxLength: 200,
        error: name.trim() ? undefined : errors[`former_name_${index}`],
        onInput: (text) => {
          change({ name: text });
        },
      })}
      ${textField({
        name: `former_until_${index}`,
        label: t('edit.former_until'),
        type: 'date',
        value: until,
        required: true,
        max: today(),
        error: until ? undefined : errors[`former_until_${index}`],
        onInput: (day) => {
          change({ until: day });
        },
      })}
    </div>
    <div class="button-row">
      <button
        type="button"
        class="button button-small"
        aria-label=${t('edit.former_remove_of', { number: index + 1 })}
        @click=${(event: Event) => {
          const form = (event.target as HTMLElement).closest('section');
          set(rows.filter((_, place) => place !== index));
          focusLater(form, '#former');
        }}
      >
        ${t('edit.former_remove')}
      </button>
      ${until ? html`<span class="field-help">${period(rows, index)}</span>` : nothing}
    </div>
  </fieldset>`;
}

/** From when until when a name was in use: it began when the one before it ended. */
function period(rows: readonly Former[], index: number): string {
  const until = rows[index]?.until ?? '';
  const before = rows
    .map((row) => row.until)
    .filter((day) => day !== '' && day < until)
    .sort()
    .at(-1);
  const to = formatDay(until);
  return before
    ? t('edit.former_from_until', { from: formatDay(before), until: to })
    : t('edit.former_until_day', { until: to });
}

/** What is missing in rows, by the names of their fields. */
export function formerProblems(former: readonly Former[] | null): FieldErrors {
  const wrong: Record<string, string> = {};
  for (const [index, { name, until }] of (former ?? []).entries()) {
    if (!name.trim()) wrong[`former_name_${index}`] = t('form.missing');
    if (!until) wrong[`former_until_${index}`] = t('form.missing');
  }
  return wrong;
}

/** Moves the focus once the form has been drawn anew. */
function focusLater(form: Element | null, selector: string): void {
  requestAnimationFrame(() => {
    form?.querySelector<HTMLElement>(selector)?.focus();
  });
}
