/** The roll-call as a list: who is shown, how they stand, and what can be entered for them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Standing } from '../../activation/answers';
import { drawStanding } from '../../activation/signs';
import type { RollRow } from '../../activation/types';
import { standingName } from '../../activation/words';
import { type Column, dataTable } from '../../components/data-table';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { empty } from '../../components/lists';
import { t } from '../../i18n/areas/activations';
import { t as tMuster } from '../../i18n/areas/muster';
import { buildingsIn, councilsIn, type Filter, NO_FILTER, standingOf, STANDINGS } from './roll';
import { answeredText, homeText, personText, standingLine, toldText } from './words';

/** What can be done with a resident. */
export interface RollActions {
  /** Enters an answer taken by phone. */
  answer: (row: RollRow) => void;
  /** Says where they gather. */
  muster: (row: RollRow) => void;
}

/** Who is shown. */
export function filters(
  rows: readonly RollRow[],
  filter: Filter,
  change: (filter: Filter) => void,
): TemplateResult {
  const all = { value: '', label: t('activations.all') };
  return html`<div
    class="form-row no-print roll-filters"
    role="group"
    aria-label=${t('activations.filter')}
  >
    ${selectField({
      name: 'standing',
      label: t('activations.filter_answer'),
      value: filter.standing,
      options: [
        all,
        ...STANDINGS.map((standing) => ({ value: standing, label: standingName(standing) })),
      ],
      onInput: (standing) => {
        change({ ...filter, standing: standing as Standing | '' });
      },
    })}
    ${selectField({
      name: 'council',
      label: t('activations.council'),
      value: filter.council,
      options: [all, ...councilsIn(rows, t('activations.no_council')).map(option)],
      onInput: (council) => {
        change({ ...filter, council });
      },
    })}
    ${selectField({
      name: 'building',
      label: t('activations.building'),
      value: filter.building,
      options: [all, ...buildingsIn(rows).map(option)],
      onInput: (building) => {
        change({ ...filter, building });
      },
    })}
    ${
      filter.standing || filter.council || filter.building
        ? html`<button
            type="button"
            class="button"
            @click=${() => {
              change(NO_FILTER);
            }}
          >
            ${icon('close')}${t('activations.show_all')}
          </button>`
        : nothing
    }
  </div>`;
}

const option = ({ value, label, count }: { value: string; label: string; count: number }) => ({
  value,
  label: t('activations.choice', { name: label, count }),
});

const person = (row: RollRow): TemplateResult =>
  html`<span class="roll-person"
    ><span>${personText(row)}</span
    >${row.department ? html`<span class="section-text">${row.department}</span>` : nothing}</span
  >`;

const answer = (row: RollRow): TemplateResult =>
  html`<span class="roll-answer" data-standing=${standingOf(row)}>
    ${standingLine(row)}
    <span class="section-text">${answeredText(row)}</span>
    ${row.note ? html`<span class="section-text">${row.note}</span>` : nothing} ${history(row)}
  </span>`;

/** All answers that somebody gave, where there are several. */
function history({ history: entries }: RollRow): TemplateResult | typeof nothing {
  if (entries.length < 2) return nothing;
  return html`<details class="activations-more">
    <summary>${t('activations.history', { count: entries.length })}</summary>
    <ul class="roll-history">
      ${entries.map(
        (entry) =>
          html`<li>
            ${drawStanding(entry.answer)}<span
              >${standingName(entry.answer)} ${answeredText(entry)}
              ${entry.note ? html`<br />${entry.note}` : nothing}</span
            >
          </li>`,
      )}
    </ul>
  </details>`;
}

const muster = ({ muster: place }: RollRow): TemplateResult | string =>
  place
    ? html`<span lang=${langOf(place.name)}>${place.name}</span> ${
          place.is_council
            ? nothing
            : html`<span class="section-text">${t('activations.muster_own')}</span>`
        }`
    : t('activations.muster_unknown');

function actionsOf(row: RollRow, { answer: enter, muster: place }: RollActions): TemplateResult {
  const who = personText(row);
  return html`<span class="button-row">
    <button
      type="button"
      class="button button-small"
      aria-label=${t('activations.phone_of', { who })}
      @click=${() => {
        enter(row);
      }}
    >
      ${t('activations.phone')}
    </button>
    <button
      type="button"
      class="button button-small button-quiet"
      aria-label=${tMuster('muster.of', { who })}
      @click=${() => {
        place(row);
      }}
    >
      ${tMuster('muster.change')}
    </button>
  </span>`;
}

/** The list of residents. Without actions it is looked back on. */
export function rollTable(
  rows: readonly RollRow[],
  caption: string,
  actions: RollActions | null,
): TemplateResult {
  if (rows.length === 0) return empty(t('activations.nobody_shown'));
  const columns: Column<RollRow>[] = [
    { label: t('activations.resident'), isName: true, cell: person },
    { label: t('activations.filter_answer'), cell: answer },
    { label: t('activations.where'), cell: homeText },
    {
      label: t('activations.council'),
      cell: (row) => row.council_name ?? t('activations.no_council'),
    },
    { label: t('activation.muster'), cell: muster },
    { label: t('activations.told'), cell: toldText },
  ];
  if (actions) {
    columns.push({
      label: t('activations.enter'),
      isAction: true,
      cell: (row) => actionsOf(row, actions),
    });
  }
  return html`<div class="roll-list">
    ${dataTable<RollRow>({ caption, columns, rows, key: (row) => row.residency_id })}
  </div>`;
}
