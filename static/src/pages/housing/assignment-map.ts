import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { Bbox } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { loaded } from '../../components/lists';
import { t } from '../../i18n/areas/housing';
import type { HousingMap } from '../../map/housing-map';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import { type AssignmentLine, type AssignmentLines, boxOf, drawing } from './lines';
import { registerStore } from './register';
import { RegisterMap } from './register-map';
import { councilBadge } from './words';

/** It is read a little before it comes into view. */
const NEAR = '200px';

/**
 * `<assignment-map>`: homes with lines to the meeting places of their councils, and the same as a
 * table. Each reading is recorded, so it is read only where somebody sees it.
 */
export class AssignmentMap extends RegisterMap {
  private readonly lines = new Task<AssignmentLines>(this);
  private isNear = false;
  /** The state of the register in which it was read. */
  private read = -1;
  private readonly watcher = new IntersectionObserver(
    (entries) => {
      this.isNear = entries.some(({ isIntersecting }) => isIntersecting);
      this.requestUpdate();
    },
    { rootMargin: NEAR },
  );

  constructor() {
    super();
    new Watch(this, registerStore, ({ changes }) => [changes]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
    this.read = -1;
  }

  protected override willUpdate(): void {
    const { changes } = registerStore.state;
    if (!this.isNear || this.read === changes) return;
    this.read = changes;
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<div class="section no-print">
      <h2 class="section-title">${t('housing.map')}</h2>
      <p class="section-text">${t('housing.map_key')}</p>
      <p class="section-text">${t('housing.map_same')}</p>
      <div class="housing-map" role="region" aria-label=${t('housing.map')}></div>
      ${loaded(
        this.lines,
        t('housing.map_failed'),
        () => void this.load(),
        ({ features }) =>
          features.length === 0
            ? html`<p class="empty">${t('housing.map_none')}</p>`
            : this.table(features),
      )}
    </div>`;
  }

  private table(features: readonly AssignmentLine[]): TemplateResult {
    return html`<details class="housing-more">
      <summary>${t('housing.map_table', { count: features.length })}</summary>
      ${dataTable<AssignmentLine>({
        caption: t('housing.map'),
        rows: features.toSorted(
          (one, other) =>
            one.properties.housing_name.localeCompare(other.properties.housing_name, 'ja') ||
            one.properties.unit_name.localeCompare(other.properties.unit_name, 'ja'),
        ),
        key: ({ id }) => id,
        columns: [
          {
            label: t('housing.housing_name'),
            isName: true,
            cell: ({ properties }) => properties.housing_name,
          },
          { label: t('housing.unit'), cell: ({ properties }) => properties.unit_name },
          {
            label: t('housing.residents'),
            cell: ({ properties }) => properties.staff_name ?? nothing,
          },
          {
            label: t('housing.council'),
            cell: ({ properties }) => councilBadge(properties.assignment),
          },
        ],
      })}
    </details>`;
  }

  protected override isWanted(): boolean {
    return this.isNear;
  }

  private async load(): Promise<void> {
    await this.lines.run((signal) => get<AssignmentLines>('/api/housing/assignments', signal));
  }

  protected override draw(map: HousingMap): Bbox | null {
    const { value } = this.lines;
    if (!value) return null;
    const found = drawing(value.features);
    map.draw(
      found.buildings.map(({ name, at, homes, open }) => ({
        at,
        homes,
        isOpen: open > 0,
        label:
          open > 0
            ? t('housing.map_building_open', { housing: name, homes, open })
            : t('housing.map_building', { housing: name, homes }),
      })),
      found.ways.map(({ housing, council, from, to, homes }) => ({
        from,
        to,
        homes,
        council,
        label: t('housing.map_way', { housing, council, homes }),
      })),
    );
    return boxOf(found);
  }
}

customElements.define('assignment-map', AssignmentMap);
