import { html, nothing, type TemplateResult } from 'lit';
import { exchange, get } from '../../api/client';
import type { components } from '../../api/schema';
import { dataTable } from '../../components/data-table';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import {
  focusFirstError,
  formError,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { empty, loaded } from '../../components/lists';
import { say } from '../../components/messages';
import '../../components/position-field';
import { formatDay } from '../../format/dates';
import { degrees, type TypedPosition } from '../../geo/degrees';
import { t } from '../../i18n/areas/offices';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import { departmentOptions, organisation } from '../roster/words';

type OfficeList = components['schemas']['OfficeList'];
type Office = components['schemas']['OfficeItem'];

/** What is typed. */
interface Draft {
  department: string;
  since: string;
  name: string;
  at: TypedPosition;
}

const EMPTY: Draft = { department: '', since: '', name: '', at: { lat: '', lon: '' } };

/** `<office-list>`: where departments work, and so in which district. */
export class OfficeListElement extends LightElement {
  private readonly offices = new Task<OfficeList>(this);
  private readonly saving = new Task<Office | null>(this);
  private readonly removing = new Task<unknown>(this);
  /** What is edited; null when nothing is. */
  private draft: Draft | null = null;
  /** Whether somebody tried to save it. */
  private tried = false;

  constructor() {
    super();
    new Watch(this, organisation, (state) => [state]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="offices">
      <h2 class="section-title" id="offices">${t('offices.title')}</h2>
      <p class="section-text">${t('offices.lead')}</p>
      ${loaded(
        this.offices,
        t('offices.failed'),
        () => void this.load(),
        (found) => this.content(found),
      )}
    </section>`;
  }

  private content({ offices, districts }: OfficeList): TemplateResult {
    return html`${districts.length === 0 ? html`<p class="notice">${t('offices.no_districts')}</p>` : nothing}
    ${
      this.removing.error
        ? failure(t('offices.failed'), this.removing.error, () => void this.load())
        : nothing
    }
    ${offices.length === 0 ? empty(t('offices.none')) : this.table(offices)}
    ${this.draft ? this.form(this.draft) : this.addButton()}`;
  }

  private table(offices: readonly Office[]): TemplateResult {
    return dataTable<Office>({
      caption: t('offices.title'),
      rows: offices,
      key: ({ department, since }) => `${department} ${since}`,
      columns: [
        {
          label: t('offices.department'),
          isName: true,
          cell: ({ department_name }) => department_name ?? t('offices.gone'),
        },
        { label: t('offices.name'), cell: ({ name }) => name },
        {
          label: t('offices.district'),
          cell: ({ district }) => district ?? t('offices.no_district'),
        },
        { label: t('offices.since'), cell: ({ since }) => formatDay(since) },
        {
          label: t('offices.change'),
          isAction: true,
          cell: (office) =>
            html`<div class="button-row">
              <button
                type="button"
                class="button"
                @click=${() => {
                  const [lon, lat] = office.location;
                  this.edit({ ...office, at: { lat: String(lat), lon: String(lon) } });
                }}
              >
                ${t('offices.change')}
              </button>
              <button type="button" class="button" @click=${() => void this.takeBack(office)}>
                ${t('offices.remove')}
              </button>
            </div>`,
        },
      ],
    });
  }

  private addButton(): TemplateResult {
    return html`<button
      type="button"
      class="button"
      @click=${() => {
        this.edit(EMPTY);
      }}
    >
      ${icon('plus')}${t('offices.add')}
    </button>`;
  }

  private form({ department, since, name, at }: Draft): TemplateResult {
    const { error, fields, busy } = this.saving;
    const missing = (value: string): string | undefined =>
      this.tried && !value.trim() ? t('offices.missing') : undefined;
    return html`<form
      class="form card"
      novalidate
      aria-labelledby="office-form-title"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.save();
      }}
    >
      <h3 class="section-title" id="office-form-title" tabindex="-1">${t('offices.add')}</h3>
      ${formError(error, ['name', 'location', 'since'])}
      ${selectField({
        name: 'office_department',
        label: t('offices.department'),
        value: department,
        error: missing(department),
        options: [{ value: '', label: t('offices.choose') }, ...departmentOptions()],
        onInput: (value) => {
          this.change({ department: value });
        },
      })}
      ${textField({
        name: 'office_name',
        label: t('offices.name'),
        required: true,
        maxLength: 100,
        value: name,
        error: missing(name) ?? fields['name'],
        onInput: (value) => {
          this.change({ name: value });
        },
      })}
      ${textField({
        name: 'office_since',
        label: t('offices.since'),
        help: t('offices.since_help'),
        type: 'date',
        required: true,
        value: since,
        error: missing(since) ?? fields['since'],
        onInput: (value) => {
          this.change({ since: value });
        },
      })}
      <position-field
        .value=${at}
        .error=${this.tried && !degrees(at) ? t('offices.position_wrong') : (fields['location'] ?? '')}
        @placed=${({ detail }: CustomEvent<TypedPosition>) => {
          this.change({ at: detail });
        }}
      ></position-field>
      <div class="button-row">
        ${submitButton(t('offices.save'), busy)}
        <button
          type="button"
          class="button"
          @click=${() => {
            this.edit(null);
          }}
        >
          ${t('offices.cancel')}
        </button>
      </div>
    </form>`;
  }

  private edit(draft: Draft | null): void {
    this.draft = draft;
    this.tried = false;
    this.saving.reset();
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>('#office-form-title')?.focus();
    });
  }

  private change(part: Partial<Draft>): void {
    this.draft = { ...(this.draft ?? EMPTY), ...part };
    this.requestUpdate();
  }

  private async load(): Promise<void> {
    this.removing.reset();
    await this.offices.run((signal) => get<OfficeList>('/api/training/offices', signal));
  }

  private async save(): Promise<void> {
    if (!this.draft || this.saving.busy) return;
    this.tried = true;
    const { department, since, name, at } = this.draft;
    const location = degrees(at);
    if (!department || !since || !name.trim() || !location) {
      this.requestUpdate();
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const path = `/api/training/offices/${department}/${since}`;
    const done = await this.saving.run(async (signal) => {
      const { body } = await exchange<Office>(
        'PUT',
        path,
        { name: name.trim(), location },
        { signal },
      );
      return body;
    });
    if (!done) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const district = this.saving.value?.district;
    say(() => t('offices.saved', { district: district ?? t('offices.no_district') }));
    this.edit(null);
    await this.load();
  }

  private async takeBack({ department, department_name, since }: Office): Promise<void> {
    const sure = await ask({
      title: () =>
        t('offices.remove_title', {
          department: department_name ?? t('offices.gone'),
          since: formatDay(since),
        }),
      text: () => t('offices.remove_text'),
      yes: () => t('offices.remove'),
      danger: true,
    });
    if (!sure) return;
    const path = `/api/training/offices/${department}/${since}`;
    if (!(await this.removing.run((signal) => exchange('DELETE', path, undefined, { signal }))))
      return;
    say(() => t('offices.removed'));
    await this.load();
  }
}

customElements.define('office-list', OfficeListElement);
