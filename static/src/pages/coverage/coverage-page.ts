import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { dataTable } from '../../components/data-table';
import '../../components/export-buttons';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { empty, loaded } from '../../components/lists';
import { fiscalYear, reiwa, yearsUntil } from '../../format/fiscal-year';
import { type Key, t } from '../../i18n/areas/covered';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Task } from '../../state/task';
import './coverage-view';
import {
  countOf,
  coveragePath,
  type Figure,
  FIGURES,
  type Kind,
  KINDS,
  type Order,
  ORDERS,
  type Place,
  type Places,
  sorted,
  unvisited,
} from './model';

/** `<coverage-page>`: how many walks came to each place, on a map and in a table. */
export class CoveragePage extends PageElement {
  protected readonly needs = ['read_coverage'];
  private readonly places = new Task<Places>(this);
  private readonly thisYear = fiscalYear(Date.now());
  private year = this.thisYear;
  private kind: Kind = 'localities';
  private figure: Figure = 'walks';
  private order: Order = 'most';
  private chosen: string | null = null;

  protected override heading(): string {
    return t('covered.title');
  }

  protected override enter(): void {
    void this.load();
  }

  protected override content(): TemplateResult {
    return html`
      <p class="page-lead">${t('covered.lead')}</p>
      <div class="coverage-form">
        ${this.choice('year', t('covered.year'), String(this.year), this.years(), (value) => {
          this.year = Number(value);
          void this.load();
        })}
        ${this.choice('kind', t('covered.kind'), this.kind, named(KINDS), (value) => {
          this.kind = value as Kind;
          this.chosen = null;
        })}
        ${this.choice('figure', t('covered.figure'), this.figure, named(FIGURES), (value) => {
          this.figure = value as Figure;
        })}
        ${this.choice('order', t('covered.order'), this.order, named(ORDERS), (value) => {
          this.order = value as Order;
        })}
      </div>
      ${loaded(
        this.places,
        t('covered.failed'),
        () => void this.load(),
        (found) => this.found(found),
      )}
    `;
  }

  private found(found: Places): TemplateResult {
    const places = found[this.kind] as readonly Place[];
    if (places.length === 0) {
      return empty(t(this.kind === 'routes' ? 'covered.nobody' : 'covered.none'));
    }
    const { year, figure, order } = this;
    const all = sorted(places, { order, year, figure });
    return html`
      <p class="notice">
        ${icon('info')}<span
          >${t('covered.unvisited', {
            year: String(year),
            count: unvisited(places, year),
            all: places.length,
          })}
          ${
            may('read_designs') ? html`<a href="/design">${t('covered.design')}</a>` : nothing
          }</span
        >
      </p>
      <coverage-view
        class="no-print"
        .points=${all.flatMap((place) =>
          place.location
            ? [{ id: place.id, location: place.location, count: countOf(place, year, figure) }]
            : [],
        )}
        .chosen=${this.chosen}
        @choose=${({ detail }: CustomEvent<string>) => {
          this.choose(detail);
          this.querySelector(`[data-key="${detail}"]`)?.scrollIntoView({ block: 'nearest' });
        }}
      ></coverage-view>
      <section class="section" aria-labelledby="table">
        <h2 class="section-title" id="table">${t('covered.table')}</h2>
        ${dataTable<Place>({
          caption: t('covered.table'),
          rows: all,
          key: ({ id }) => id,
          isCurrent: ({ id }) => id === this.chosen,
          columns: [
            {
              label: t('covered.name'),
              isName: true,
              cell: ({ id, name, location }) =>
                location
                  ? html`<button
                      type="button"
                      class="link-button"
                      aria-pressed=${id === this.chosen ? 'true' : 'false'}
                      aria-label="${name}: ${t('covered.on_map')}"
                      @click=${() => {
                        this.choose(id === this.chosen ? null : id);
                      }}
                    >
                      ${name}
                    </button>`
                  : name,
            },
            ...found.fiscal_years.map((one) => ({
              label: `${String(one)}(R${reiwa(one)})`,
              isNumber: true,
              cell: (place: Place) => countOf(place, one, figure) ?? t('covered.few'),
            })),
          ],
        })}
        <export-buttons .path=${coveragePath(year)} .name=${t('covered.table')}></export-buttons>
      </section>
    `;
  }

  private choose(id: string | null): void {
    this.chosen = id;
    this.requestUpdate();
  }

  private years() {
    return yearsUntil(this.thisYear).map((one) => ({
      value: String(one),
      label: `${String(one)}(R${reiwa(one)})`,
    }));
  }

  private choice(
    name: string,
    label: string,
    value: string,
    options: { value: string; label: string }[],
    change: (value: string) => void,
  ): TemplateResult {
    return selectField({
      name,
      label,
      value,
      options,
      onInput: (chosen) => {
        change(chosen);
        this.requestUpdate();
      },
    });
  }

  private async load(): Promise<void> {
    await this.places.run((signal) => get<Places>(coveragePath(this.year), signal));
  }
}

const named = (words: Record<string, Key>) =>
  Object.entries(words).map(([value, key]) => ({ value, label: t(key) }));

customElements.define('coverage-page', CoveragePage);
