/** The columns of a file, and what each of them is on the map. */
import { html, type TemplateResult } from 'lit';
import type { FilePreview } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/data';
import { type Choices, meaningOf } from './model';

type ColumnUse = FilePreview['file']['columns'][number];

export const columnTable = (
  { file, fields }: FilePreview,
  choices: Choices,
  onChoose: (column: string, field: string) => void,
): TemplateResult => {
  const options: { value: string; label: string }[] = [
    { value: '', label: t('data.not_used') },
    { value: 'latitude', label: t('data.latitude') },
    { value: 'longitude', label: t('data.longitude') },
    ...fields.map(({ name, label }) => ({ value: name, label: pick(label) })),
  ];
  const choice = (column: ColumnUse): TemplateResult => {
    const chosen = meaningOf(column, choices);
    return html`<select
      aria-label=${t('data.meaning_of', { column: column.name })}
      @change=${(event: Event) => {
        onChoose(column.name, (event.target as HTMLSelectElement).value);
      }}
    >
      ${options.map(
        ({ value, label }) =>
          html`<option value=${value} ?selected=${value === chosen}>${label}</option>`,
      )}
    </select>`;
  };
  return dataTable<ColumnUse>({
    caption: t('data.step_columns'),
    rows: file.columns,
    key: ({ name }) => name,
    columns: [
      { label: t('data.column'), isName: true, cell: ({ name }) => name },
      { label: t('data.samples'), cell: ({ samples }) => samples.join(t('text.separator')) },
      { label: t('data.meaning'), cell: choice },
    ],
  });
};
