import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { failure } from '../../components/failure';
import { LightElement } from '../../components/light-element';
import { empty } from '../../components/lists';
import { hoursOf } from '../../gatherings/state';
import type { ParticipationFigures } from '../../gatherings/types';
import { dutyName, kindName } from '../../gatherings/words';
import { t } from '../../i18n/areas/gatherings';
import { Task } from '../../state/task';

type Council = ParticipationFigures['councils'][number];
type Row = Council['lines'][number] & { council: string };

/** `<gathering-figures>`: how many took part in a fiscal year, by council. They come when they are asked for: each look is recorded. */
export class GatheringFigures extends LightElement {
  static override properties = { year: { type: Number } };

  declare year: number;
  private readonly task = new Task<ParticipationFigures>(this);

  protected override render(): TemplateResult {
    const { value, error } = this.task;
    return html`<section class="section" aria-labelledby="figures">
      <h2 class="section-title" id="figures">${t('gatherings.figures')}</h2>
      <p class="section-text">${t('gatherings.figures_text')}</p>
      ${error ? failure(t('gatherings.figures_failed'), error, () => void this.load()) : nothing}
      ${
        value?.fiscal_year === this.year
          ? this.table(value.councils)
          : html`<button type="button" class="button" @click=${() => void this.load()}>
              ${t('gatherings.figures_open')}
            </button>`
      }
    </section>`;
  }

  private load(): Promise<boolean> {
    const path = `/api/housing/participation?fiscal_year=${this.year}`;
    return this.task.run((signal) => get(path, signal));
  }

  private table(councils: readonly Council[]): TemplateResult | typeof nothing {
    const rows: Row[] = councils.flatMap(({ council_id, council_name, lines }) => {
      const gone = council_id ? t('gathering.council_gone') : t('gatherings.council_none');
      return lines.map((line) => ({ ...line, council: council_name ?? gone }));
    });
    if (rows.length === 0) return empty(t('gatherings.figures_none'));
    return dataTable<Row>({
      caption: t('gatherings.figures'),
      rows,
      key: ({ council, kind, duty }) => `${council} ${kind} ${duty}`,
      columns: [
        { label: t('gatherings.council'), isName: true, cell: ({ council }) => council },
        { label: t('gathering.kind'), cell: ({ kind }) => kindName(kind) },
        { label: t('gathering.duty'), cell: ({ duty }) => dutyName(duty) },
        {
          label: t('gatherings.column_gatherings'),
          isNumber: true,
          cell: ({ gatherings }) => gatherings,
        },
        { label: t('gatherings.column_people'), isNumber: true, cell: ({ times }) => times },
        {
          label: t('participation.column_hours'),
          isNumber: true,
          cell: ({ minutes }) => hoursOf(minutes),
        },
      ],
    });
  }
}

customElements.define('gathering-figures', GatheringFigures);
