import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ApiError, send } from '../../api/client';
import type { components } from '../../api/schema';
import { formError, submitButton } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { formatDay } from '../../format/dates';
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/survey';
import { type Item, newId, type Outbox, type Receipt } from '../../outbox';
import { Task } from '../../state/task';
import type { Survey } from '../../surveys/kept';
import {
  type Answers,
  answersOf,
  latest,
  type Moment,
  nextRevision,
  ofSheet,
  POINTS,
  sheetBody,
  shown,
  type Which,
} from './survey-model';

const MOMENTS: Record<Moment, Key> = { before: 'survey.before', after: 'survey.after' };
const STATES = {
  waiting: 'survey.waiting',
  answered: 'survey.answered',
  not_answered: 'survey.not_answered',
} as const;

type Results = components['schemas']['SheetResults'];

/** `<survey-form>`: the questions before, or after, of one programme. Answers go through the outbox. Says `answered` once they are kept. */
export class SurveyForm extends LightElement {
  static override properties = {
    survey: { attribute: false },
    moment: {},
    year: { type: Number },
    account: {},
    outbox: { attribute: false },
    items: { attribute: false },
    receipts: { attribute: false },
  };

  declare survey: Survey;
  declare moment: Moment;
  declare year: number;
  /** Whose answers they are. */
  declare account: string;
  /** Null where this browser keeps nothing: then answers go at once, or not at all. */
  declare outbox: Outbox | null;
  /** What waits on this device. */
  declare items: readonly Item[];
  /** What was received from it. */
  declare receipts: readonly Receipt[];
  /** What is chosen; null as long as nothing was changed. */
  private chosen: Answers | null = null;
  private readonly sending = new Task<unknown>(this);

  private which(moment = this.moment): Which {
    return { programme: this.survey.programme_id, year: this.year, moment };
  }

  /** What waits of a sheet. */
  private waiting(moment = this.moment): Item[] {
    return ofSheet(this.items, this.which(moment), this.account);
  }

  private isAnswered(moment: Moment): boolean {
    const received = ofSheet(this.receipts, this.which(moment), this.account);
    const queued = this.waiting(moment).filter(({ state }) => state.is === 'queued');
    return this.survey[moment].revision > 0 || queued.length + received.length > 0;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { moment, survey } = this;
    switch (shown(survey, moment, this.isAnswered('before'))) {
      case 'form':
        return this.form();
      case 'too_late':
        return html`<p class="section-text survey-note">
          ${t(this.isAnswered('before') ? 'survey.too_late_answered' : 'survey.too_late')}
        </p>`;
      case 'closed':
        return html`<p class="section-text survey-note">
          ${t(MOMENTS[moment])}: ${t('survey.closed')}
        </p>`;
      case 'nothing':
        return nothing;
    }
  }

  private form(): TemplateResult {
    const { moment, survey } = this;
    const isAnswered = this.isAnswered(moment);
    const state = this.waiting().length > 0 ? 'waiting' : isAnswered ? 'answered' : 'not_answered';
    const until = formatDay(survey.until);
    return html`<details class="training-ask survey" data-moment=${moment} data-state=${state}>
      <summary>
        ${t(MOMENTS[moment])}
        <span class="badge ${state === 'answered' ? 'badge-done' : 'badge-warning'}"
          >${t(STATES[state])}</span
        >
        <span class="survey-count">${t('survey.count', { count: survey.questions.length })}</span>
      </summary>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.answer();
        }}
      >
        <div class="survey-lead">
          <p>${t('survey.purpose')}</p>
          <p>${t('survey.voluntary')}</p>
          <p>${t('survey.who_sees', { until })}</p>
        </div>
        ${
          this.outbox
            ? nothing
            : html`<p class="notice notice-warning">
                ${icon('warning')}<span>${t('survey.cannot_keep')}</span>
              </p>`
        }
        <p class="survey-scale">${t('survey.scale')}</p>
        ${survey.questions.map((question, index) => this.question(question, index))}
        <p class="section-text">
          ${moment === 'before' ? t('survey.again_before') : t('survey.again', { until })}
        </p>
        ${formError(this.sending.error)}
        <div class="button-row">
          ${submitButton(t(isAnswered ? 'survey.send_again' : 'survey.send'), this.sending.busy)}
        </div>
      </form>
    </details>`;
  }

  private answers(): Answers {
    const waits = latest(this.waiting());
    return this.chosen ?? (waits ? answersOf(waits) : this.survey[this.moment].answers);
  }

  private question({ id, text }: Survey['questions'][number], index: number): TemplateResult {
    const name = `${this.moment}-${this.survey.programme_id}-${id}`;
    const answer = this.answers()[id];
    const choice = (points: number | undefined, label: string, words: string): TemplateResult =>
      html`<label class="survey-choice ${points === undefined ? 'survey-none' : ''}">
        <input
          type="radio"
          name=${name}
          aria-label=${words}
          .checked=${live(answer === points)}
          @change=${() => {
            this.choose(id, points);
          }}
        />
        <span aria-hidden="true">${label}</span>
      </label>`;
    return html`<fieldset class="survey-question">
      <legend>${index + 1}. ${pick(text)}</legend>
      <div class="survey-choices">
        ${POINTS.map((points) => choice(points, String(points), pointsWords(points)))}
        ${choice(undefined, t('survey.none'), t('survey.none'))}
      </div>
      <p class="survey-ends" aria-hidden="true">
        <span>${t('survey.least')}</span><span>${t('survey.most')}</span>
      </p>
    </fieldset>`;
  }

  private choose(id: string, points: number | undefined): void {
    const others = Object.entries(this.answers()).filter(([one]) => one !== id);
    this.chosen = Object.fromEntries(points === undefined ? others : [...others, [id, points]]);
    this.requestUpdate();
  }

  private async answer(): Promise<void> {
    if (this.sending.busy) return;
    const { outbox, moment, account } = this;
    const answers = this.answers();
    const waits = this.waiting();
    const received = ofSheet(this.receipts, this.which(), account);
    const revision = nextRevision(this.survey[moment].revision, [...waits, ...received]);
    const id = newId();
    const now = new Date();
    const body = sheetBody(id, this.which(), revision, answers, now);
    const done = await this.sending.run(async (signal) => {
      if (!outbox) {
        await sendNow(body, signal);
        return;
      }
      const state = { is: 'queued', tries: 0 } as const;
      await outbox.add([{ id, kind: 'sheet', owner: account, made: now.getTime(), body, state }]);
      // The new ones are on the disk: those that they take the place of need not go any more.
      for (const one of waits) await outbox.dismiss(one.id);
    });
    if (!done) return;
    this.chosen = null;
    say(() => t(outbox && !navigator.onLine ? 'survey.kept' : 'survey.sent'));
    this.dispatchEvent(new CustomEvent('answered', { bubbles: true }));
  }
}

/** What one of the points is called: the ends have words. */
const pointsWords = (points: number): string =>
  points === 1 ? t('survey.least') : points === 5 ? t('survey.most') : String(points);

/** Sends answers at once. */
async function sendNow(body: Record<string, unknown>, signal: AbortSignal): Promise<void> {
  const { results } = await send<Results>('POST', '/api/me/sheets', { sheets: [body] }, { signal });
  const [result] = results;
  if (result?.status === 'stored' || result?.status === 'duplicate') return;
  throw new ApiError('conflict', null, result?.reason?.message ?? t('survey.send_failed'));
}

customElements.define('survey-form', SurveyForm);
