import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { LightElement } from '../../components/light-element';
import { empty } from '../../components/lists';
import { say } from '../../components/messages';
import { mark } from '../../gatherings/items';
import { called, type CalledPerson, counted } from '../../gatherings/roll';
import { takesMarks } from '../../gatherings/state';
import type { CountedGathering, GatheringRoll, RollPerson } from '../../gatherings/types';
import { type Key, t } from '../../i18n/areas/gatherings';
import type { Item, Outbox } from '../../outbox';
import type { Reached } from '../../outings/roll-call';
import { Task } from '../../state/task';

const TONES: Readonly<Record<Reached, string>> = {
  sent: 'badge-done',
  unsent: 'badge-warning',
  failed: 'badge-failed',
};

const MARKS: Readonly<Record<Reached, Key>> = {
  sent: 'gatherings.mark_sent',
  unsent: 'gatherings.mark_unsent',
  failed: 'gatherings.mark_failed',
};

/**
 * `<gathering-roll>`: who is there. The names come when they are asked for, and stay in this page alone; each tap is on the
 * device before it is sent, and names nobody.
 */
export class GatheringRollElement extends LightElement {
  static override properties = {
    gathering: { attribute: false },
    account: {},
    outbox: { attribute: false },
    unsent: { attribute: false },
  };

  declare gathering: CountedGathering;
  declare account: string | null;
  declare outbox: Outbox | null;
  /** What is in the outbox: it is rendered again when that changes. */
  declare unsent: readonly Item[] | undefined;
  private readonly roll = new Task<GatheringRoll>(this);
  /** When the names were asked for: milliseconds since 1970. */
  private at = 0;

  protected override render(): TemplateResult {
    const { value, error, busy } = this.roll;
    return html`<section class="section" aria-labelledby="roll">
      <h2 class="section-title" id="roll">${t('gatherings.roll')}</h2>
      <p class="section-text">${t('gatherings.roll_text')}</p>
      ${error ? failure(t('gatherings.roll_failed'), error, () => void this.load()) : nothing}
      ${
        value
          ? this.shown(value)
          : html`<button
              type="button"
              class="button button-primary"
              data-roll-open
              aria-disabled=${busy ? 'true' : nothing}
              @click=${() => void this.load()}
            >
              ${t('gatherings.roll_open')}
            </button>`
      }
    </section>`;
  }

  private async load(): Promise<void> {
    const at = Date.now();
    const path = `/api/gatherings/${this.gathering.id}/roll`;
    if (await this.roll.run((signal) => get(path, signal))) this.at = at;
  }

  private shown({ people }: GatheringRoll): TemplateResult {
    const { account: owner, outbox, gathering, at } = this;
    if (people.length === 0) return empty(t('gatherings.roll_none'));
    const known = outbox?.state.state ?? { items: [], receipts: [] };
    const all = called(people, known, { owner: owner ?? '', gathering: gathering.id, at });
    const isEarly = !takesMarks(gathering, Date.now());
    return html`
      ${isEarly ? html`<p class="notice">${icon('info')}${t('gatherings.roll_early')}</p>` : nothing}
      <p class="roll-counts" role="status">
        <strong>${t('gatherings.roll_counts', counted(all))}</strong>
      </p>
      <ul class="roll">
        ${all.map((one) => this.row(one, isEarly))}
      </ul>
    `;
  }

  private row(
    { person, present, reached, reason }: CalledPerson,
    isEarly: boolean,
  ): TemplateResult {
    const name = person.staff_name ?? t('gatherings.unnamed');
    const home = [person.staff_number, person.housing_name, person.unit_name].filter(Boolean);
    return html`<li
      class="roll-row ${present === null ? '' : present ? 'is-there' : 'is-away'}"
      data-home=${person.residency_id}
      data-reached=${present === null ? 'open' : reached}
    >
      <span class="roll-name" lang=${langOf(name)}>
        <strong>${name}</strong>
        <span class="section-text">${home.join(' ')}</span>
      </span>
      <span class="roll-state">
        ${
          present === null
            ? person.signed_up
              ? html`<span class="badge badge-key">${t('gatherings.comes')}</span>`
              : nothing
            : html`<span class="badge ${TONES[reached]}"
                >${t(
                  reached === 'sent' && present && person.by_code && person.present
                    ? 'gatherings.by_code'
                    : MARKS[reached],
                )}</span
              >`
        }
      </span>
      ${
        isEarly
          ? nothing
          : html`<span class="roll-buttons" role="group" aria-label=${name}>
              ${this.button(person, true, present === true)}
              ${this.button(person, false, present === false)}
            </span>`
      }
      ${reason ? html`<span class="roll-reason">${icon('warning')}${reason}</span>` : nothing}
    </li>`;
  }

  private button(person: RollPerson, value: boolean, isOn: boolean): TemplateResult {
    return html`<button
      type="button"
      class="button ${isOn ? 'button-primary' : ''}"
      aria-pressed=${isOn ? 'true' : 'false'}
      data-present=${value ? 'yes' : 'no'}
      @click=${() => void this.record(person, value)}
    >
      ${isOn ? icon(value ? 'check' : 'close') : nothing}${t(
        value ? 'gatherings.there' : 'gatherings.away',
      )}
    </button>`;
  }

  /** Keeps a mark on the device; says so where it cannot. */
  private async record({ residency_id: home }: RollPerson, present: boolean): Promise<void> {
    const { account, outbox, gathering } = this;
    try {
      if (!account || !outbox) throw new Error('no outbox');
      // What was not taken is replaced by what is said now.
      const failed = outbox.state.state.items.filter(
        ({ kind, owner, gathering: of, state, body }) =>
          kind === 'gathering_mark' &&
          owner === account &&
          of === gathering.id &&
          state.is === 'failed' &&
          body['residency_id'] === home,
      );
      await outbox.add([mark(account, gathering.id, home, present, Date.now())]);
      for (const { id } of failed) await outbox.dismiss(id);
      this.requestUpdate();
    } catch {
      say(() => t('gathering.cannot_keep'), 'error');
    }
  }
}

customElements.define('gathering-roll', GatheringRollElement);
