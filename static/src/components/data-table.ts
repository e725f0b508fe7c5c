/** Tables that become cards on a phone. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

export interface Column<Row> {
  label: string;
  cell: (row: Row) => TemplateResult | string | number | typeof nothing;
  /** The cell that names the row: the card's headline. */
  isName?: boolean;
  /** Numbers stand at the end. */
  isNumber?: boolean;
  /** Buttons: on a card they need no label. */
  isAction?: boolean;
}

export interface TableOptions<Row> {
  /** What the table is; heard, and seen where there is no headline above it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** What tells a row from all others. */
  key: (row: Row) => string;
  /** Marks a row, such as the one that is open. */
  isCurrent?: (row: Row) => boolean;
}

/** The roles are written out because a browser forgets them where CSS makes cards of rows. */
export const dataTable = <Row>(options: TableOptions<Row>): TemplateResult => {
  const { caption, columns, rows, key, isCurrent } = options;
  return html`<table class="data-table" role="table">
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          ({ label, isNumber, isAction }) =>
            html`<th
              role="columnheader"
              scope="col"
              class=${isNumber ? 'cell-number' : isAction ? 'cell-action' : ''}
            >
              ${label}
            </th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(
        rows,
        key,
        (row) =>
          html`<tr role="row" data-key=${key(row)} class=${isCurrent?.(row) ? 'row-current' : ''}>
            ${columns.map((column) => cell(column, row))}
          </tr>`,
      )}
    </tbody>
  </table>`;
};

function cell<Row>(column: Column<Row>, row: Row): TemplateResult {
  const { label, isName, isNumber, isAction } = column;
  const content = column.cell(row);
  if (isName) return html`<th role="rowheader" scope="row" class="cell-name">${content}</th>`;
  const isEmpty = content === nothing || content === '';
  const kind = [
    isNumber ? 'cell-number' : '',
    isAction ? 'cell-action' : '',
    // On a card a label with nothing behind it says nothing.
    isEmpty ? 'cell-empty' : '',
  ].join(' ');
  return html`<td role="cell" class=${kind}>
    <span class="cell-label" aria-hidden="true">${label}</span>
    <span class="cell-value">${content}</span>
  </td>`;
}
