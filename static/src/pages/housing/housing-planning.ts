import { html, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { Bbox } from '../../api/types';
import { dataTable } from '../../components/data-table';
import '../../components/export-buttons';
import { empty, loaded } from '../../components/lists';
import { formatDay } from '../../format/dates';
import { type Key, t } from '../../i18n/areas/housing';
import type { HousingMap } from '../../map/housing-map';
import { Task } from '../../state/task';
import {
  boxAround,
  inNeed,
  type Planning,
  type PlanningCouncil,
  type PlanningFigures,
  withoutResidents,
} from './figures';
import { RegisterMap } from './register-map';

const MINUTES: readonly [keyof PlanningFigures['units_by_minutes'], Key][] = [
  ['to_5', 'housing.plan_to_5'],
  ['to_10', 'housing.plan_to_10'],
  ['to_15', 'housing.plan_to_15'],
  ['over_15', 'housing.plan_over_15'],
  ['unreachable', 'housing.plan_unreachable'],
];

/** A row of the table: a council, or those units that belong to none. */
interface Row {
  key: string;
  name: string;
  figures: PlanningFigures;
  isCouncil: boolean;
}

/** `<housing-planning>`: councils without residents, residents of each, and how far homes are, as table, map and file. */
export class HousingPlanning extends RegisterMap {
  private readonly planning = new Task<Planning>(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private get councils(): PlanningCouncil[] {
    return inNeed((this.planning.value?.councils ?? []) as PlanningCouncil[]);
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="planning-title">
      <h2 class="section-title" id="planning-title">${t('housing.view_planning')}</h2>
      <p class="section-text">${t('housing.plan_text')}</p>
      ${loaded(
        this.planning,
        t('housing.plan_failed'),
        () => void this.load(),
        (planning) => this.content(planning),
      )}
    </section>`;
  }

  private content(planning: Planning): TemplateResult {
    const { councils } = this;
    if (councils.length === 0) return empty(t('housing.no_councils'));
    return html`
      <p role="status">
        ${t('housing.plan_summary', {
          day: formatDay(planning.as_of),
          councils: councils.length,
          without: withoutResidents(councils),
        })}
      </p>
      ${this.table(councils, planning.without_council)}
      <export-buttons
        .path=${'/api/housing/planning'}
        .name=${t('housing.view_planning')}
      ></export-buttons>
      <h3>${t('housing.plan_map')}</h3>
      <p class="section-text">${t('housing.plan_map_key')}</p>
      <div class="housing-map" role="region" aria-label=${t('housing.plan_map')}></div>
    `;
  }

  private table(councils: readonly PlanningCouncil[], without: PlanningFigures): TemplateResult {
    const rows: Row[] = [
      ...councils.map(({ id, name, figures }) => ({ key: id, name, figures, isCouncil: true })),
      { key: 'none', name: t('housing.plan_none'), figures: without, isCouncil: false },
    ];
    return html`<div class="housing-planning">
      ${dataTable<Row>({
        caption: t('housing.view_planning'),
        rows,
        key: ({ key }) => key,
        columns: [
          { label: t('housing.council'), isName: true, cell: ({ name }) => name },
          {
            label: t('housing.residents'),
            isNumber: true,
            cell: ({ figures, isCouncil }) =>
              isCouncil && figures.residents === 0
                ? html`<span class="badge badge-warning">${t('housing.plan_nobody')}</span>`
                : figures.residents,
          },
          { label: t('housing.plan_units'), isNumber: true, cell: ({ figures }) => figures.units },
          {
            label: t('housing.plan_buildings'),
            isNumber: true,
            cell: ({ figures }) => figures.buildings,
          },
          ...MINUTES.map(([band, words]) => ({
            label: t(words),
            isNumber: true,
            cell: ({ figures, isCouncil }: Row) =>
              isCouncil ? figures.units_by_minutes[band] : '–',
          })),
        ],
      })}
    </div>`;
  }

  private async load(): Promise<void> {
    await this.planning.run((signal) => get<Planning>('/api/housing/planning', signal));
  }

  protected override draw(map: HousingMap): Bbox | null {
    const { councils } = this;
    map.drawCouncils(
      councils.flatMap(({ name, meeting_place: at, figures: { residents, units } }) =>
        at
          ? [{ at, residents, label: t('housing.plan_map_council', { name, residents, units }) }]
          : [],
      ),
    );
    return boxAround(councils);
  }
}

customElements.define('housing-planning', HousingPlanning);
