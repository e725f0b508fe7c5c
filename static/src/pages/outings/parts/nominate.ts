import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../../api/client';
import type { components } from '../../../api/schema';
import { dataTable } from '../../../components/data-table';
import { ask } from '../../../components/dialog';
import { failure } from '../../../components/failure';
import { checkField, submitButton, textField } from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { empty, loaded, paged } from '../../../components/lists';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/outings';
import { stateWords } from '../../../outings/parts';
import type { NominationOutcomes, Participants } from '../../../outings/types';
import { Pages, Task } from '../../../state/task';

type Staff = components['schemas']['StaffItem'];
type Found = components['schemas']['StaffList'];

/** `<nominate-people>`: a coordinator puts people of their department forward, many at once (所属推薦). */
export class NominatePeople extends LightElement {
  static override properties = { outing: {}, chosen: { state: true } };

  /** The outing's id. */
  declare outing: string;
  /** Whom to put forward, by id, in the order in which they were chosen. */
  declare private chosen: ReadonlyMap<string, string>;
  private q = '';
  private readonly staff = new Pages<Staff, Found>(this, ({ staff }) => staff);
  private readonly own = new Task<Participants>(this);
  private readonly doing = new Task(this);

  constructor() {
    super();
    this.chosen = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.find();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="nominate">
      <h2 class="section-title" id="nominate">${t('outings.nominate')}</h2>
      <p class="section-text">${t('outings.nominate_text')}</p>
      <form
        class="form"
        role="search"
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.find();
        }}
      >
        <div class="form-row">
          ${textField({
            name: 'q',
            label: t('outings.nominate_q'),
            type: 'search',
            value: this.q,
            onInput: (value) => {
              this.q = value;
            },
          })}
          ${submitButton(t('outings.nominate_search'), this.staff.busy)}
        </div>
      </form>
      ${paged(this.staff, t('outings.nominate_failed'), (found) => this.found(found))}
      ${
        this.doing.error
          ? failure(t('outings.nominate'), this.doing.error, () => void this.nominate())
          : nothing
      }
      <div class="outing-chosen">
        <button
          type="button"
          class="button button-primary"
          data-nominate
          aria-disabled=${this.doing.busy ? 'true' : nothing}
          @click=${() => void this.nominate()}
        >
          ${t('outings.nominate_go', { count: this.chosen.size })}
        </button>
      </div>
      <h3>${t('outings.nominated_list')}</h3>
      ${loaded(
        this.own,
        t('outings.nominated_failed'),
        () => void this.load(),
        ({ participants }) => this.nominated(participants.filter(({ nominated }) => nominated)),
      )}
    </section>`;
  }

  private found(found: readonly Staff[]): TemplateResult {
    if (found.length === 0) return empty(t('outings.nominate_none'));
    return html`
      <p>
        <button
          type="button"
          class="button button-small"
          @click=${() => {
            this.chosen = new Map([
              ...this.chosen,
              ...found.map(({ id, name }): [string, string] => [id, name]),
            ]);
          }}
        >
          ${t('outings.nominate_all')}
        </button>
      </p>
      ${dataTable({
        caption: t('outings.nominate_found'),
        rows: found,
        key: ({ id }) => id,
        isCurrent: ({ id }) => this.chosen.has(id),
        columns: [
          {
            label: t('outing.name'),
            isName: true,
            cell: ({ id, name }) =>
              checkField({
                name: `staff-${id}`,
                label: name,
                checked: this.chosen.has(id),
                onChange: (checked) => {
                  const chosen = new Map(this.chosen);
                  if (checked) chosen.set(id, name);
                  else chosen.delete(id);
                  this.chosen = chosen;
                },
              }),
          },
          { label: t('outing.number'), cell: ({ number }) => number ?? '' },
          { label: t('outing.person_department'), cell: ({ department }) => department.name },
        ],
      })}
    `;
  }

  private nominated(people: Participants['participants']): TemplateResult {
    if (people.length === 0) return empty(t('outings.nominated_none'));
    return dataTable({
      caption: t('outings.nominated_list'),
      rows: people,
      key: ({ staff_id }) => staff_id,
      columns: [
        { label: t('outing.name'), isName: true, cell: ({ name }) => name ?? '' },
        { label: t('outing.number'), cell: ({ number }) => number ?? '' },
        { label: t('outing.person_department'), cell: ({ department_name }) => department_name },
        { label: t('outing.state'), cell: ({ state }) => stateWords(state) },
      ],
    });
  }

  private find(): Promise<boolean> {
    const query = this.q.trim() ? `?${new URLSearchParams({ q: this.q.trim() }).toString()}` : '';
    return this.staff.start(`/api/staff${query}`);
  }

  private load(): Promise<boolean> {
    return this.own.run((signal) => get(`/api/outings/${this.outing}/participants`, signal));
  }

  private async nominate(): Promise<void> {
    const { chosen } = this;
    if (this.doing.busy) return;
    if (chosen.size === 0) {
      say(() => t('outings.nominate_nobody'), 'error');
      return;
    }
    const yes = await ask({
      title: () => t('outings.nominate_title', { count: chosen.size }),
      text: () =>
        t('outings.nominate_ask', { names: [...chosen.values()].join(t('text.separator')) }),
      yes: () => t('outings.nominate_yes'),
    });
    if (!yes) return;
    const path = `/api/outings/${this.outing}/nominations`;
    await this.doing.run(async (signal) => {
      const body = { staff_ids: [...chosen.keys()] };
      const known = new Set(this.own.value?.participants.map(({ staff_id }) => staff_id));
      const { results } = await send<NominationOutcomes>('POST', path, body, { signal });
      const added = results.filter(
        ({ staff_id, state }) => state === 'nominated' && !known.has(staff_id),
      ).length;
      const rest = results.length - added;
      this.chosen = new Map();
      say(
        () =>
          t('outings.nominate_done', { count: added }) +
          (rest > 0 ? ` ${t('outings.nominate_known', { count: rest })}` : ''),
      );
    });
    if (!this.doing.error) await this.load();
  }
}

customElements.define('nominate-people', NominatePeople);
