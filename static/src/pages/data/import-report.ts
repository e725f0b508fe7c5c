/** What an import does, for people. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Difference, Field, ImportReport, Value } from '../../api/types';
import { showValue } from '../../format/field';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/data';

/** A list on the page has at most this many lines. */
const SHOWN = 50;

export function reportView(report: ImportReport, fields: readonly Field[]): TemplateResult {
  const counts: [string, number][] = [
    [t('data.added'), report.added],
    [t('data.changed'), report.changed],
    [t('data.unchanged'), report.unchanged],
    [t('data.vanished'), report.vanished],
    [t('data.returned'), report.returned],
    [t('data.refused'), report.refused_count],
  ];
  const touched = report.added + report.changed + report.vanished + report.returned;
  return html`
    <dl class="report-counts">
      ${counts.map(
        ([label, count]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${count}</dd>
          </div>`,
      )}
    </dl>
    ${touched === 0 ? html`<p>${t('data.nothing')}</p>` : nothing}
    ${list(
      t('data.refused'),
      report.refused_count,
      report.refused.map(({ at, reason }) => html`<b>${at}</b> ${reason}`),
      true,
    )}
    ${list(
      t('data.edited'),
      report.edited.length,
      report.edited.map(
        ({ key, place, fields: names }) =>
          html`<a href="/edit?place=${place}">${key}</a> ${names
              .map((name) => fieldName(fields, name))
              .join(t('text.separator'))}`,
      ),
      true,
      t('data.edited_help'),
    )}
    ${list(
      t('data.changed'),
      report.changed,
      report.changed_sample.map(
        ({ at, key, changes }) =>
          html`<b>${at}</b> ${key}
            <ul>
              ${changes.map((change) => html`<li>${difference(fields, change)}</li>`)}
            </ul>`,
      ),
    )}
    ${list(
      t('data.added'),
      report.added,
      report.added_sample.map(({ at, text }) => html`<b>${at}</b> ${text}`),
    )}
    ${list(
      t('data.vanished'),
      report.vanished,
      report.vanished_keys.map((key) => html`${key}`),
    )}
    ${list(
      t('data.left_out'),
      report.left_out_count,
      report.left_out.map(({ at, text }) => html`<b>${at}</b> ${text}`),
    )}
    ${list(
      t('data.repaired'),
      report.repaired_count,
      report.repaired.map(({ at, text }) => html`<b>${at}</b> ${text}`),
    )}
    ${list(
      t('data.linked'),
      report.linked.length,
      report.linked.map(({ at, key }) => html`<b>${at}</b> ${key}`),
    )}
    ${list(
      t('data.ambiguous'),
      report.ambiguous.length,
      report.ambiguous.map(({ at, key }) => html`<b>${at}</b> ${key}`),
    )}
  `;
}

function list(
  title: string,
  count: number,
  lines: TemplateResult[],
  isOpen = false,
  help = '',
): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  const shown = lines.slice(0, SHOWN);
  return html`<details class="report-list" ?open=${isOpen}>
    <summary>${title}: ${count}</summary>
    ${help ? html`<p class="section-text">${help}</p>` : nothing}
    <ul>
      ${shown.map((line) => html`<li>${line}</li>`)}
    </ul>
    ${count > shown.length ? html`<p>${t('data.more', { count: count - shown.length })}</p>` : nothing}
  </details>`;
}

const fieldName = (fields: readonly Field[], name: string): string => {
  if (name === 'geometry') return t('data.position');
  const field = fields.find((candidate) => candidate.name === name);
  return field ? pick(field.label) : name;
};

function difference(fields: readonly Field[], { field: name, before, after }: Difference): string {
  const field = fields.find((candidate) => candidate.name === name);
  const shown = (value: unknown): string => {
    if (value === null || value === undefined) return t('data.empty_value');
    const said = field ? showValue(field, value as Value) : null;
    if (!said) return JSON.stringify(value);
    return said.kind === 'list' ? said.items.join(t('text.separator')) : said.text;
  };
  const change = t('data.to', { before: shown(before), after: shown(after) });
  return `${fieldName(fields, name)}: ${change}`;
}
