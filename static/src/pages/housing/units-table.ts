/** The units of a building: who lives there, who did, and what can be done about each. */
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../components/data-table';
import { t } from '../../i18n/areas/housing';
import { t as tMuster } from '../../i18n/areas/muster';
import { type ResidencyItem, standing, type UnitItem } from './model';
import { councilBadge, noteLine, periodText, personText } from './words';

/** What the reader can ask for. */
export interface UnitActions {
  changeUnit: (unit: UnitItem) => void;
  /** Closes it, or opens it again. */
  turn: (unit: UnitItem) => void;
  removeUnit: (unit: UnitItem) => void;
  moveIn: (unit: UnitItem) => void;
  changeResidency: (unit: UnitItem, residency: ResidencyItem) => void;
  decide: (unit: UnitItem, residency: ResidencyItem) => void;
  /** Says where somebody gathers. */
  muster: (unit: UnitItem, residency: ResidencyItem) => void;
  removeResidency: (unit: UnitItem, residency: ResidencyItem) => void;
}

/** A small button whose name says what it is about. */
const button = (text: string, about: string, act: () => void): TemplateResult =>
  html`<button
    type="button"
    class="button button-small"
    aria-label="${about}: ${text}"
    @click=${act}
  >
    ${text}
  </button>`;

/** The table. */
export const unitsTable = (
  units: readonly UnitItem[],
  day: string,
  actions: UnitActions,
): TemplateResult =>
  dataTable<UnitItem>({
    caption: t('housing.units'),
    rows: units,
    key: ({ id }) => id,
    columns: [
      { label: t('housing.unit'), isName: true, cell: unitName },
      { label: t('housing.residents'), cell: (unit) => residents(unit, day, actions) },
      { label: t('housing.actions'), isAction: true, cell: (unit) => unitButtons(unit, actions) },
    ],
  });

const unitName = ({ name, closed, note }: UnitItem): TemplateResult =>
  html`${name}
  ${closed ? html`<span class="badge badge-retired">${t('housing.closed')}</span>` : nothing}
  ${noteLine(note)}`;

function residents(unit: UnitItem, day: string, actions: UnitActions): TemplateResult {
  const past = unit.residencies.filter((one) => standing(one, day) === 'past');
  const others = unit.residencies.filter((one) => !past.includes(one));
  const item = (residency: ResidencyItem): TemplateResult =>
    html`<li>${resident(unit, residency, day, actions)}</li>`;
  return html`${
    others.length === 0
      ? html`<p class="section-text">${t('housing.vacant')}</p>`
      : html`<ul class="housing-residents">
          ${others.map(item)}
        </ul>`
  }
  ${
    past.length === 0
      ? nothing
      : html`<details class="housing-more">
          <summary>${t('housing.past_residents', { count: past.length })}</summary>
          <ul class="housing-residents">
            ${past.map(item)}
          </ul>
        </details>`
  }`;
}

function resident(
  unit: UnitItem,
  residency: ResidencyItem,
  day: string,
  actions: UnitActions,
): TemplateResult {
  const person = personText(residency);
  const when = standing(residency, day);
  const { assignment } = residency;
  return html`<p><strong>${person}</strong></p>
    <p class="housing-task-facts">
      <span>${periodText(residency)}</span>
      ${when === 'coming' ? html`<span class="badge badge-key">${t('housing.coming')}</span>` : nothing}
      ${when === 'past' ? settledBadge(residency) : nothing}
    </p>
    <p>
      ${t('housing.council')}:
      ${when === 'past' && assignment.state === 'open' ? t('housing.open') : councilBadge(assignment)}
    </p>
    ${
      assignment.reason
        ? html`<p class="section-text">${t('housing.reason')}: ${assignment.reason}</p>`
        : nothing
    }
    ${
      when === 'past'
        ? nothing
        : html`<p>
            ${tMuster('muster.name')}: ${residency.muster?.name ?? tMuster('muster.council')}
          </p>`
    }
    ${noteLine(residency.note)}
    <div class="button-row">
      ${
        when === 'past'
          ? nothing
          : html`${button(t('housing.decide_again'), person, () => {
              actions.decide(unit, residency);
            })}
            ${button(tMuster('muster.change'), person, () => {
              actions.muster(unit, residency);
            })}`
      }
      ${button(t('housing.change'), person, () => {
        actions.changeResidency(unit, residency);
      })}
      ${button(t('housing.remove_residency'), person, () => {
        actions.removeResidency(unit, residency);
      })}
    </div>`;
}

const settledBadge = ({ settled }: ResidencyItem): TemplateResult =>
  settled
    ? html`<span class="badge badge-plain">${t('housing.is_settled')}</span>`
    : html`<span class="badge badge-warning">${t('housing.not_settled')}</span>`;

/** What is done every day stands in the open; the rest is folded, for a building may have many units. */
function unitButtons(unit: UnitItem, actions: UnitActions): TemplateResult {
  const about = t('housing.unit_named', { unit: unit.name });
  return html`${
      unit.closed
        ? nothing
        : html`<div class="button-row">
            ${button(t('housing.move_in'), about, () => {
              actions.moveIn(unit);
            })}
          </div>`
    }
    <details class="housing-more">
      <summary aria-label="${about}: ${t('housing.other_actions')}">
        ${t('housing.other_actions')}
      </summary>
      <div class="button-row">
        ${button(t('housing.change'), about, () => {
          actions.changeUnit(unit);
        })}
        ${button(t(unit.closed ? 'housing.reopen' : 'housing.close'), about, () => {
          actions.turn(unit);
        })}
        ${
          unit.residencies.length > 0
            ? nothing
            : button(t('housing.remove'), about, () => {
                actions.removeUnit(unit);
              })
        }
      </div>
    </details>`;
}
