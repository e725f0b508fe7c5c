/** The edits of a place, each with what it changed and a way back. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Difference, EditItem, Field, Value } from '../../api/types';
import { moment } from '../../components/moment';
import { showValue } from '../../format/field';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/edit';

const KINDS = {
  create: 'edit.kind_create',
  change: 'edit.kind_change',
  retire: 'edit.kind_retire',
  restore: 'edit.kind_restore',
  undo: 'edit.kind_undo',
} as const;

export function historyView(
  edits: readonly EditItem[],
  fields: readonly Field[],
  undo: ((version: number) => void) | null,
): TemplateResult {
  const last = edits[0]?.version ?? 0;
  const first = edits.at(-1);
  const back = (version: number): TemplateResult | typeof nothing =>
    undo && version !== last
      ? html`<button
          type="button"
          class="button button-small"
          aria-label=${t('edit.undo_to_label', { version })}
          @click=${() => {
            undo(version);
          }}
        >
          ${t('edit.undo_to')}
        </button>`
      : nothing;
  return html`<ol class="history">
    ${edits.map(
      (edit) =>
        html`<li class="history-item">
          <p class="history-head">
            <b>${edit.version}</b> ${kindOf(edit)} ${moment(edit.at)}
            <span>${edit.own ? t('edit.by_me') : edit.by}</span>
            ${back(edit.version)}
          </p>
          ${edit.reason ? html`<p>${t('edit.reason_was', { reason: edit.reason })}</p>` : nothing}
          <ul>
            ${edit.changes.map((change) => html`<li>${difference(fields, change)}</li>`)}
          </ul>
        </li>`,
    )}
    ${
      first && first.kind !== 'create'
        ? html`<li class="history-item">
            <p class="history-head"><b>0</b> ${t('edit.as_in_file')} ${back(0)}</p>
          </li>`
        : nothing
    }
  </ol>`;
}

const kindOf = ({ kind, undone_to }: EditItem): string => {
  const key = KINDS[kind as keyof typeof KINDS];
  return t(key, { version: undone_to ?? 0 });
};

function difference(fields: readonly Field[], { field: name, before, after }: Difference): string {
  if (name === 'geometry') return t('edit.moved');
  const hidden = name.startsWith('hidden:');
  const plain = hidden ? name.slice('hidden:'.length) : name;
  const field = fields.find((candidate) => candidate.name === plain);
  const label = field ? pick(field.label) : plain;
  if (hidden) return t(after === true ? 'edit.was_hidden' : 'edit.was_shown', { field: label });
  const shown = (value: unknown): string => {
    const said = field && value !== null ? showValue(field, value as Value) : null;
    if (!said) return t('edit.nothing');
    return said.kind === 'list' ? said.items.join(t('text.separator')) : said.text;
  };
  return t('edit.was_changed', { field: label, before: shown(before), after: shown(after) });
}
