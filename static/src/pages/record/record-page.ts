import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { Feature, FeatureCollection, Me } from '../../api/types';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { loaded } from '../../components/lists';
import { fiscalYear, fiscalYearName, yearsUntil } from '../../format/fiscal-year';
import { t } from '../../i18n/areas/record';
import { OutboxDatabase } from '../../outbox/database';
import { PageElement } from '../../shell/page-element';
import { Task } from '../../state/task';
import { history } from './history';
import { type MyObservations, type MyVisits, type MyWalks, type Year } from './model';
import { observations } from './observations';
import { recordMap } from './record-map';
import { stamps } from './stamps';

/** `<record-page>`: what one walked in a fiscal year, and what is still missing. */
export class RecordPage extends PageElement {
  protected readonly needs = ['read_visits'];
  private readonly loading = new Task<Year>(this);
  private readonly boundary = new Task<readonly Feature[]>(this);
  private readonly thisYear = fiscalYear(Date.now());
  private year = this.thisYear;
  /** What is unsent on this device. */
  private unsent = 0;

  protected override heading(): string {
    return t('record.title');
  }

  protected override enter({ account }: Me): void {
    void this.load();
    void this.boundary.run(async (signal) => {
      const path = '/api/layers/boundary/features';
      return (await get<FeatureCollection>(path, signal)).features;
    });
    void this.count(account);
  }

  protected override content(): TemplateResult {
    return html`
      <div class="record-year">
        ${selectField({
          name: 'year',
          label: t('record.year'),
          value: String(this.year),
          options: yearsUntil(this.thisYear).map((year) => ({
            value: String(year),
            label: fiscalYearName(year),
          })),
          onInput: (value) => {
            this.year = Number(value);
            void this.load();
          },
        })}
      </div>
      ${
        this.unsent > 0
          ? html`<div class="notice notice-warning">
              ${icon('share')}<span>${t('record.unsent', { count: this.unsent })}</span>
              <a class="button button-small" href="/walk">${t('record.to_walk')}</a>
            </div>`
          : nothing
      }
      ${loaded(
        this.loading,
        t('record.failed'),
        () => void this.load(),
        (year) => html`
          ${stamps(year.walks)}
          ${
            year.visits.length > 0
              ? html`${recordMap(year.visits, this.boundary.value ?? [])} ${history(year.visits)}`
              : nothing
          }
          ${observations(year.observations)}
        `,
      )}
    `;
  }

  private load(): Promise<boolean> {
    const query = `?fiscal_year=${String(this.year)}`;
    return this.loading.run(async (signal) => {
      const [walks, visits, seen] = await Promise.all([
        get<MyWalks>(`/api/me/walks${query}`, signal),
        get<MyVisits>(`/api/me/visits${query}`, signal),
        get<MyObservations>(`/api/me/observations${query}`, signal),
      ]);
      return { walks: walks.walks, visits: visits.visits, observations: seen.observations };
    });
  }

  private async count(account: string): Promise<void> {
    try {
      const database = await OutboxDatabase.open();
      this.unsent = (await database.items()).filter(({ owner }) => owner === account).length;
      database.close();
      this.requestUpdate();
    } catch {
      // A browser without a store has nothing unsent.
    }
  }
}

customElements.define('record-page', RecordPage);
