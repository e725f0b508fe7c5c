/** One field of a place in a form: its value, what the file says, and whether the public sees it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PlaceField } from '../../api/types';
import { areaField, checkField, selectField, textField } from '../../components/form';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/edit';
import { asText, type Draft, followFile, isPublic, textOf, write } from './draft';

const LONG = ['description', 'description_en', 'note', 'barrier_free', 'hours_note'];

const TYPES = { date: 'date', url: 'url' } as const;

export function placeField(
  field: PlaceField,
  draft: Draft,
  error: string | undefined,
  isNew: boolean,
  onChange: (draft: Draft) => void,
): TemplateResult {
  const { name, kind, label } = field.field;
  const value = textOf(field, draft);
  const options = {
    name,
    label: pick(label),
    error,
    value,
    required: name === 'name',
    onInput: (text: string) => {
      onChange(write(draft, name, text));
    },
  };
  const control = (): TemplateResult => {
    if (kind === 'flag') {
      const choices = [
        { value: '', label: t('edit.not_said') },
        { value: 'true', label: t('flag.yes') },
        { value: 'false', label: t('flag.no') },
      ];
      return selectField({ ...options, options: choices });
    }
    if (kind === 'choice') {
      const choices = field.field.choices.map((choice) => ({
        value: choice.value,
        label: pick(choice.label),
      }));
      return selectField({
        ...options,
        options: [{ value: '', label: t('edit.not_said') }, ...choices],
      });
    }
    if (kind === 'list')
      return areaField({
        ...options,
        help: t(name === 'former_names' && !isNew ? 'edit.undated_help' : 'edit.list_help'),
        rows: 2,
      });
    if (LONG.includes(name)) return areaField({ ...options, rows: 3 });
    return textField({
      ...options,
      type: kind === 'date' || kind === 'url' ? TYPES[kind] : 'text',
      keyboard:
        kind === 'integer'
          ? 'numeric'
          : kind === 'number'
            ? 'decimal'
            : name.endsWith('phone')
              ? 'tel'
              : 'text',
    });
  };
  const shown = isPublic(field, draft);
  return html`<div class="place-field">
    ${control()} ${isNew ? nothing : fileSays(field, draft, value, onChange)}
    ${
      field.can_hide
        ? checkField({
            name: `public-${name}`,
            label: t('edit.public_of', { field: pick(label) }),
            checked: shown,
            onChange: (checked) => {
              onChange({ ...draft, public: { ...draft.public, [name]: checked } });
            },
          })
        : html`<p class="place-field-note">${t(shown ? 'edit.always' : 'edit.never')}</p>`
    }
  </div>`;
}

/** What files say, where editors say something else. */
function fileSays(
  field: PlaceField,
  draft: Draft,
  value: string,
  onChange: (draft: Draft) => void,
): TemplateResult | typeof nothing {
  const said = asText(field.file);
  const differs = value.trim() !== said.trim();
  if (!differs || (!field.edited && draft.texts[field.field.name] === undefined)) return nothing;
  const label = pick(field.field.label);
  return html`<p class="place-field-note place-field-file">
    <span
      >${t('edit.file_says', { value: said.replaceAll('\n', t('text.separator')) || t('edit.nothing') })}</span
    >
    <button
      type="button"
      class="button button-small"
      aria-label=${t('edit.follow_file_of', { field: label })}
      @click=${() => {
        onChange(followFile(draft, field.field.name));
      }}
    >
      ${t('edit.follow_file')}
    </button>
  </p>`;
}
