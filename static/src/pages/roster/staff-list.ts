import { html, nothing, type TemplateResult } from 'lit';
import { dataTable, type Column } from '../../components/data-table';
import { selectField, submitButton, textField } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { empty, paged } from '../../components/lists';
import { t } from '../../i18n/areas/roster';
import { may } from '../../shell/session';
import { Watch } from '../../state/store';
import { Pages } from '../../state/task';
import type { StaffItem, StaffList as Found } from './types';
import {
  absenceName,
  departmentOptions,
  employmentName,
  EMPLOYMENTS,
  organisation,
  tierName,
} from './words';

/** `<staff-list>`: search, filters and who was found. */
export class StaffList extends LightElement {
  private readonly staff = new Pages<StaffItem, Found>(this, ({ staff }) => staff);
  private filters: Record<string, string> = {};
  /** On a phone whoever is found matters more than what else could be asked. */
  private readonly isWide = matchMedia('(min-width: 48rem)').matches;

  constructor() {
    super();
    new Watch(this, organisation, ({ departments, tiers }) => [departments, tiers]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.find();
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="staff">
      <h2 class="section-title" id="staff">${t('roster.view_list')}</h2>
      ${this.form()} ${paged(this.staff, t('roster.list_failed'), (staff) => this.list(staff))}
    </section>`;
  }

  private form(): TemplateResult {
    const set = (name: string) => (value: string) => {
      this.filters = { ...this.filters, [name]: value };
    };
    const all = may('write_staff');
    return html`<form
      class="form staff-search"
      role="search"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.find();
      }}
    >
      <div class="form-row">
        ${textField({ name: 'q', label: t('roster.q'), type: 'search', value: this.filters['q'], onInput: set('q') })}
        ${submitButton(t('roster.search'), this.staff.busy)}
      </div>
      <details class="staff-filters" ?open=${this.isWide}>
        <summary>${t('roster.filters')}</summary>
        <div class="form-row form-row-even">
          ${selectField({
            name: 'department',
            label: t('roster.department'),
            value: this.filters['department'],
            options: [{ value: '', label: t('roster.department_all') }, ...departmentOptions()],
            onInput: set('department'),
          })}
          ${selectField({
            name: 'tier',
            label: t('roster.tier'),
            value: this.filters['tier'],
            options: [
              { value: '', label: t('roster.tier_all') },
              ...organisation.state.tiers.map(({ id }) => ({ value: id, label: tierName(id) })),
            ],
            onInput: set('tier'),
          })}
          ${
            all
              ? html`${selectField({
                  name: 'employment',
                  label: t('roster.employment'),
                  value: this.filters['employment'],
                  options: [
                    { value: '', label: t('roster.employment_all') },
                    ...EMPLOYMENTS.map((one) => ({ value: one, label: employmentName(one) })),
                  ],
                  onInput: set('employment'),
                })}
                ${selectField({
                  name: 'state',
                  label: t('roster.state'),
                  value: this.filters['state'],
                  options: [
                    { value: '', label: t('roster.state_current') },
                    { value: 'absent', label: t('roster.state_absent') },
                    { value: 'left', label: t('roster.state_left') },
                  ],
                  onInput: set('state'),
                })}
                ${textField({ name: 'as_of', label: t('roster.as_of'), type: 'date', value: this.filters['as_of'], onInput: set('as_of') })}`
              : nothing
          }
        </div>
      </details>
    </form>`;
  }

  private list(staff: readonly StaffItem[]): TemplateResult {
    const columns: Column<StaffItem>[] = [
      {
        label: t('roster.name'),
        isName: true,
        cell: ({ id, name, absence }) =>
          html`<a href="#staff=${id}">${name}</a>
            ${absence ? html`<span class="badge badge-warning">${absenceName(absence)}</span>` : nothing}`,
      },
      { label: t('roster.number'), cell: ({ number }) => number ?? '' },
      { label: t('roster.department'), cell: ({ department }) => department.name },
      { label: t('roster.tier'), cell: ({ tier }) => tierName(tier) },
    ];
    if (may('write_staff')) {
      columns.push(
        { label: t('roster.grade'), cell: ({ grade }) => grade ?? '' },
        {
          label: t('roster.employment'),
          cell: ({ employment }) => (employment ? employmentName(employment) : ''),
        },
      );
    }
    return html`
      <p role="status">${t('roster.total', { count: this.staff.value?.total ?? 0 })}</p>
      ${
        staff.length === 0
          ? empty(t('roster.none'))
          : dataTable({ caption: t('roster.list'), rows: staff, key: ({ id }) => id, columns })
      }
    `;
  }

  private find(): Promise<boolean> {
    const query = new URLSearchParams(
      Object.entries(this.filters).filter(([, value]) => value !== ''),
    ).toString();
    return this.staff.start(`/api/staff${query ? `?${query}` : ''}`);
  }
}

customElements.define('staff-list', StaffList);
