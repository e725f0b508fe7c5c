/** How answers before and after a training changed: figures of many, as a table with what they mean drawn beside them. */
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { get } from '../api/client';
import { type Column, dataTable } from '../components/data-table';
import '../components/export-buttons';
import { LightElement } from '../components/light-element';
import { empty, loaded } from '../components/lists';
import { pick } from '../i18n';
import { type Key, t } from '../i18n/areas/survey';
import { Task } from '../state/task';
import {
  type ChangeFigures,
  type ChangeOf,
  changePath,
  meanText,
  signed,
  type Topic,
} from './change';

const TOPICS: Record<Topic['about'], Key> = {
  knowledge: 'change.topic_knowledge',
  attachment: 'change.topic_attachment',
};

/** `<change-section>`: how knowledge and attachment changed in a programme's year, by question and by route. */
export class ChangeSection extends LightElement {
  static override readonly properties = { year: { type: Number }, programme: {} };
  declare year: number;
  declare programme: string;
  private readonly change = new Task<ChangeOf>(this);

  protected override updated(changed: PropertyValues): void {
    if (['year', 'programme'].some((name) => changed.has(name))) void this.load();
  }

  private load(): Promise<boolean> {
    const path = changePath(this.year, this.programme);
    return this.change.run((signal) => get<ChangeOf>(path, signal));
  }

  protected override render(): TemplateResult {
    return loaded(
      this.change,
      t('change.failed'),
      () => void this.load(),
      (found) =>
        found.topics.length === 0
          ? empty(t('change.none'))
          : html`
              <p class="section-text">${t('change.lead', { count: found.fewest })}</p>
              ${found.topics.map((topic) => topicPart(topic, found))}
              ${
                found.topics.some(({ total }) => total)
                  ? html`<p class="section-text">${t('change.limits')}</p>
                      <export-buttons
                        .path=${changePath(this.year, this.programme)}
                        .name=${t('change.title')}
                      ></export-buttons>`
                  : nothing
              }
            `,
    );
  }
}

/** A row: what it is called, and its figures, where there are any yet. */
interface Row {
  key: string;
  name: string;
  figures: ChangeFigures | null;
}

function topicPart(topic: Topic, { fewest, fewest_of_route }: ChangeOf): TemplateResult {
  const { about, total, questions, routes } = topic;
  const caption = t(TOPICS[about]);
  if (!total) {
    return html`<h3>${caption}</h3>
      ${empty(t('change.too_few', { count: fewest }))}`;
  }
  const rows: Row[] = [
    { key: 'all', name: t('change.all'), figures: total },
    ...questions.map(({ id, text, figures }) => ({
      key: id,
      name: pick(text),
      figures: figures ?? null,
    })),
  ];
  return html`<h3>${caption}</h3>
    <p class="section-text">${t('change.as_of', { count: total.pairs })}</p>
    <h4>${t('change.by_question')}</h4>
    ${table(`${caption}: ${t('change.by_question')}`, t('change.question'), rows, fewest)}
    <h4>${t('change.by_route')}</h4>
    ${
      routes.length === 0
        ? empty(t('change.routes_few', { count: fewest_of_route }))
        : html`${table(
              `${caption}: ${t('change.by_route')}`,
              t('change.route'),
              routes.map(({ route_id, title, figures }) => ({
                key: route_id,
                name: pick(title),
                figures,
              })),
              fewest_of_route,
            )}
            <p class="section-text">${t('change.routes_note')}</p>`
    }`;
}

function table(
  caption: string,
  name: string,
  rows: readonly Row[],
  fewest: number,
): TemplateResult {
  const figures = (
    label: string,
    cell: (figures: ChangeFigures) => TemplateResult | string | number,
    isNumber = true,
  ): Column<Row> => ({
    label,
    isNumber,
    cell: (row) => (row.figures ? cell(row.figures) : nothing),
  });
  return dataTable<Row>({
    caption,
    rows,
    key: ({ key }) => key,
    columns: [
      { label: name, isName: true, cell: (row) => row.name },
      {
        label: t('change.pairs'),
        isNumber: true,
        cell: (row) => row.figures?.pairs ?? t('change.hidden', { count: fewest }),
      },
      figures(t('change.mean_before'), (one) => meanText(one, 'before')),
      figures(t('change.mean_after'), (one) => meanText(one, 'after')),
      figures(
        t('change.change'),
        (one) =>
          html`<span class="change-point"
            >${plot(one)} <strong>${signed(one.change, one)}</strong></span
          >`,
        false,
      ),
      figures(t('change.range'), (one) =>
        t('change.range_value', { low: signed(one.low, one), high: signed(one.high, one) }),
      ),
    ],
  });
}

/** As far as the drawing goes either way, in points: what is beyond ends at its edge. */
const EDGE = 2;

/** A change with its interval, drawn around no change at all; what it says stands beside it. */
function plot({ change, low, high }: ChangeFigures): TemplateResult {
  const x = (value: number): number => 100 + (Math.max(-EDGE, Math.min(EDGE, value)) / EDGE) * 92;
  return html`<svg class="change-plot" viewBox="0 0 200 16" aria-hidden="true">
    ${svg`<line class="change-plot-zero" x1="100" x2="100" y1="0" y2="16"></line>
      <line class="change-plot-range" x1=${x(low)} x2=${x(high)} y1="8" y2="8"></line>
      <line class="change-plot-range" x1=${x(low)} x2=${x(low)} y1="5" y2="11"></line>
      <line class="change-plot-range" x1=${x(high)} x2=${x(high)} y1="5" y2="11"></line>
      <circle class="change-plot-mean" cx=${x(change)} cy="8" r="3.5"></circle>`}
  </svg>`;
}

customElements.define('change-section', ChangeSection);
