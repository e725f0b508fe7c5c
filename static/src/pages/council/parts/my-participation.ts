import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../../api/client';
import { LightElement } from '../../../components/light-element';
import { empty, loaded } from '../../../components/lists';
import { fiscalYearName } from '../../../format/fiscal-year';
import { hoursOf } from '../../../gatherings/state';
import type { Participation } from '../../../gatherings/types';
import { dutyName, kindName } from '../../../gatherings/words';
import { langOf } from '../../../components/lang-of';
import { t } from '../../../i18n/areas/gatherings';
import { whenOf } from '../../../outings/when';
import { Task } from '../../../state/task';

type Year = Participation['years'][number];

/** `<my-participation>`: in what one took part, by fiscal year, kind and duty. */
export class MyParticipation extends LightElement {
  static override properties = { isQuiet: { type: Boolean } };

  /** Whether nothing is said where there is no record: to whoever lives elsewhere, or has left. */
  declare isQuiet: boolean;
  private readonly task = new Task<Participation>(this);

  constructor() {
    super();
    this.isQuiet = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private load(): Promise<boolean> {
    return this.task.run((signal) => get('/api/me/participation', signal));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.isQuiet && !this.task.value?.years.length) return nothing;
    return html`<section class="section no-print" aria-labelledby="participation">
      <h2 class="section-title" id="participation">${t('participation.title')}</h2>
      ${loaded(
        this.task,
        t('participation.failed'),
        () => void this.load(),
        ({ years }) =>
          years.length === 0 ? empty(t('participation.none')) : html`${years.map(year)}`,
      )}
    </section>`;
  }
}

const year = ({ fiscal_year, figures, gatherings }: Year): TemplateResult =>
  html`<h3>${fiscalYearName(fiscal_year)}</h3>
    <ul class="bullets">
      ${figures.map(
        ({ kind, duty, times, minutes }) =>
          html`<li data-kind=${kind}>
            ${kindName(kind)}(${dutyName(duty)}):
            <strong>${t('participation.times', { count: times })}</strong>
            ${t('participation.hours', { hours: String(hoursOf(minutes)) })}
          </li>`,
      )}
    </ul>
    <details>
      <summary>${t('participation.list')}</summary>
      <ul class="bullets">
        ${gatherings.map(
          (one) =>
            html`<li>
              <span lang=${langOf(one.title)}>${one.title}</span>
              <span class="section-text">${whenOf(one)} ${dutyName(one.duty)}</span>
            </li>`,
        )}
      </ul>
    </details>`;

customElements.define('my-participation', MyParticipation);
