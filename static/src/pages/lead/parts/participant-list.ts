import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import { dataTable } from '../../../components/data-table';
import { ask } from '../../../components/dialog';
import { failure } from '../../../components/failure';
import { checkField } from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { empty } from '../../../components/lists';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/lead';
import { stateWords } from '../../../outings/parts';
import { isOpen } from '../../../outings/state';
import type { Outing, Participant, Participants } from '../../../outings/types';
import { Task } from '../../../state/task';
import './enlist-form';

/** `<participant-list>`: who takes part, and the decision on those who were put forward or wait (受講決定). */
export class ParticipantList extends LightElement {
  static override properties = {
    outing: { attribute: false },
    participants: { attribute: false },
    chosen: { state: true },
  };

  declare outing: Outing;
  declare participants: Participants;
  /** Who is chosen, by id. */
  declare private chosen: ReadonlySet<string>;
  private readonly deciding = new Task(this);

  constructor() {
    super();
    this.chosen = new Set();
  }

  protected override render(): TemplateResult {
    const { participants } = this.participants;
    return html`<section class="section" aria-labelledby="people">
      <h2 class="section-title" id="people">${t('lead.people')}</h2>
      ${participants.length === 0 ? empty(t('lead.people_none')) : this.list(participants)}
      ${
        this.outing.state === 'cancelled'
          ? nothing
          : html`<enlist-form
              .outing=${this.outing.id}
              @changed=${() => {
                this.dispatchEvent(new CustomEvent('changed'));
              }}
            ></enlist-form>`
      }
    </section>`;
  }

  private list(participants: readonly Participant[]): TemplateResult {
    const isDeciding = isOpen(this.outing, Date.now());
    return html`
      ${isDeciding ? this.choosing(participants) : nothing}
      ${dataTable({
        caption: t('lead.people'),
        rows: participants,
        key: ({ staff_id }) => staff_id,
        isCurrent: ({ staff_id }) => this.chosen.has(staff_id),
        columns: [
          {
            label: t('outing.name'),
            isName: true,
            cell: (person) => (isDeciding ? this.choice(person) : nameOf(person)),
          },
          { label: t('outing.number'), cell: ({ number }) => number ?? '' },
          { label: t('outing.person_department'), cell: ({ department_name }) => department_name },
          {
            label: t('outing.state'),
            cell: ({ state, nominated }) =>
              html`<span class="badge ${state === 'confirmed' ? 'badge-done' : 'badge-warning'}"
                  >${stateWords(state)}</span
                >
                ${
                  nominated && state !== 'nominated'
                    ? html`<span class="badge badge-key">${t('lead.nominated')}</span>`
                    : nothing
                }`,
          },
          {
            label: t('lead.attendance'),
            cell: ({ present }) =>
              typeof present !== 'boolean'
                ? t('lead.present_open')
                : t(present ? 'lead.present' : 'lead.absent'),
          },
        ],
      })}
    `;
  }

  private choice(person: Participant): TemplateResult {
    const { staff_id } = person;
    return checkField({
      name: `person-${staff_id}`,
      label: nameOf(person),
      checked: this.chosen.has(staff_id),
      onChange: (checked) => {
        const chosen = new Set(this.chosen);
        if (checked) chosen.add(staff_id);
        else chosen.delete(staff_id);
        this.chosen = chosen;
      },
    });
  }

  private choosing(participants: readonly Participant[]): TemplateResult {
    const count = this.chosen.size;
    const open = participants.filter(({ state }) => state === 'nominated' || state === 'waiting');
    return html`
      <p class="section-text">${t('lead.people_help')}</p>
      <div class="button-row lead-decide">
        ${
          open.length > 0
            ? html`<button
                type="button"
                class="button button-small"
                data-choose-open
                @click=${() => {
                  this.chosen = new Set(open.map(({ staff_id }) => staff_id));
                }}
              >
                ${t('lead.choose_open')}
              </button>`
            : nothing
        }
        <button
          type="button"
          class="button button-primary"
          data-decide="accept"
          @click=${() => void this.decide(true)}
        >
          ${t('lead.accept', { count })}
        </button>
        <button
          type="button"
          class="button"
          data-decide="refuse"
          @click=${() => void this.decide(false)}
        >
          ${t('lead.refuse', { count })}
        </button>
      </div>
      ${
        this.deciding.error
          ? failure(t('lead.people'), this.deciding.error, () => {
              this.deciding.reset();
              this.dispatchEvent(new CustomEvent('changed'));
            })
          : nothing
      }
    `;
  }

  private async decide(accept: boolean): Promise<void> {
    // In the order in which they came, whatever the order of choosing: so places are given.
    const people = this.participants.participants.filter(({ staff_id }) =>
      this.chosen.has(staff_id),
    );
    if (this.deciding.busy) return;
    if (people.length === 0) {
      say(() => t('lead.choose_somebody'), 'error');
      return;
    }
    const count = people.length;
    const names = people.map(nameOf).join(t('text.separator'));
    const yes = await ask({
      title: () => t(accept ? 'lead.accept_title' : 'lead.refuse_title', { count }),
      text: () => t('lead.decide_ask', { names }),
      yes: () => t(accept ? 'lead.accept_yes' : 'lead.refuse_yes'),
      danger: !accept,
    });
    if (!yes) return;
    const ids = people.map(({ staff_id }) => staff_id);
    const path = `/api/outings/${this.outing.id}/decisions`;
    const body = accept ? { accept: ids } : { refuse: ids };
    const isDone = await this.deciding.run(async (signal) => {
      await send('POST', path, body, { signal });
    });
    if (!isDone) return;
    this.chosen = new Set();
    say(() => t('lead.decided', { count }));
    this.dispatchEvent(new CustomEvent('changed'));
  }
}

const nameOf = ({ name, number }: Participant): string => name ?? number ?? '';

customElements.define('participant-list', ParticipantList);
