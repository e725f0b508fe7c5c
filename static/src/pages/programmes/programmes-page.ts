import { html, nothing, type TemplateResult } from 'lit';
import { exchange, get } from '../../api/client';
import { ask } from '../../components/dialog';
import '../../components/export-buttons';
import { failure } from '../../components/failure';
import { selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { fiscalYear, fiscalYearName } from '../../format/fiscal-year';
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/training';
import { PageElement } from '../../shell/page-element';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import type { Programme, ProgrammeList } from '../completion/model';
import { loadOrganisation, organisation } from '../roster/words';
import { programmeCard } from './card';
import './exemption-list';
import './office-list';
import { actions } from './model';
import './programme-form';
import './reminder-days';
import type { Subject } from './programme-form';
import './year-archive';

/** So many years before this one can be looked at, and so many after it planned. */
const BEFORE = 5;
const AFTER = 2;

const LABELS: Record<ReturnType<typeof actions>[number], Key> = {
  edit: 'programmes.edit',
  start: 'programmes.start',
  take_back: 'programmes.take_back',
  end: 'programmes.end',
  go_on: 'programmes.go_on',
  plan_next: 'programmes.plan_next',
};

/** `<programmes-page>`: what HR plans, opens and ends, and what people ask for. */
export class ProgrammesPage extends PageElement {
  protected readonly needs = ['write_programmes'];
  private readonly programmes = new Task<readonly Programme[]>(this);
  private readonly acting = new Task<unknown>(this);
  private readonly thisYear = fiscalYear(Date.now());
  private year = this.thisYear;
  private subject: Subject | null = null;

  constructor() {
    super();
    new Watch(this, organisation, (state) => [state]);
  }

  protected override heading(): string {
    return t('programmes.title');
  }

  protected override enter(): void {
    void this.load();
  }

  protected override content(): TemplateResult {
    return html`
      <p class="page-lead">${t('programmes.lead')}</p>
      <div class="record-year">
        ${selectField({
          name: 'year',
          label: t('training.year'),
          value: String(this.year),
          options: Array.from(
            { length: BEFORE + AFTER + 1 },
            (_, index) => this.thisYear + AFTER - index,
          ).map((year) => ({
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
        this.acting.error
          ? failure(t('programmes.action_failed'), this.acting.error, () => void this.load())
          : nothing
      }
      ${loaded(
        this.programmes,
        t('programmes.failed'),
        () => void this.load(),
        (programmes) => html`
          ${
            programmes.length === 0
              ? empty(t('programmes.none'))
              : html`<section class="section" aria-labelledby="programmes">
                  <h2 class="section-title" id="programmes">${fiscalYearName(this.year)}</h2>
                  <ul class="training-cards">
                    ${programmes.map((one) => programmeCard(one, this.buttons(one)))}
                  </ul>
                  <export-buttons
                    .path=${`/api/programmes?fiscal_year=${String(this.year)}`}
                    .name=${t('programmes.title')}
                  ></export-buttons>
                </section>`
          }
          ${this.subject ? this.form(this.subject) : this.newButton()}
        `,
      )}
      <exemption-list .year=${this.year}></exemption-list>
      <office-list></office-list>
      <year-archive .year=${this.year}></year-archive>
    `;
  }

  private async load(): Promise<void> {
    this.subject = null;
    this.acting.reset();
    await this.programmes.run(async (signal) => {
      const path = `/api/programmes?fiscal_year=${String(this.year)}`;
      const [{ programmes }] = await Promise.all([
        get<ProgrammeList>(path, signal),
        loadOrganisation(),
      ]);
      return programmes;
    });
  }

  private newButton(): TemplateResult | typeof nothing {
    if (this.year < this.thisYear) return nothing;
    return html`<button
      type="button"
      class="button button-primary"
      @click=${() => {
        this.edit({ programme: null, year: this.year, version: 0 });
      }}
    >
      ${icon('plus')}${t('programmes.new')}
    </button>`;
  }

  private form(subject: Subject): TemplateResult {
    return html`<programme-form
      .subject=${subject}
      @saved=${() => {
        this.year = subject.year;
        void this.load();
      }}
      @cancelled=${() => {
        this.subject = null;
        this.requestUpdate();
      }}
    ></programme-form>`;
  }

  private edit(subject: Subject): void {
    this.subject = subject;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>('#programme-form-title')?.focus();
    });
  }

  private buttons(one: Programme): TemplateResult {
    const does = {
      edit: () => {
        this.edit({ programme: one, year: one.fiscal_year, version: one.version });
      },
      plan_next: () => void this.planNext(one),
      start: () => void this.start(one),
      take_back: () => void this.takeBack(one),
      end: () => void this.end(one, true),
      go_on: () => void this.end(one, false),
    };
    const isRunning = one.opened_at && one.fiscal_year === this.thisYear;
    return html`<div class="button-row">
        ${actions(one, this.thisYear).map(
          (action) =>
            html`<button
              type="button"
              class="button ${action === 'start' ? 'button-primary' : ''}"
              @click=${does[action]}
            >
              ${t(LABELS[action], { year: String(one.fiscal_year + 1) })}
            </button>`,
        )}
      </div>
      ${
        isRunning
          ? html`<reminder-days
              .programme=${one}
              @saved=${() => {
                say(() => t('programmes.changed'));
                void this.load();
              }}
            ></reminder-days>`
          : nothing
      }`;
  }

  /** Plans the next year: what is planned already is changed, and otherwise begins as this year is. */
  private async planNext(one: Programme): Promise<void> {
    const year = one.fiscal_year + 1;
    await this.acting.run(async (signal) => {
      const { programmes } = await get<ProgrammeList>(
        `/api/programmes?fiscal_year=${String(year)}`,
        signal,
      );
      const planned = programmes.find(({ id }) => id === one.id);
      this.edit({ programme: planned ?? one, year, version: planned?.version ?? 0 });
    });
  }

  private async start(one: Programme): Promise<void> {
    const sure = await ask({
      title: () => t('programmes.start_title', { title: pick(one.rule.title) }),
      text: () => t('programmes.start_text'),
      yes: () => t('programmes.start'),
      danger: true,
    });
    if (!sure) return;
    await this.act('programmes.started', 'POST', `${this.pathOf(one)}/open`, one.version);
  }

  private async takeBack(one: Programme): Promise<void> {
    const sure = await ask({
      title: () =>
        t('programmes.take_back_title', {
          title: pick(one.rule.title),
          year: String(one.fiscal_year),
        }),
      yes: () => t('programmes.take_back'),
      danger: true,
    });
    if (sure) await this.act('programmes.taken_back', 'DELETE', this.pathOf(one));
  }

  private async end(one: Programme, ended: boolean): Promise<void> {
    await this.act('programmes.changed', 'PUT', `/api/programmes/${one.id}/ended`, undefined, {
      ended,
    });
  }

  private pathOf({ id, fiscal_year }: Programme): string {
    return `/api/programmes/${id}/years/${String(fiscal_year)}`;
  }

  private async act(
    words: Key,
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    version?: number,
    body?: unknown,
  ): Promise<void> {
    const done = await this.acting.run((signal) =>
      exchange(method, path, body, {
        signal,
        ifMatch: version === undefined ? null : `"${String(version)}"`,
      }),
    );
    if (!done) return;
    say(() => t(words));
    await this.load();
  }
}

customElements.define('programmes-page', ProgrammesPage);
