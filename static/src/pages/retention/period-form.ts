import { html, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import type { ChangedRetentionPeriod, RetentionClass, RetentionPeriod } from '../../api/types';
import { ask } from '../../components/dialog';
import { failureText } from '../../components/failure';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { onLanguageChange, pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/retention';
import { Task } from '../../state/task';
import { length, periodWords } from './words';

const UNITS = {
  hours: 'retention.unit_hours',
  days: 'retention.unit_days',
  months: 'retention.unit_months',
  years: 'retention.unit_years',
} as const satisfies Record<RetentionPeriod['unit'], Key>;
const FIELDS = ['amount', 'unit', 'counted_from', 'reason'] as const;

/** `<period-form>`: a new period for one class of data. Says `saved` or `cancelled`. */
export class PeriodForm extends LightElement {
  private of: RetentionClass | null = null;
  private readonly saving = new Task<ChangedRetentionPeriod>(this);
  private values: Record<(typeof FIELDS)[number], string> = {
    amount: '',
    unit: '',
    counted_from: '',
    reason: '',
  };
  private wrong: FieldErrors = {};
  private stop: (() => void) | undefined;

  /** The class whose period is changed. */
  set class(of: RetentionClass) {
    if (of.class === this.of?.class) return;
    this.of = of;
    const { amount, unit, counted_from } = of.period;
    this.values = { amount: String(amount), unit, counted_from, reason: '' };
    this.wrong = {};
    this.saving.reset();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = onLanguageChange(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  protected override render(): TemplateResult {
    const { of } = this;
    if (!of) return html``;
    const event = pick(of.event);
    return html`<form
      class="form card retention-page-form"
      novalidate
      aria-labelledby="period-form-title"
      @submit=${(submit: Event) => {
        submit.preventDefault();
        void this.save(of, false);
      }}
    >
      <h2 class="section-title" id="period-form-title" tabindex="-1">
        ${t('retention.form', { title: pick(of.title) })}
      </h2>
      ${formError(this.saving.error, FIELDS)}
      ${textField({
        ...this.field('amount'),
        label: t('retention.amount'),
        keyboard: 'numeric',
        help: t('retention.amount_help', {
          default: periodWords(of, of.default),
          shortest: length(of.shortest),
        }),
      })}
      ${selectField({
        ...this.field('unit'),
        label: t('retention.unit'),
        options: of.units.map((unit) => ({ value: unit, label: t(UNITS[unit]) })),
      })}
      ${selectField({
        ...this.field('counted_from'),
        label: t('retention.counted_from'),
        options: [
          { value: 'event', label: t('retention.counted_event', { event }) },
          { value: 'fiscal_year_end', label: t('retention.counted_april', { event }) },
        ],
      })}
      ${areaField({
        ...this.field('reason'),
        label: t('retention.reason'),
        help: t('retention.reason_help'),
        rows: 2,
        maxLength: 500,
      })}
      <div class="button-row">
        ${submitButton(t('retention.save'), this.saving.busy)}
        <button
          type="button"
          class="button"
          @click=${() => {
            this.dispatchEvent(new CustomEvent('cancelled'));
          }}
        >
          ${t('retention.cancel')}
        </button>
      </div>
    </form>`;
  }

  private field(name: (typeof FIELDS)[number]) {
    return {
      name,
      value: this.values[name],
      required: true,
      error: this.wrong[name] ?? this.saving.fields[name],
      onInput: (value: string) => {
        this.values = { ...this.values, [name]: value };
      },
    };
  }

  private async save(of: RetentionClass, confirm: boolean): Promise<void> {
    if (this.saving.busy) return;
    this.wrong = missing(this.values);
    const { amount, unit, counted_from, reason } = this.values;
    // What is no number becomes one that the service refuses, in words.
    const number = /^\d{1,9}$/.test(amount.trim().normalize('NFKC'))
      ? Number(amount.trim().normalize('NFKC'))
      : 0;
    const isWrong = Object.keys(this.wrong).length > 0;
    const body = { amount: number, unit, counted_from, reason, confirm };
    const done =
      !isWrong &&
      (await this.saving.run((signal) =>
        send<ChangedRetentionPeriod>('PUT', `/api/retention/${of.class}`, body, { signal }),
      ));
    if (done) {
      say(() => t('retention.saved'));
      this.dispatchEvent(new CustomEvent('saved'));
      return;
    }
    const { error } = this.saving;
    if (!confirm && error?.kind === 'conflict' && error.fields['confirm']) {
      this.saving.reset();
      const isSure = await ask({
        title: () => t('retention.shorter'),
        text: () => failureText(error),
        yes: () => t('retention.shorten'),
        danger: true,
      });
      if (isSure) await this.save(of, true);
      return;
    }
    this.requestUpdate();
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('period-form', PeriodForm);
