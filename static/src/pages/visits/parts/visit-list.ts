import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { send } from '../../../api/client';
import { ask } from '../../../components/dialog';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { empty, paged } from '../../../components/lists';
import { say } from '../../../components/messages';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  submitButton,
} from '../../../components/form';
import { t } from '../../../i18n/areas/visits';
import { Pages, Task } from '../../../state/task';
import {
  type Checked,
  checked,
  decided,
  type DecidedVisit,
  type DecidedVisits,
  isTickable,
  type Owned,
  pointOf,
  type Step,
  type VisitList,
} from '../model/visits';
import { nameText } from '../words';
import './visit-card';
import './visit-map';

/** `<visit-list>`: visits beside their map, to be decided on one by one or several together. */
export class VisitListElement extends LightElement {
  static override properties = {
    path: {},
    none: {},
    chosen: { state: true },
    isRejecting: { state: true },
  };

  /** Where the list begins. */
  declare path: string;
  /** What is said when there is nothing. */
  declare none: string;
  declare private chosen: string | null;
  declare private isRejecting: boolean;
  private readonly pages = new Pages<Owned, VisitList>(this, ({ visits }) => visits);
  private readonly deciding = new Task<DecidedVisits>(this);
  /** What was decided here since the list was loaded. */
  private readonly known = new Map<string, Checked>();
  private readonly ticked = new Set<string>();
  private readonly problems = new Map<string, string>();
  private reason = '';
  private wrong: Record<string, string> = {};

  constructor() {
    super();
    this.chosen = null;
    this.isRejecting = false;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('path')) this.load();
  }

  private load(): void {
    this.known.clear();
    this.ticked.clear();
    this.problems.clear();
    this.chosen = null;
    this.isRejecting = false;
    this.deciding.reset();
    void this.pages.start(this.path);
  }

  private readonly now = (owned: Owned): Checked =>
    this.known.get(owned.visit.id) ?? checked(owned);

  protected override render(): TemplateResult {
    return paged(this.pages, t('visits.failed'), (items) =>
      items.length === 0 ? this.nothing() : this.list(items.map(this.now)),
    );
  }

  private nothing(): TemplateResult {
    return html`${empty(this.none)} ${this.reload()}`;
  }

  private reload(): TemplateResult {
    return html`<button
      type="button"
      class="button button-small"
      @click=${() => {
        this.load();
      }}
    >
      ${icon('refresh')}${t('visits.reload')}
    </button>`;
  }

  private list(visits: readonly Checked[]): TemplateResult {
    const points = visits.map(({ owned }, index) =>
      pointOf(owned, index + 1, nameText(owned, index + 1)),
    );
    return html`
      ${this.bulk(visits)}
      <div class="visit-columns">
        <visit-map
          .points=${points}
          .chosen=${this.chosen}
          @choose=${({ detail }: CustomEvent<string>) => {
            this.choose(detail, true);
          }}
        ></visit-map>
        <section class="visit-cards" aria-label=${t('visits.list')}>
          <ol>
            ${repeat(
              visits,
              ({ owned }) => owned.visit.id,
              (one, index) => html`<li>${this.card(one, index + 1)}</li>`,
            )}
          </ol>
        </section>
      </div>
    `;
  }

  private card(one: Checked, number: number): TemplateResult {
    const { id } = one.owned.visit;
    return html`<visit-card
      .one=${one}
      .number=${number}
      .isTicked=${this.ticked.has(id)}
      .isChosen=${this.chosen === id}
      .problem=${this.problems.get(id) ?? ''}
      @tick=${() => {
        if (!this.ticked.delete(id)) this.ticked.add(id);
        this.requestUpdate();
      }}
      @choose=${() => {
        this.choose(id, false);
      }}
      @decided=${({ detail }: CustomEvent<DecidedVisit>) => {
        this.settle(detail.id, one, detail.outcome);
      }}
    ></visit-card>`;
  }

  /** Chooses a visit; from the map its card comes into view, from the list the map does on a phone. */
  private choose(id: string, isFromMap: boolean): void {
    this.chosen = id;
    void this.updateComplete.then(() => {
      const target = isFromMap
        ? this.querySelector<HTMLElement>(`[data-visit="${id}"]`)
        : this.querySelector<HTMLElement>('.visit-map');
      target?.scrollIntoView({ block: isFromMap ? 'start' : 'nearest' });
    });
  }

  private settle(id: string, before: Checked, outcome: DecidedVisit['outcome']): void {
    this.known.set(id, decided(before, outcome));
    this.ticked.delete(id);
    this.problems.delete(id);
    this.requestUpdate();
  }

  /** The bar with which several are decided on. */
  private bulk(visits: readonly Checked[]): TemplateResult {
    const tickable = visits.filter(isTickable).map(({ owned }) => owned.visit.id);
    const count = tickable.filter((id) => this.ticked.has(id)).length;
    return html`<div class="visit-bulk" role="group" aria-label=${t('visits.bulk')}>
      ${
        tickable.length > 0
          ? html`<label class="check">
              <input
                type="checkbox"
                id="tick-all"
                .checked=${count > 0 && count === tickable.length}
                .indeterminate=${count > 0 && count < tickable.length}
                @change=${() => {
                  const isAll = count === tickable.length;
                  for (const id of tickable) {
                    if (isAll) this.ticked.delete(id);
                    else this.ticked.add(id);
                  }
                  this.requestUpdate();
                }}
              />
              <span>${t('visits.tick_all')}</span>
            </label>`
          : nothing
      }
      ${count > 0 ? this.bulkButtons(visits, count) : nothing} ${this.reload()}
      ${formError(this.deciding.error, ['reason'])}
      ${count > 0 && this.isRejecting ? this.bulkForm(visits, count) : nothing}
    </div>`;
  }

  private bulkButtons(visits: readonly Checked[], count: number): TemplateResult {
    const busy = this.deciding.busy;
    return html`<span role="status">${t('visits.ticked', { count })}</span>
      <button
        type="button"
        class="button button-primary"
        aria-disabled=${busy ? 'true' : nothing}
        @click=${() => {
          if (!busy) void this.acceptTicked(visits, count);
        }}
      >
        ${icon('check')}${t('visits.accept_ticked', { count })}
      </button>
      <button
        type="button"
        class="button"
        aria-expanded=${this.isRejecting ? 'true' : 'false'}
        @click=${() => {
          this.isRejecting = !this.isRejecting;
          if (!this.isRejecting) return;
          void this.updateComplete.then(() =>
            this.querySelector<HTMLElement>('.visit-bulk textarea')?.focus(),
          );
        }}
      >
        ${t('visits.reject_ticked', { count })}
      </button>`;
  }

  private bulkForm(visits: readonly Checked[], count: number): TemplateResult {
    return html`<form
      class="form visit-form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.rejectTicked(visits);
      }}
    >
      ${areaField({
        name: 'bulk-reason',
        label: t('visits.reason'),
        help: t('visits.reason_reject_help'),
        value: this.reason,
        required: true,
        maxLength: 500,
        rows: 2,
        error: this.wrong['reason'] ?? this.deciding.fields['reason'],
        onInput: (value) => {
          this.reason = value;
        },
      })}
      ${submitButton(t('visits.reject_ticked', { count }), this.deciding.busy)}
    </form>`;
  }

  private async acceptTicked(visits: readonly Checked[], count: number): Promise<void> {
    const isMeant = await ask({
      title: () => t('visits.accept_ask', { count }),
      text: () => t('visits.accept_ask_text'),
      yes: () => t('visits.accept'),
    });
    if (isMeant) await this.decide(visits, 'accept');
  }

  private async rejectTicked(visits: readonly Checked[]): Promise<void> {
    this.wrong = missing({ reason: this.reason });
    this.requestUpdate();
    if (Object.keys(this.wrong).length === 0) {
      await this.decide(visits, 'reject');
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }

  private async decide(visits: readonly Checked[], step: Step): Promise<void> {
    const meant = visits.filter((one) => isTickable(one) && this.ticked.has(one.owned.visit.id));
    const body = {
      decision: step,
      ...(step === 'reject' ? { reason: this.reason } : {}),
      visits: meant.map(({ owned, decisions }) => ({
        id: owned.visit.id,
        seen_decisions: decisions,
      })),
    };
    const isDone = await this.deciding.run((signal) =>
      send('POST', '/api/visits/decisions', body, { signal }),
    );
    const { value } = this.deciding;
    if (!isDone || !value) return;
    let done = 0;
    for (const [index, { id, outcome, message }] of value.results.entries()) {
      const before = meant[index];
      if (before && outcome) {
        this.settle(id, before, outcome);
        done += 1;
      } else if (message) {
        // Whatever it is, it would be the same once more.
        this.ticked.delete(id);
        this.problems.set(id, message);
      }
    }
    this.reason = '';
    this.isRejecting = false;
    const left = value.results.length - done;
    say(() =>
      left === 0
        ? t('visits.done_several', { count: done })
        : t('visits.done_some', { count: done, left }),
    );
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#tick-all, .visit-bulk .button')?.focus();
  }
}

customElements.define('visit-list', VisitListElement);
