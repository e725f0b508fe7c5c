import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import { ask } from '../../../components/dialog';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  submitButton,
} from '../../../components/form';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { moment } from '../../../components/moment';
import { formatDay } from '../../../format/dates';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/visits';
import { Task } from '../../../state/task';
import {
  barred,
  type Checked,
  type DecidedVisit,
  evidenceOf,
  isTickable,
  needsReason,
  notesOf,
  type Step,
  stepsFor,
} from '../model/visits';
import {
  askedText,
  decisionText,
  doneText,
  evidenceText,
  flagText,
  nameText,
  OUTCOMES,
  positionText,
  verbOf,
  whoText,
} from '../words';
import './visit-photos';

/** The longest reason, as in the service. */
const LONGEST = 500;

/** `<visit-card>`: one visit with all that is known of it, and what can be decided. */
export class VisitCard extends LightElement {
  static override properties = {
    one: { attribute: false },
    number: { type: Number },
    isTicked: { attribute: false },
    isChosen: { attribute: false },
    problem: {},
    saying: { state: true },
  };

  declare one: Checked;
  declare number: number;
  declare isTicked: boolean;
  declare isChosen: boolean;
  /** Why it could not be decided with others. */
  declare problem: string;
  /** For which step a reason is being written. */
  declare private saying: Step | null;
  private reason = '';
  private readonly deciding = new Task<DecidedVisit>(this);
  private wrong: Record<string, string> = {};

  constructor() {
    super();
    this.problem = '';
    this.saying = null;
  }

  protected override render(): TemplateResult {
    const { one, number } = this;
    const { owned, outcome } = one;
    const { visit, owner } = owned;
    const { words, tone } = OUTCOMES[outcome];
    return html`<article
      class="card visit ${this.isChosen ? 'is-chosen' : ''}"
      aria-labelledby="visit-${visit.id}"
      data-visit=${visit.id}
      data-outcome=${outcome}
    >
      <header class="visit-head">
        ${this.tick()}
        <h3 class="visit-name" id="visit-${visit.id}">
          <span class="visit-number" aria-hidden="true">${number}</span>
          <span>${pick(visit.stop_name)}</span>
          <span class="visually-hidden">${whoText(owner)}</span>
        </h3>
        <span class="badge ${tone}">${t(words)}</span>
      </header>
      <p class="visit-who">
        <strong>${whoText(owner)}</strong>
        <span>${visit.at ? moment(visit.at) : formatDay(visit.day)}</span>
        <span>${pick(visit.route_title)}</span>
      </p>
      ${this.flags()} ${this.facts()}
      <visit-photos .visit=${visit}></visit-photos>
      ${this.history()} ${this.actions()}
    </article>`;
  }

  private tick(): TemplateResult | typeof nothing {
    if (!isTickable(this.one)) return nothing;
    return html`<label class="visit-tick">
      <input
        type="checkbox"
        .checked=${this.isTicked}
        @change=${() => {
          this.tell('tick');
        }}
      />
      <span class="visually-hidden">${t('visits.tick', { number: this.number })}</span>
    </label>`;
  }

  private flags(): TemplateResult | typeof nothing {
    const { flags } = this.one.owned.visit;
    if (flags.length === 0) return nothing;
    return html`<div class="visit-flags">
      <h4>${icon('warning')}${t('visits.flags')}</h4>
      <ul class="bullets">
        ${flags.map(({ code }) => html`<li data-flag=${code}>${flagText(code)}</li>`)}
      </ul>
    </div>`;
  }

  private facts(): TemplateResult {
    const { visit } = this.one.owned;
    const [verdict, ...figures] = positionText(visit);
    const notes = notesOf(visit);
    return html`<dl class="facts visit-facts">
      <dt>${t('visits.position')}</dt>
      <dd>
        <strong data-verdict=${visit.verdict ?? 'none'}>${verdict}</strong> ${figures.join(' ')}
        <button
          type="button"
          class="link-button"
          aria-pressed=${this.isChosen ? 'true' : 'false'}
          @click=${() => {
            this.tell('choose');
          }}
        >
          ${t('visits.on_map')}
        </button>
      </dd>
      <dt>${t('visits.evidence')}</dt>
      <dd>
        <ul>
          ${evidenceOf(visit).map((evidence) => html`<li>${evidenceText(evidence)}</li>`)}
        </ul>
      </dd>
      <dt>${t('visits.asked')}</dt>
      <dd>${askedText(visit)}</dd>
      ${notes.length > 0 ? html`<dt>${t('visits.note')}</dt>` : nothing}
      ${notes.map((note) => html`<dd>${note}</dd>`)}
      ${
        visit.received_at
          ? html`<dt>${t('visits.received')}</dt>
              <dd>${moment(visit.received_at)}</dd>`
          : nothing
      }
    </dl>`;
  }

  private history(): TemplateResult | typeof nothing {
    const { decisions } = this.one.owned.visit;
    if (decisions.length === 0) return nothing;
    return html`<div class="visit-history">
      <h4>${t('visits.decisions')}</h4>
      <ul class="bullets">
        ${decisions.map(
          ({ kind, at, reason }) =>
            html`<li>
              ${moment(at)} ${decisionText(kind)}${reason ? html`: ${reason}` : nothing}
            </li>`,
        )}
      </ul>
    </div>`;
  }

  private actions(): TemplateResult {
    const bar = barred(this.one.owned);
    const isDecided = this.one.decisions > this.one.owned.visit.decisions.length;
    return html`
      ${
        bar && this.one.outcome === 'pending'
          ? html`<p class="visit-bar">
              ${icon('info')}${bar === 'own' ? t('visits.own') : t('visits.imported_by_you')}
            </p>`
          : nothing
      }
      ${
        this.problem && !isDecided
          ? html`<div class="notice notice-error" role="alert">
              ${icon('warning')}<span>${this.problem}</span>
            </div>`
          : nothing
      }
      ${formError(this.deciding.error, ['reason'])}
      ${this.saying ? this.form(this.saying) : this.buttons()}
    `;
  }

  private buttons(): TemplateResult | typeof nothing {
    const steps = stepsFor(this.one);
    if (steps.length === 0) return nothing;
    const name = nameText(this.one.owned, this.number);
    return html`<div class="button-row">
      ${steps.map(
        (step) =>
          html`<button
            type="button"
            class="button ${step === 'accept' ? 'button-primary' : ''}"
            data-step=${step}
            aria-label="${verbOf(step)}: ${name}"
            aria-disabled=${this.deciding.busy ? 'true' : nothing}
            @click=${() => {
              if (this.deciding.busy) return;
              if (needsReason(step)) this.open(step);
              else void this.decide(step);
            }}
          >
            ${step === 'accept' ? icon('check') : nothing}${verbOf(step)}
          </button>`,
      )}
    </div>`;
  }

  private form(step: Step): TemplateResult {
    return html`<form
      class="form visit-form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.submit(step);
      }}
    >
      ${areaField({
        name: `reason-${this.one.owned.visit.id}`,
        label: t('visits.reason'),
        help: step === 'void' ? t('visits.reason_void_help') : t('visits.reason_reject_help'),
        value: this.reason,
        required: true,
        maxLength: LONGEST,
        rows: 2,
        error: this.wrong['reason'] ?? this.deciding.fields['reason'],
        onInput: (value) => {
          this.reason = value;
        },
      })}
      <div class="button-row">
        ${submitButton(verbOf(step), this.deciding.busy, step === 'void')}
        <button
          type="button"
          class="button"
          @click=${() => {
            this.close(step);
          }}
        >
          ${t('visits.cancel')}
        </button>
      </div>
    </form>`;
  }

  private open(step: Step): void {
    this.saying = step;
    this.wrong = {};
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('textarea')?.focus());
  }

  private close(step: Step): void {
    this.saying = null;
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`[data-step="${step}"]`)?.focus(),
    );
  }

  private async submit(step: Step): Promise<void> {
    this.wrong = missing({ reason: this.reason });
    this.requestUpdate();
    if (Object.keys(this.wrong).length > 0) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    if (step === 'void') {
      const stop = pick(this.one.owned.visit.stop_name);
      const isMeant = await ask({
        title: () => t('visits.void_ask'),
        text: () => t('visits.void_ask_text', { stop }),
        yes: () => t('visits.void'),
        danger: true,
      });
      if (!isMeant) return;
    }
    await this.decide(step);
  }

  private async decide(step: Step): Promise<void> {
    const { owned, decisions } = this.one;
    const { visit } = owned;
    const path = `/api/visits/${visit.id}/${step === 'void' ? 'void' : 'decision'}`;
    const said = needsReason(step) ? { reason: this.reason } : {};
    const body = {
      ...said,
      ...(step === 'void' ? {} : { decision: step }),
      seen_decisions: decisions,
    };
    const isDone = await this.deciding.run((signal) => send('POST', path, body, { signal }));
    const { value } = this.deciding;
    if (!isDone || !value) return;
    this.saying = null;
    this.reason = '';
    say(() => doneText(step, visit));
    this.dispatchEvent(new CustomEvent('decided', { detail: value, bubbles: true }));
    await this.updateComplete;
    // The buttons have changed: the card itself is where one was.
    const heading = this.querySelector<HTMLElement>('.visit-name');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  }

  private tell(what: 'tick' | 'choose'): void {
    this.dispatchEvent(new CustomEvent(what, { detail: this.one.owned.visit.id, bubbles: true }));
  }
}

customElements.define('visit-card', VisitCard);
