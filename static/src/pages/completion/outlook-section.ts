/** The years before, and what is to be expected of this one. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { formatDay } from '../../format/dates';
import { reiwa } from '../../format/fiscal-year';
import { type Key, t } from '../../i18n/areas/outlook';
import { Task } from '../../state/task';
import { bar, figure } from './figures';
import {
  expected,
  type Forecast,
  type ForecastRow,
  forecastPath,
  percent,
  type Trend,
  trendPath,
  type TrendYear,
} from './model';

/** `<outlook-section>`: a programme over the years, and, of the current year, how many will be missing at its end. */
export class OutlookSection extends LightElement {
  static override readonly properties = {
    year: { type: Number },
    programme: {},
    isCurrent: { type: Boolean, attribute: 'is-current' },
  };
  declare year: number;
  declare programme: string;
  declare isCurrent: boolean;
  private readonly trend = new Task<Trend>(this);
  private readonly forecast = new Task<Forecast>(this);

  protected override updated(changed: PropertyValues): void {
    if (['year', 'programme', 'isCurrent'].some((name) => changed.has(name))) this.load();
  }

  private load(): void {
    this.loadTrend();
    if (this.isCurrent) this.loadForecast();
    else this.forecast.reset();
  }

  private loadTrend(): void {
    const path = trendPath(this.year, this.programme);
    void this.trend.run((signal) => get<Trend>(path, signal));
  }

  private loadForecast(): void {
    const path = forecastPath(this.programme);
    void this.forecast.run((signal) => get<Forecast>(path, signal));
  }

  protected override render(): TemplateResult {
    return html`
      <section class="section" aria-labelledby="trend">
        <h2 class="section-title" id="trend">${t('outlook.trend')}</h2>
        ${loaded(
          this.trend,
          t('outlook.trend_failed'),
          () => {
            this.loadTrend();
          },
          years,
        )}
      </section>
      ${
        this.isCurrent
          ? html`<section class="section" aria-labelledby="forecast">
              <h2 class="section-title" id="forecast">${t('outlook.forecast')}</h2>
              ${loaded(
                this.forecast,
                t('outlook.forecast_failed'),
                () => {
                  this.loadForecast();
                },
                outlook,
              )}
            </section>`
          : nothing
      }
    `;
  }
}

/** Where what is expected was seen. */
const BASES: Record<NonNullable<Forecast['basis']>, Key> = {
  year_before: 'outlook.year_before',
  last_weeks: 'outlook.last_weeks',
};

const years = (trend: Trend): TemplateResult =>
  dataTable<TrendYear>({
    caption: t('outlook.trend'),
    rows: trend.years,
    key: ({ fiscal_year }) => String(fiscal_year),
    columns: [
      {
        label: t('outlook.year'),
        isName: true,
        cell: ({ fiscal_year }) => `${String(fiscal_year)}(R${reiwa(fiscal_year)})`,
      },
      { label: t('outlook.as_of'), cell: ({ as_of }) => formatDay(as_of) },
      {
        label: t('outlook.so_far'),
        cell: ({ so_far }) =>
          html`<span class="completion-rate">${bar(so_far.rate)} ${percent(so_far.rate)}</span>`,
      },
      {
        label: t('outlook.at_end'),
        cell: ({ at_end }) =>
          at_end
            ? html`<span class="completion-rate">${bar(at_end.rate)} ${percent(at_end.rate)}</span>`
            : t('outlook.going_on'),
      },
      {
        label: t('outlook.people'),
        isNumber: true,
        cell: ({ so_far }) => so_far.count?.due ?? '-',
      },
    ],
  });

function outlook({ basis, total, groups, seats }: Forecast): TemplateResult {
  if (!basis || !total.forecast) return html`<p class="section-text">${t('outlook.unknown')}</p>`;
  return html`
    <p class="section-text">${t(BASES[basis])} ${t('outlook.range')}</p>
    <dl class="completion-total">
      ${figure(t('outlook.missing'), total.forecast.missing)}
      ${figure(t('outlook.expected'), people(total), 'completion-figure-rate')}
    </dl>
    ${
      seats
        ? html`<h3>${t('outlook.seats')}</h3>
            <dl class="completion-total">
              ${figure(t('outlook.planned'), seats.planned)}
              ${figure(t('outlook.free'), seats.free)} ${figure(t('outlook.needed'), seats.needed)}
              ${figure(
                t('outlook.further'),
                typeof seats.further === 'number' && typeof seats.usual === 'number'
                  ? t('outlook.further_value', { count: seats.further, usual: seats.usual })
                  : '-',
              )}
            </dl>
            ${
              seats.needed > 0
                ? html`<p>
                    <a class="button" href="/outings">${icon('right')}${t('outlook.plan')}</a>
                  </p>`
                : nothing
            }`
        : nothing
    }
    <h3>${t('outlook.groups')}</h3>
    ${dataTable<ForecastRow>({
      caption: t('outlook.groups'),
      rows: groups,
      key: ({ key }) => key,
      columns: [
        {
          label: t('outlook.groups'),
          isName: true,
          cell: ({ key, name }) => name ?? key,
        },
        {
          label: t('outlook.missing'),
          isNumber: true,
          cell: ({ forecast }) => forecast?.missing ?? '-',
        },
        { label: t('outlook.expected'), cell: people },
      ],
    })}
  `;
}

const people = ({ forecast }: ForecastRow): string =>
  forecast ? t('outlook.expected_people', expected(forecast)) : t('outlook.hidden');

customElements.define('outlook-section', OutlookSection);
