import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CouncilFigures, ReviewDocument, TimelineEntry } from '../../activation/types';
import { kindName } from '../../activation/words';
import { download, get } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { save } from '../../components/save';
import { t } from '../../i18n/areas/activations';
import { Task } from '../../state/task';
import { chart } from './chart';
import { figures } from './figures';
import { paper, paperButton } from './paper';
import { inOrder } from './roll';
import { rollTable } from './roll-list';
import { happenedText } from './words';

const FORMATS = [
  ['xlsx', 'activations.excel'],
  ['csv', 'activations.csv'],
] as const;
type Format = (typeof FORMATS)[number][0];

/** `<activation-review activation=…>`: what is looked back on. */
export class ActivationReview extends LightElement {
  static override properties = { activation: {} };

  declare activation: string;
  private readonly review = new Task<ReviewDocument>(this);
  private readonly exporting = new Task(this);
  private format: Format = 'xlsx';

  protected override willUpdate(properties: PropertyValues<this>): void {
    if (!properties.has('activation')) return;
    this.review.value = null;
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<p class="no-print">
        <a class="button button-quiet" href="#past">${icon('left')}${t('activations.back')}</a>
      </p>
      ${loaded(
        this.review,
        t('activations.review_failed'),
        () => void this.load(),
        (review) => this.content(review),
      )}`;
  }

  private content(review: ReviewDocument): TemplateResult {
    const { activation, by_minute: minutes, silent, timeline } = review;
    const silentInOrder = inOrder(silent);
    return html`
      <section class="section" aria-labelledby="review-title">
        <div class="roll-head">
          <h2 class="roll-title" id="review-title" tabindex="-1">
            <span class="activation-mark activation-mark-${activation.kind}"
              >${kindName(activation.kind)}</span
            >
            <span lang=${langOf(activation.title)}>${activation.title}</span>
          </h2>
          <p>
            ${t('activations.declared')}
            ${moment(activation.declared_at)}${
              activation.ended_at
                ? html` / ${t('activations.ended')} ${moment(activation.ended_at)}`
                : html` / ${t('activations.goes_on')}`
            }
          </p>
        </div>
        ${activation.kind === 'drill' ? html`<p>${t('activations.drill_note')}</p>` : nothing}
        ${figures(activation.counts, '', null)} ${this.times(review)}
        <div class="button-row no-print">${paperButton(silent.length)} ${this.exports()}</div>
        ${
          this.exporting.error
            ? failure(
                t('activations.export_failed'),
                this.exporting.error,
                () => void this.export(),
              )
            : nothing
        }
      </section>
      <section class="section no-print" aria-labelledby="review-chart">
        <h2 class="section-title" id="review-chart">${t('activations.chart')}</h2>
        ${
          minutes.length === 0
            ? empty(t('activations.chart_none'))
            : chart(minutes, activation.residents)
        }
      </section>
      <section class="section no-print" aria-labelledby="review-councils">
        <h2 class="section-title" id="review-councils">${t('activations.by_council')}</h2>
        ${councils(review.by_council)}
      </section>
      <section class="section no-print" aria-labelledby="review-silent">
        <h2 class="section-title" id="review-silent">
          ${t('activations.silent', { count: silent.length })}
        </h2>
        ${
          silent.length === 0
            ? empty(t('activations.silent_none'))
            : rollTable(silentInOrder, t('activations.silent', { count: silent.length }), null)
        }
      </section>
      <section class="section no-print" aria-labelledby="review-timeline">
        <h2 class="section-title" id="review-timeline">${t('activations.timeline')}</h2>
        ${happened(timeline)}
      </section>
      ${paper(activation, silentInOrder, new Date())}
    `;
  }

  private times({ minutes_to: to }: ReviewDocument): TemplateResult {
    const figure = (label: string, minutes: number | null | undefined): TemplateResult =>
      html`<div class="roll-time">
        <dt>${label}</dt>
        <dd>
          ${
            minutes === null || minutes === undefined
              ? t('activations.never')
              : t('activations.minutes', { count: minutes })
          }
        </dd>
      </div>`;
    return html`<dl class="roll-times">
      ${figure(t('activations.half'), to.half)}
      ${figure(t('activations.nine_in_ten'), to.nine_in_ten)}
      ${figure(t('activations.last'), to.last)}
    </dl>`;
  }

  private exports(): TemplateResult {
    return html`<span class="button-row" role="group" aria-label=${t('activations.export')}>
      ${FORMATS.map(
        ([format, words]) =>
          html`<button
            type="button"
            class="button"
            data-format=${format}
            ?disabled=${this.exporting.busy}
            @click=${() => {
              this.format = format;
              void this.export();
            }}
          >
            ${icon('download')}${t(words)}
          </button>`,
      )}
    </span>`;
  }

  private async export(): Promise<void> {
    const path = `/api/activations/${this.activation}/export?format=${this.format}`;
    await this.exporting.run(async (signal) => {
      const file = await download(path, { signal });
      if (signal.aborted) return;
      save(file);
      say(() => t('activations.exported', { name: file.name }));
    });
  }

  private async load(): Promise<void> {
    const path = `/api/activations/${this.activation}/review`;
    await this.review.run((signal) => get<ReviewDocument>(path, signal));
  }
}

const councils = (rows: readonly CouncilFigures[]): TemplateResult =>
  rows.length === 0
    ? empty(t('activations.no_residents'))
    : dataTable<CouncilFigures>({
        caption: t('activations.by_council'),
        rows,
        key: ({ council_id: id, council_name: name }) => id ?? name ?? '',
        columns: [
          {
            label: t('activations.council'),
            isName: true,
            cell: ({ council_name: name }) => name ?? t('activations.no_council'),
          },
          { label: t('activations.residents'), isNumber: true, cell: (row) => row.residents },
          { label: t('activations.answered'), isNumber: true, cell: (row) => row.answered },
          { label: t('activation.arrived'), isNumber: true, cell: (row) => row.arrived },
          { label: t('activation.unable'), isNumber: true, cell: (row) => row.unable },
        ],
      });

const happened = (entries: readonly TimelineEntry[]): TemplateResult =>
  html`<ol class="roll-timeline">
    ${entries.map((entry) => html`<li>${moment(entry.at)} <span>${happenedText(entry)}</span></li>`)}
  </ol>`;

customElements.define('activation-review', ActivationReview);
