import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../../../components/dialog';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { empty } from '../../../components/lists';
import { say } from '../../../components/messages';
import { type Key, t } from '../../../i18n/areas/lead';
import { mark } from '../../../outings/items';
import type { Person } from '../../../outings/kept';
import { type Called, called, counted, type Reached } from '../../../outings/roll-call';
import { takesMarks } from '../../../outings/state';
import type { Outing } from '../../../outings/types';
import type { Outbox } from '../../../outbox';
import { Ticker } from '../../../state/ticker';
import './paper-list';
import { printedSheet } from './printed-sheet';

const REACHED: Record<Reached, { words: Key; tone: string }> = {
  sent: { words: 'lead.mark_sent', tone: 'badge-done' },
  unsent: { words: 'lead.mark_unsent', tone: 'badge-warning' },
  failed: { words: 'lead.mark_failed', tone: 'badge-failed' },
};

/**
 * `<roll-call>`: who is there. Each tap is on this device before anything is sent, with an id and a time of its own; it leaves
 * when the service has named it.
 */
export class RollCall extends LightElement {
  static override properties = {
    outing: { attribute: false },
    people: { attribute: false },
    at: { attribute: false },
    account: {},
    outbox: { attribute: false },
  };

  declare outing: Outing;
  declare people: readonly Person[];
  /** When the people were asked for: milliseconds since 1970. */
  declare at: number;
  declare account: string;
  declare outbox: Outbox;
  private stop: (() => void) | null = null;

  constructor() {
    super();
    new Ticker(this, 60_000);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.outbox.state.subscribe(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.stop = null;
  }

  protected override render(): TemplateResult {
    const { people, account: owner, at } = this;
    const all = called(people, this.outbox.state.state, { owner, outing: this.outing.id, at });
    const confirmed = all.filter(({ person }) => person.confirmed);
    const others = all.filter(({ person }) => !person.confirmed);
    return html`
      <section class="section no-print" aria-labelledby="roll">
        <h2 class="section-title" id="roll">${t('lead.roll_title')}</h2>
        ${
          !takesMarks(this.outing, Date.now())
            ? html`<p>${t('lead.roll_early')}</p>`
            : people.length === 0
              ? empty(t('lead.roll_none'))
              : html`
                  <p class="section-text">${t('lead.roll_text')}</p>
                  <p class="roll-counts" role="status">
                    <strong>${t('lead.roll_counts', counted(confirmed))}</strong>
                  </p>
                  ${this.rest(confirmed)} ${this.group(t('lead.roll_confirmed'), confirmed)}
                  ${others.length > 0 ? this.group(t('lead.roll_others'), others) : nothing}
                `
        }
      </section>
      <section class="section no-print" aria-labelledby="paper">
        <h2 class="section-title" id="paper">${t('lead.paper')}</h2>
        <p class="section-text">${t('lead.paper_text')}</p>
        <p>
          <button
            type="button"
            class="button"
            @click=${() => {
              print();
            }}
          >
            ${icon('print')}${t('lead.paper_print')}
          </button>
        </p>
        ${
          takesMarks(this.outing, Date.now()) && confirmed.length > 0
            ? html`<paper-list
                .people=${confirmed.map(({ person }) => person)}
                @record=${({ detail }: CustomEvent<ReadonlySet<string>>) =>
                  void this.record(
                    confirmed.map(({ person }) => [person, detail.has(person.staff_id)]),
                  )}
              ></paper-list>`
            : nothing
        }
      </section>
      ${printedSheet(
        this.outing,
        confirmed.map(({ person }) => person),
      )}
    `;
  }

  private rest(confirmed: readonly Called[]): TemplateResult | typeof nothing {
    const open = confirmed.filter(({ present }) => present === null);
    if (open.length < 2) return nothing;
    return html`<p>
      <button type="button" class="button" data-rest @click=${() => void this.markRest(open)}>
        ${icon('check')}${t('lead.roll_rest', { count: open.length })}
      </button>
    </p>`;
  }

  private group(title: string, all: readonly Called[]): TemplateResult {
    return html`<h3>${title}</h3>
      <ul class="roll">
        ${all.map((one) => this.row(one))}
      </ul>`;
  }

  private row({ person, present, reached, reason }: Called): TemplateResult {
    const { words, tone } = REACHED[reached];
    return html`<li
      class="roll-row ${present === null ? '' : present ? 'is-there' : 'is-away'}"
      data-person=${person.staff_id}
      data-reached=${present === null ? 'open' : reached}
    >
      <span class="roll-name" lang=${langOf(person.name)}>
        <strong>${person.name}</strong>
        <span class="section-text">${person.name_kana} ${person.department}</span>
      </span>
      <span class="roll-state">
        ${present === null ? nothing : html`<span class="badge ${tone}">${t(words)}</span>`}
      </span>
      <span class="roll-buttons" role="group" aria-label=${person.name}>
        ${this.button(person, true, present === true)}
        ${this.button(person, false, present === false)}
      </span>
      ${reason ? html`<span class="roll-reason">${icon('warning')}${reason}</span>` : nothing}
    </li>`;
  }

  private button(person: Person, value: boolean, isOn: boolean): TemplateResult {
    return html`<button
      type="button"
      class="button ${isOn ? 'button-primary' : ''}"
      aria-pressed=${isOn ? 'true' : 'false'}
      data-present=${value ? 'yes' : 'no'}
      @click=${() => void this.record([[person, value]])}
    >
      ${isOn ? icon(value ? 'check' : 'close') : nothing}${t(value ? 'lead.present' : 'lead.absent')}
    </button>`;
  }

  private async markRest(open: readonly Called[]): Promise<void> {
    const yes = await ask({
      title: () => t('lead.roll_rest_title', { count: open.length }),
      text: () => t('lead.roll_rest_ask'),
      yes: () => t('lead.roll_rest', { count: open.length }),
    });
    if (yes) await this.record(open.map(({ person }) => [person, true]));
  }

  /** Keeps marks on the device; says so where it cannot. */
  private async record(all: readonly (readonly [Person, boolean])[]): Promise<void> {
    const now = Date.now();
    const { account, outing, outbox } = this;
    const items = all.map(([{ staff_id }, present]) =>
      mark(account, outing.id, staff_id, present, now),
    );
    // What was not taken is replaced by what is said now.
    const staff = new Set(all.map(([{ staff_id }]) => staff_id));
    const failed = outbox.state.state.items.filter(
      ({ kind, owner, outing: of, state, body }) =>
        kind === 'mark' &&
        owner === account &&
        of === outing.id &&
        state.is === 'failed' &&
        staff.has(String(body['staff_id'])),
    );
    try {
      await outbox.add(items);
      for (const { id } of failed) await outbox.dismiss(id);
      if (items.length > 1) say(() => t('lead.paper_done'));
    } catch {
      say(() => t('lead.cannot_keep'), 'error');
    }
  }
}

customElements.define('roll-call', RollCall);
