import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { type Column, dataTable } from '../../components/data-table';
import '../../components/export-buttons';
import { checkField, selectField, textField } from '../../components/form';
import { icon } from '../../components/icon';
import { empty, loaded, paged } from '../../components/lists';
import { formatDay } from '../../format/dates';
import { fiscalYear, fiscalYearName, yearsUntil } from '../../format/fiscal-year';
import { pick } from '../../i18n';
import { t as nominationText } from '../../i18n/areas/nomination';
import { t as surveyText } from '../../i18n/areas/survey';
import { t } from '../../i18n/areas/training';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Pages, Task } from '../../state/task';
import { groups, total } from './figures';
import '../../surveys/change-section';
import './outlook-section';
import {
  GROUPINGS,
  type Grouping,
  peoplePath,
  type Person,
  type Programme,
  type ProgrammeList,
  type Query,
  type Report,
  reportPath,
  type StandingList,
  STANDS,
  type Stands,
} from './model';
import './put-forward';
import './send-reminders';

/** `<completion-page>`: how many have completed their training, and who has not. */
export class CompletionPage extends PageElement {
  protected readonly needs = ['read_completion'];
  private readonly programmes = new Task<readonly Programme[]>(this);
  private readonly report = new Task<Report>(this);
  private readonly people = new Pages<Person, StandingList>(this, (list) => list.people);
  private readonly thisYear = fiscalYear(Date.now());
  private query: Query = { year: this.thisYear, programme: '', by: 'division', asOf: '' };
  private stands: Stands = 'missing';
  private named = false;
  /** Who is to be put forward for an outing. */
  private chosen: ReadonlySet<string> = new Set();

  protected override heading(): string {
    return t('completion.title');
  }

  protected override enter(): void {
    void this.open();
  }

  protected override content(): TemplateResult {
    return html`
      <p class="notice training-purpose">${icon('info')}<span>${t('completion.purpose')}</span></p>
      ${loaded(
        this.programmes,
        t('completion.failed'),
        () => void this.open(),
        (programmes) => html`
          ${this.form(programmes)}
          ${
            programmes.length === 0
              ? empty(t('completion.none'))
              : html`${loaded(
                    this.report,
                    t('completion.failed'),
                    () => void this.load(),
                    (report) => html`
                      <section class="section" aria-labelledby="total">
                        <h2 class="section-title" id="total">${pick(report.title)}</h2>
                        ${total(report)}
                      </section>
                      <section class="section" aria-labelledby="groups">
                        <h2 class="section-title" id="groups">${t('completion.groups')}</h2>
                        ${groups(report)}
                        <export-buttons
                          .path=${reportPath(this.query)}
                          .name=${t('completion.groups')}
                        ></export-buttons>
                      </section>
                      ${
                        this.query.year === this.thisYear
                          ? html`<send-reminders
                              class="no-print"
                              .report=${report}
                            ></send-reminders>`
                          : nothing
                      }
                    `,
                  )}
                  <outlook-section
                    .year=${this.query.year}
                    .programme=${this.query.programme}
                    .isCurrent=${this.query.year === this.thisYear}
                  ></outlook-section>
                  <section class="section" aria-labelledby="change">
                    <h2 class="section-title" id="change">${surveyText('change.title')}</h2>
                    <change-section
                      .year=${this.query.year}
                      .programme=${this.query.programme}
                    ></change-section>
                  </section>
                  ${this.names()}`
          }
        `,
      )}
    `;
  }

  /** Opens a fiscal year. */
  private async open(): Promise<void> {
    const path = `/api/programmes?fiscal_year=${String(this.query.year)}`;
    const found = await this.programmes.run(async (signal) =>
      (await get<ProgrammeList>(path, signal)).programmes.filter(({ opened_at }) => opened_at),
    );
    this.query = { ...this.query, programme: this.programmes.value?.[0]?.id ?? '' };
    if (found && this.query.programme) await this.load();
  }

  private async load(): Promise<void> {
    this.named = false;
    await this.report.run((signal) => get<Report>(reportPath(this.query), signal));
  }

  private change(more: Partial<Query>): void {
    this.query = { ...this.query, ...more };
    void (more.year ? this.open() : this.load());
  }

  private form(programmes: readonly Programme[]): TemplateResult {
    const { year, programme, by, asOf } = this.query;
    return html`<div class="completion-form">
      ${selectField({
        name: 'year',
        label: t('training.year'),
        value: String(year),
        options: yearsUntil(this.thisYear).map((one) => ({
          value: String(one),
          label: fiscalYearName(one),
        })),
        onInput: (value) => {
          this.change({ year: Number(value), asOf: '' });
        },
      })}
      ${selectField({
        name: 'programme',
        label: t('completion.programme'),
        value: programme,
        options: programmes.map(({ id, rule }) => ({ value: id, label: pick(rule.title) })),
        onInput: (value) => {
          this.change({ programme: value });
        },
      })}
      ${selectField({
        name: 'by',
        label: t('completion.by'),
        value: by,
        options: Object.entries(GROUPINGS).map(([value, key]) => ({ value, label: t(key) })),
        onInput: (value) => {
          this.change({ by: value as Grouping });
        },
      })}
      ${textField({
        name: 'as_of',
        label: t('completion.as_of'),
        help: t('completion.as_of_help'),
        type: 'date',
        value: asOf,
        error: this.report.fields['as_of'],
        onInput: (value) => {
          this.change({ asOf: value });
        },
      })}
    </div>`;
  }

  /** Names are asked for only when somebody wants to see them: it is recorded. */
  private names(): TemplateResult {
    return html`<section class="section" aria-labelledby="people">
      <h2 class="section-title" id="people">${t('completion.people')}</h2>
      <div class="record-year">
        ${selectField({
          name: 'stands',
          label: t('completion.stands'),
          value: this.stands,
          options: Object.entries(STANDS).map(([value, key]) => ({ value, label: t(key) })),
          onInput: (value) => {
            this.stands = value as Stands;
            this.named = false;
            this.requestUpdate();
          },
        })}
      </div>
      ${
        this.named
          ? paged(this.people, t('completion.people_failed'), (people) =>
              people.length === 0 ? empty(t('completion.people_none')) : this.table(people),
            )
          : html`<button
              type="button"
              class="button"
              @click=${() => {
                this.named = true;
                this.chosen = new Set();
                void this.people.start(peoplePath(this.query, this.stands));
              }}
            >
              ${icon('person')}${t('completion.open_people')}
            </button>`
      }
      <export-buttons
        recorded
        .path=${peoplePath(this.query, this.stands)}
        .name=${t('completion.people')}
      ></export-buttons>
    </section>`;
  }

  private table(people: readonly Person[]): TemplateResult {
    const count = this.people.value?.total ?? 0;
    const choosing = this.mayPutForward();
    return html`<p class="section-text">${t('completion.people_count', { count })}</p>
      ${choosing ? this.chooseAll(people) : nothing}
      ${dataTable<Person>({
        caption: t('completion.people'),
        rows: people,
        key: ({ staff_id }) => staff_id,
        columns: [
          {
            label: t('completion.name'),
            isName: true,
            cell: ({ name, number }) =>
              html`${name ?? t('completion.erased')} ${number ?? nothing}`,
          },
          { label: t('completion.department'), cell: ({ department_name }) => department_name },
          {
            label: t('completion.progress'),
            isNumber: true,
            cell: ({ routes_done, routes_needed }) =>
              `${String(routes_done)} / ${String(routes_needed)}`,
          },
          {
            label: t('completion.due_on'),
            cell: ({ due_on, completed_on }) =>
              completed_on
                ? t('training.completed_on', { day: formatDay(completed_on) })
                : due_on
                  ? formatDay(due_on)
                  : '-',
          },
          ...(choosing ? [this.chooser()] : []),
        ],
      })}
      ${
        choosing
          ? html`<put-forward
              .people=${this.chosen}
              @done=${() => {
                this.choose([]);
              }}
            ></put-forward>`
          : nothing
      }`;
  }

  /** Those who have something left to do can be put forward for an outing, by whoever may. */
  private mayPutForward(): boolean {
    return may('nominate_participants') && (this.stands === 'missing' || this.stands === 'overdue');
  }

  private choose(people: Iterable<string>): void {
    this.chosen = new Set(people);
    this.requestUpdate();
  }

  private chooseAll(people: readonly Person[]): TemplateResult {
    const button = (label: string, chosen: readonly string[]): TemplateResult =>
      html`<button
        type="button"
        class="button button-small"
        @click=${() => {
          this.choose(chosen);
        }}
      >
        ${label}
      </button>`;
    return html`<div class="button-row">
      ${button(
        nominationText('nomination.all'),
        people.map(({ staff_id }) => staff_id),
      )}
      ${this.chosen.size > 0 ? button(nominationText('nomination.none'), []) : nothing}
    </div>`;
  }

  private chooser(): Column<Person> {
    return {
      label: nominationText('nomination.column'),
      cell: ({ staff_id, name }) =>
        checkField({
          name: `forward-${staff_id}`,
          label: nominationText('nomination.select', { name: name ?? '' }),
          checked: this.chosen.has(staff_id),
          onChange: (checked) => {
            const chosen = new Set(this.chosen);
            if (checked) chosen.add(staff_id);
            else chosen.delete(staff_id);
            this.choose(chosen);
          },
        }),
    };
  }
}

customElements.define('completion-page', CompletionPage);
