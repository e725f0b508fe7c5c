import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { send } from '../../api/client';
import type { components } from '../../api/schema';
import {
  focusFirstError,
  formError,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import {
  type CouncilChoice,
  decideBody,
  inOrder,
  needsReason,
  type Suggestion,
  UNDECIDED,
} from './model';

type DecidedCount = components['schemas']['DecidedCount'];

/** What was decided, as `decided` tells it: the council's name; null where it is undecided. */
export interface Decided {
  council: string | null;
}

/** The longest reason, as in the service. */
const LONGEST = 1000;

/**
 * `<decision-form>`: decides which council one home belongs to. Fires `decided`, and `stale` when
 * somebody else decided first.
 */
export class DecisionForm extends LightElement {
  static override properties = {
    residency: {},
    decisions: { type: Number },
    suggestion: { attribute: false },
    councils: { attribute: false },
    asksDay: { type: Boolean },
  };

  /** Whose home: the residency. */
  declare residency: string;
  /** How many decisions there were so far. */
  declare decisions: number;
  declare suggestion: Suggestion | null;
  declare councils: readonly CouncilChoice[];
  /** Whether the day can be chosen from which on it counts. */
  declare asksDay: boolean;
  /** What was chosen; null as long as nothing was. */
  private chosen: string | null = null;
  private reason = '';
  private from = '';
  private wasTried = false;
  private readonly deciding = new Task<DecidedCount>(this);

  constructor() {
    super();
    this.suggestion = null;
    this.councils = [];
    this.asksDay = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Somebody decided since: what was meant to come after it has to be chosen anew.
    if (!this.hasUpdated || !(changed.has('decisions') || changed.has('residency'))) return;
    this.chosen = null;
    this.reason = '';
    this.from = '';
    this.wasTried = false;
    this.deciding.error = null;
  }

  private get choice(): string {
    return this.chosen ?? this.suggestion?.council_id ?? '';
  }

  private get isReasonMissing(): boolean {
    return needsReason(this.choice, this.suggestion) && !this.reason.trim();
  }

  protected override render(): TemplateResult {
    const { error, fields, busy } = this.deciding;
    return html`<form
      class="housing-decision"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.decide();
      }}
    >
      ${formError(error, ['council', 'from', 'decisions[0].reason'])}
      <div class="form-row form-row-even">
        ${this.councilField(fields['council'])}
        ${this.choice ? this.reasonField(fields['decisions[0].reason']) : nothing}
        ${this.asksDay ? this.dayField(fields['from']) : nothing}
      </div>
      <div class="button-row">${submitButton(t('housing.decide'), busy)}</div>
    </form>`;
  }

  private councilField(error: string | undefined): TemplateResult {
    const suggested = this.suggestion?.council_id;
    const { choice } = this;
    return selectField({
      name: `council-${this.residency}`,
      label: t('housing.council'),
      required: true,
      value: choice,
      error: this.wasTried && !choice ? t('housing.choose_council') : error,
      options: [
        { value: '', label: t('housing.choose') },
        ...inOrder(this.councils, this.suggestion).map(({ id, name }) => ({
          value: id,
          label: id === suggested ? t('housing.option_suggested', { council: name }) : name,
        })),
        { value: UNDECIDED, label: t('housing.option_undecided') },
      ],
      onInput: (value) => {
        this.chosen = value;
        this.requestUpdate();
      },
    });
  }

  private reasonField(error: string | undefined): TemplateResult {
    const isNeeded = needsReason(this.choice, this.suggestion);
    return textField({
      name: `reason-${this.residency}`,
      label: t('housing.reason'),
      help: isNeeded ? t('housing.reason_help') : undefined,
      required: isNeeded,
      maxLength: LONGEST,
      value: this.reason,
      error: this.wasTried && this.isReasonMissing ? t('form.missing') : error,
      onInput: (value) => {
        this.reason = value;
      },
    });
  }

  private dayField(error: string | undefined): TemplateResult {
    return textField({
      name: `from-${this.residency}`,
      label: t('housing.decision_from'),
      help: t('housing.decision_from_help'),
      type: 'date',
      value: this.from,
      error,
      onInput: (value) => {
        this.from = value;
      },
    });
  }

  private async decide(): Promise<void> {
    const { residency, decisions, choice, reason, from } = this;
    this.wasTried = true;
    if (!choice || this.isReasonMissing) {
      this.deciding.reset();
      await this.showFirstError();
      return;
    }
    const body = decideBody([{ residency, decisions, choice, reason, from }]);
    const isDone = await this.deciding.run((signal) =>
      send<DecidedCount>('POST', '/api/housing/assignments', body, { signal }),
    );
    if (isDone) {
      const council = this.councils.find(({ id }) => id === choice)?.name ?? null;
      this.dispatchEvent(
        new CustomEvent<Decided>('decided', { detail: { council }, bubbles: true }),
      );
    } else if (this.deciding.error?.kind === 'changed') {
      this.deciding.reset();
      this.dispatchEvent(new CustomEvent('stale', { bubbles: true }));
    } else {
      await this.showFirstError();
    }
  }

  private async showFirstError(): Promise<void> {
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('decision-form', DecisionForm);
