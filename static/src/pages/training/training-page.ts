import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { Me } from '../../api/types';
import { selectField } from '../../components/form';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { empty, loaded } from '../../components/lists';
import { formatDay, today } from '../../format/dates';
import { formatDistance } from '../../format/distance';
import { fiscalYear, fiscalYearName, yearsUntil } from '../../format/fiscal-year';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/training';
import { t as surveyText } from '../../i18n/areas/survey';
import { OfflinePage } from '../../shell/offline-page';
import { Task } from '../../state/task';
import {
  keepSurveys,
  keptSurveys,
  type KeptSurveys,
  type MySurveys,
  type Survey,
} from '../../surveys/kept';
import './ask-form';
import { kindWords } from './ask-form';
import { certificate } from './certificate';
import { type Exemption, mayAsk, type MyTraining, type Obligation, type Suggestion } from './model';
import { obligationCard } from './obligation';
import './survey-form';

/** Where this browser keeps nothing, nothing waits. */
const NOTHING_KEPT = { items: [], receipts: [] } as const;

/** `<training-page>`: what one has to do in a fiscal year, how far one is, and which routes would help. */
export class TrainingPage extends OfflinePage {
  static override properties = { ...OfflinePage.properties, kept: { state: true } };

  protected readonly needs = ['read_me'];
  private readonly training = new Task<MyTraining>(this);
  private readonly surveys = new Task<MySurveys>(this);
  /** What is asked, on this device. */
  declare private kept: KeptSurveys | null;
  /** How many answers this device had receipts for when they were last asked for. */
  private received = 0;
  private readonly thisYear = fiscalYear(Date.now());
  private year = this.thisYear;
  private who = '';
  /** Whose certificate is on paper when the page is printed. */
  private printed: string | null = null;

  protected override heading(): string {
    return t('training.title');
  }

  constructor() {
    super();
    this.kept = null;
    void this.look();
  }

  private readonly again = (): void => {
    if (this.training.error?.kind === 'offline') void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.again);
  }

  protected override enter({ name }: Me): void {
    this.who = name;
    void this.load();
  }

  protected override updated(): void {
    super.updated();
    const receipts = this.outbox?.state.state.receipts ?? [];
    const received = receipts.filter(({ kind }) => kind === 'sheet').length;
    if (received === this.received) return;
    this.received = received;
    if (this.surveys.value) void this.loadSurveys();
  }

  protected override content(who: Me | null): TemplateResult {
    const isOffline = !who || this.training.error?.kind === 'offline';
    return html`${this.bars(false)} ${isOffline ? this.withoutNetwork() : this.all()}`;
  }

  /** Without a network: what is asked and can be answered. */
  private withoutNetwork(): TemplateResult {
    const kept = this.kept?.account === this.account() ? this.kept : null;
    const surveys = kept?.asked.fiscal_year === this.thisYear ? kept.asked.surveys : [];
    if (surveys.length === 0) {
      return html`<p class="notice">
        ${icon('info')}<span>${surveyText('survey.offline_none')}</span>
      </p>`;
    }
    return html`<p class="notice">${icon('info')}<span>${surveyText('survey.offline')}</span></p>
      <ul class="training-cards">
        ${surveys.map(
          (survey) =>
            html`<li class="card training-card">
              <h2>${pick(survey.title)}</h2>
              ${this.survey(survey, this.thisYear)}
            </li>`,
        )}
      </ul>`;
  }

  private all(): TemplateResult {
    return html`
      <p class="notice training-purpose">${icon('info')}<span>${t('training.purpose')}</span></p>
      <div class="record-year">
        ${selectField({
          name: 'year',
          label: t('training.year'),
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
      ${loaded(
        this.training,
        t('training.failed'),
        () => void this.load(),
        ({ obligations, suggestions, walks, office }) => html`
          <section class="section" aria-labelledby="obligations">
            <h2 class="section-title" id="obligations">${t('training.obligations')}</h2>
            ${
              obligations.length === 0
                ? empty(t('training.none'))
                : html`<ul class="training-cards">
                    ${obligations.map((one) => obligationCard(one, today(), this.more(one)))}
                  </ul>`
            }
          </section>
          ${this.year === this.thisYear ? suggested(suggestions, office) : nothing}
          <section class="section" aria-labelledby="walks">
            <h2 class="section-title" id="walks">${t('training.walks')}</h2>
            ${
              walks.length === 0
                ? empty(t('training.walks_none'))
                : html`<ul class="training-walks">
                    ${walks.map(
                      ({ title, day }) =>
                        html`<li>
                          <strong>${pick(title)}</strong> <span>${formatDay(day)}</span>
                        </li>`,
                    )}
                  </ul>`
            }
          </section>
        `,
      )}
    `;
  }

  private async load(): Promise<void> {
    const [isLoaded] = await Promise.all([
      this.training.run((signal) =>
        get(`/api/me/training?fiscal_year=${String(this.year)}`, signal),
      ),
      this.loadSurveys(),
    ]);
    if (!isLoaded) await this.look();
  }

  private async loadSurveys(): Promise<void> {
    const { year } = this;
    const path = `/api/me/surveys?fiscal_year=${String(year)}`;
    await this.surveys.run((signal) => get(path, signal));
    const [account, asked] = [this.account(), this.surveys.value];
    if (account && asked?.fiscal_year === this.thisYear) {
      await keepSurveys({ account, asked }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    const account = this.account();
    this.kept = account ? await keptSurveys(account).catch(() => null) : null;
  }

  /** The questions before and after of a programme. */
  private survey(survey: Survey, year: number): TemplateResult {
    const { items, receipts } = this.outbox?.state.state ?? NOTHING_KEPT;
    return html`${(['before', 'after'] as const).map(
      (moment) =>
        html`<survey-form
          class="no-print"
          .survey=${survey}
          .moment=${moment}
          .year=${year}
          .account=${this.account() ?? ''}
          .outbox=${this.outbox}
          .items=${items}
          .receipts=${receipts}
          @answered=${() => {
            this.requestUpdate();
            // Where nothing is kept here, the answers have gone already.
            if (!this.outbox) void this.loadSurveys();
          }}
        ></survey-form>`,
    )}`;
  }

  /** What can be done about an obligation. */
  private more(one: Obligation): TemplateResult {
    const { value, error } = this.surveys;
    const surveys = value?.fiscal_year === this.year ? value.surveys : [];
    const survey = surveys.find(({ programme_id }) => programme_id === one.programme_id);
    return html`
      ${survey ? this.survey(survey, this.year) : nothing}
      ${error && error.kind !== 'offline' ? failure(surveyText('survey.failed'), error, () => void this.loadSurveys()) : nothing}
      <div class="button-row">
        ${
          one.completed_on
            ? html`<button type="button" class="button" @click=${() => void this.print(one)}>
                ${icon('print')}${t('training.certificate')}
              </button>`
            : nothing
        }
        ${
          mayAsk(one) && this.year === this.thisYear
            ? html`<a class="button button-primary" href="/walk">${t('training.to_walk')}</a>`
            : nothing
        }
      </div>
      ${one.exemptions.length > 0 ? asked(one.exemptions) : nothing}
      ${
        mayAsk(one) && this.year === this.thisYear
          ? html`<ask-form
              .obligation=${one}
              .year=${this.year}
              @asked=${() => void this.load()}
            ></ask-form>`
          : nothing
      }
      ${this.printed === one.programme_id ? certificate(one, this.year, this.who) : nothing}
    `;
  }

  private async print(one: Obligation): Promise<void> {
    this.printed = one.programme_id;
    this.requestUpdate();
    await this.updateComplete;
    window.print();
  }
}

const suggested = (
  all: readonly Suggestion[],
  office: MyTraining['office'],
): TemplateResult | typeof nothing =>
  all.length === 0
    ? nothing
    : html`<section class="section" aria-labelledby="suggestions">
        <h2 class="section-title" id="suggestions">${t('training.suggestions')}</h2>
        ${
          office
            ? html`<p class="section-text">
                ${t('training.suggestions_from', { office: office.name })}
              </p>`
            : nothing
        }
        <ul class="training-suggestions">
          ${all.map(suggestion)}
        </ul>
      </section>`;

const MINUTE_S = 60;

const suggestion = (one: Suggestion): TemplateResult =>
  html`<li class="card">
    <h3><a href="/walk#${one.route_id}">${pick(one.title)}</a></h3>
    <p>
      ${one.is_new ? html`<span class="badge badge-done">${t('training.suggestion_new')}</span>` : nothing}
      ${
        one.visited_stops > 0
          ? html`<span class="badge badge-warning"
              >${t('training.suggestion_begun', { visited: one.visited_stops, stops: one.stops })}</span
            >`
          : nothing
      }
      ${t('training.suggestion_length', {
        minutes: Math.round(one.duration_s / MINUTE_S),
        length: formatDistance(one.length_m),
      })}
    </p>
    ${where(one)}
  </li>`;

/** In which district it is, and how far from where one works. */
function where({ district, is_away, from_office_m }: Suggestion): TemplateResult | typeof nothing {
  const words = [
    ...(district ? [is_away ? t('training.suggestion_away', { district }) : district] : []),
    ...(typeof from_office_m === 'number'
      ? [t('training.suggestion_far', { distance: formatDistance(from_office_m) })]
      : []),
  ];
  return words.length > 0
    ? html`<p class="section-text">${words.join(t('text.separator'))}</p>`
    : nothing;
}

const asked = (all: readonly Exemption[]): TemplateResult =>
  html`<div class="training-asked">
    <h4>${t('training.asked')}</h4>
    <ul>
      ${all.map(
        (one) =>
          html`<li>
            <span class="badge ${one.granted === true ? 'badge-done' : 'badge-warning'}">
              ${
                one.granted === true
                  ? t('training.granted')
                  : one.granted === false
                    ? t('training.refused')
                    : t('training.waiting')
              }
            </span>
            ${kindWords(one.kind)}
            ${one.answer ? html`<p class="section-text">${t('training.answer', { text: one.answer })}</p>` : nothing}
          </li>`,
      )}
    </ul>
  </div>`;

customElements.define('training-page', TrainingPage);
