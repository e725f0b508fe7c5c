import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../components/data-table';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { language } from '../../i18n';
import { type Key, t } from '../../i18n/areas/housing';
import {
  byChange,
  type Change,
  hasMissing,
  type ImportCounts,
  type ImportField,
  type ImportPart,
  type ImportResident,
  type ImportRow,
  type RegisterImport,
  SHOWN,
} from './imports';
import { homeText, periodText, personText } from './words';

const COUNTS: readonly [Key, keyof ImportCounts, keyof ImportCounts][] = [
  ['housing.import_housing', 'housing_new', 'housing_changed'],
  ['housing.import_units', 'units_new', 'units_changed'],
  ['housing.import_residencies', 'residencies_new', 'residencies_changed'],
];

const CHANGES: Record<Change, Key> = {
  new: 'housing.import_new',
  changed: 'housing.import_changed',
  unchanged: 'housing.import_unchanged',
};

const PARTS: Record<ImportPart, Key> = {
  housing: 'housing.import_adds_housing',
  unit: 'housing.import_adds_unit',
  residency: 'housing.import_adds_residency',
};

const FIELDS: Record<ImportField, Key> = {
  address: 'housing.address',
  location: 'housing.import_location',
  unit_note: 'housing.import_unit_note',
  from: 'housing.import_from',
  until: 'housing.import_until',
  note: 'housing.note',
};

/** `<import-preview>`: what a list of homes would change, row by row. */
export class ImportPreview extends LightElement {
  static override properties = { shown: { attribute: false } };

  declare shown: RegisterImport;

  protected override render(): TemplateResult {
    const { counts, rows, ignored_columns: ignored } = this.shown;
    return html`
      <dl class="facts">
        ${COUNTS.map(
          ([label, added, changed]) =>
            html`<dt>${t(label)}</dt>
              <dd>
                ${t('housing.import_counts', { added: counts[added], changed: counts[changed] })}
              </dd>`,
        )}
        <dt>${t('housing.import_unchanged')}</dt>
        <dd>${t('housing.import_rows', { count: counts.unchanged })}</dd>
        <dt>${t('housing.import_refused')}</dt>
        <dd>${t('housing.import_rows', { count: counts.refused })}</dd>
      </dl>
      ${
        ignored.length > 0
          ? html`<p class="section-text">
              ${t('housing.import_ignored', { columns: ignored.join(', ') })}
            </p>`
          : nothing
      }
      ${this.refused()} ${byChange(rows).map(({ change, rows: some }) => this.group(change, some))}
      ${this.missing()}
    `;
  }

  private refused(): TemplateResult | typeof nothing {
    const { refused } = this.shown;
    if (refused.length === 0) return nothing;
    return html`<div class="notice notice-warning">
      ${icon('warning')}
      <div class="notice-text">
        <p><strong>${t('housing.import_refused')}</strong></p>
        <ul class="bullets">
          ${refused
            .slice(0, SHOWN)
            .map(
              ({ line, housing_name, unit_name, reason }) =>
                html`<li>
                  ${t('housing.import_line', { line })}
                  ${housing_name || unit_name ? html`(${homeText({ housing_name, unit_name })})` : nothing}:
                  ${language() === 'en' ? reason.en : reason.ja}
                </li>`,
            )}
        </ul>
        ${this.more(refused.length)}
      </div>
    </div>`;
  }

  private group(change: Change, rows: readonly ImportRow[]): TemplateResult {
    return html`<details class="card" ?open=${change !== 'unchanged'}>
      <summary>${t(CHANGES[change])} (${t('housing.import_rows', { count: rows.length })})</summary>
      ${dataTable<ImportRow>({
        caption: t(CHANGES[change]),
        rows: rows.slice(0, SHOWN),
        key: ({ line }) => String(line),
        columns: [
          { label: t('housing.import_home'), isName: true, cell: (row) => homeText(row) },
          { label: t('housing.import_line_label'), isNumber: true, cell: ({ line }) => line },
          {
            label: t('housing.residents'),
            cell: ({ resident }) =>
              resident ? this.resident(resident) : t('housing.import_nobody'),
          },
          ...(change === 'unchanged'
            ? []
            : [{ label: t('housing.import_what'), cell: (row: ImportRow) => this.what(row) }]),
        ],
      })}
      ${this.more(rows.length)}
    </details>`;
  }

  private resident(resident: ImportResident): TemplateResult {
    return html`<div>${personText(resident)}</div>
      <div>${periodText(resident)}</div>`;
  }

  private what({ adds, differences }: ImportRow): TemplateResult {
    return html`${adds.map((part) => html`<div><span class="badge badge-plain">${t(PARTS[part])}</span></div>`)}
    ${differences.map(
      ({ field, before, after }) =>
        html`<div>
          ${t('housing.import_difference', {
            field: t(FIELDS[field]),
            before: before || t('housing.import_empty'),
            after,
          })}
        </div>`,
    )}`;
  }

  private missing(): TemplateResult | typeof nothing {
    if (!hasMissing(this.shown)) return nothing;
    const { housing, units, residencies } = this.shown.missing;
    const list = (label: Key, texts: readonly string[]): TemplateResult | typeof nothing =>
      texts.length === 0
        ? nothing
        : html`<p><strong>${t(label, { count: texts.length })}</strong></p>
            <ul class="bullets">
              ${texts.slice(0, SHOWN).map((text) => html`<li>${text}</li>`)}
            </ul>
            ${this.more(texts.length)}`;
    return html`<details class="card">
      <summary>${t('housing.import_missing')}</summary>
      <p class="section-text">${t('housing.import_missing_text')}</p>
      ${list('housing.import_missing_housing', housing)}
      ${list('housing.import_missing_units', units.map(homeText))}
      ${list(
        'housing.import_missing_residencies',
        residencies.map(({ home, resident }) => `${homeText(home)} ${personText(resident)}`),
      )}
    </details>`;
  }

  private more(count: number): TemplateResult | typeof nothing {
    return count > SHOWN
      ? html`<p>${t('housing.import_more', { count: count - SHOWN })}</p>`
      : nothing;
  }
}

customElements.define('import-preview', ImportPreview);
