import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type Answer, exchange, request } from '../../api/client';
import { dataTable } from '../../components/data-table';
import { ask } from '../../components/dialog';
import {
  focusFirstError,
  formError,
  missing,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { formatDay, today } from '../../format/dates';
import { t } from '../../i18n/areas/roster';
import { may } from '../../shell/session';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import type { Employment, Person, SpellItem } from './types';
import {
  absenceName,
  departmentOptions,
  employmentName,
  EMPLOYMENTS,
  fieldName,
  organisation,
  tierName,
} from './words';

const SHOWN = ['effective_on', 'reason', 'name', 'email', 'grade', 'department', 'last_day'];

/** `<staff-detail staff=…>`: somebody with their history, and the way to change it. */
export class StaffDetail extends LightElement {
  static override properties = { staff: { type: String } };
  declare staff: string;
  private readonly person = new Task<Answer<Person>>(this);
  private readonly saving = new Task<Answer<Person>>(this);
  private changes: Record<string, string> = {};
  private wrong: Readonly<Record<string, string>> = {};

  constructor() {
    super();
    this.staff = '';
    new Watch(this, organisation, ({ departments, tiers }) => [departments, tiers]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('staff')) void this.load();
  }

  protected override render(): TemplateResult {
    return html`<p><a href="#">${t('roster.back')}</a></p>
      ${loaded(
        this.person,
        t('roster.detail_failed'),
        () => void this.load(),
        ({ body }) => (body ? this.show(body) : html``),
      )}`;
  }

  private show(person: Person): TemplateResult {
    const spell = person.spells.at(-1);
    const fact = (label: string, value: string | null | undefined) =>
      value
        ? html`<dt>${label}</dt>
            <dd>${value}</dd>`
        : nothing;
    return html`
      <section class="section" aria-labelledby="person">
        <h2 class="section-title" id="person">${person.name}</h2>
        <dl class="facts">
          ${fact(t('roster.number'), person.number)}
          ${fact(t('roster.name_kana'), spell?.name_kana)}
          ${fact(t('roster.department'), person.department.name)}
          ${fact(t('roster.tier'), tierName(person.tier))} ${fact(t('roster.grade'), spell?.grade)}
          ${fact(t('roster.employment'), spell ? employmentName(spell.employment) : null)}
          ${fact(t('roster.email'), spell?.email)}
          ${fact(t('roster.hired_on'), person.hired_on ? formatDay(person.hired_on) : null)}
          ${fact(t('roster.left_on'), person.left_on ? formatDay(person.left_on) : null)}
        </dl>
      </section>
      ${spell ? this.history(person) : nothing}
      ${spell && may('write_staff') ? this.forms(spell) : nothing}
    `;
  }

  private history(person: Person): TemplateResult {
    const period = (from: string, last: string | null | undefined): string =>
      last
        ? t('roster.since_until', { from: formatDay(from), last: formatDay(last) })
        : t('roster.since', { from: formatDay(from) });
    return html`<section class="section" aria-labelledby="history">
      <h2 class="section-title" id="history">${t('roster.history')}</h2>
      ${dataTable<SpellItem>({
        caption: t('roster.history'),
        rows: [...person.spells].reverse(),
        key: ({ from }) => from,
        columns: [
          { label: t('roster.period'), isName: true, cell: ({ from, last }) => period(from, last) },
          { label: t('roster.department'), cell: ({ department }) => department.name },
          { label: t('roster.grade'), cell: ({ grade }) => grade },
          { label: t('roster.tier'), cell: ({ tier }) => tierName(tier) },
          { label: t('roster.employment'), cell: ({ employment }) => employmentName(employment) },
        ],
      })}
      ${
        person.absences.length > 0
          ? html`<h3>${t('roster.absences')}</h3>
              <ul class="bullets">
                ${person.absences.map(
                  ({ kind, since, until }) =>
                    html`<li>
                      ${absenceName(kind)}: ${period(since, until ? dayBefore(until) : null)}
                    </li>`,
                )}
              </ul>`
          : nothing
      }
    </section>`;
  }

  private forms(spell: SpellItem): TemplateResult {
    const set = (name: string) => (value: string) => {
      this.changes = { ...this.changes, [name]: value };
    };
    const fields = { ...this.saving.fields, ...this.wrong };
    const text = (name: 'name' | 'email' | 'grade', value: string) =>
      textField({
        name,
        label: fieldName(name),
        value: this.changes[name] ?? value,
        error: fields[name],
        onInput: set(name),
      });
    return html`<section class="section" aria-labelledby="edit">
      <h2 class="section-title" id="edit">${t('roster.edit')}</h2>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.save(spell);
        }}
      >
        ${formError(this.saving.error, SHOWN)}
        <div class="form-row">
          ${text('name', spell.name)} ${text('grade', spell.grade)}
          ${text('email', spell.email ?? '')}
          ${selectField({
            name: 'department',
            label: t('roster.department'),
            value: this.changes['department'] ?? spell.department.id,
            options: departmentOptions(),
            error: fields['department'],
            onInput: set('department'),
          })}
          ${selectField({
            name: 'employment',
            label: t('roster.employment'),
            value: this.changes['employment'] ?? spell.employment,
            options: EMPLOYMENTS.map((one) => ({ value: one, label: employmentName(one) })),
            onInput: set('employment'),
          })}
          ${textField({
            name: 'effective_on',
            label: t('roster.effective_on'),
            type: 'date',
            required: true,
            value: this.changes['effective_on'] ?? today(),
            error: fields['effective_on'],
            onInput: set('effective_on'),
          })}
        </div>
        ${textField({
          name: 'reason',
          label: t('roster.reason'),
          help: t('roster.reason_help'),
          required: true,
          maxLength: 500,
          value: this.changes['reason'],
          error: fields['reason'],
          onInput: set('reason'),
        })}
        <div class="button-row">${submitButton(t('roster.save'), this.saving.busy)}</div>
        ${textField({
          name: 'last_day',
          label: t('roster.left_on'),
          help: t('roster.end_help'),
          type: 'date',
          value: this.changes['last_day'] ?? this.person.value?.body?.left_on ?? '',
          error: fields['last_day'],
          onInput: set('last_day'),
        })}
        <div class="button-row">
          <button type="button" class="button button-danger" @click=${() => void this.end()}>
            ${t('roster.end')}
          </button>
        </div>
      </form>
    </section>`;
  }

  private async load(): Promise<void> {
    const path = `/api/staff/${encodeURIComponent(this.staff)}`;
    await this.person.run((signal) => request<Person>(path, { signal, etag: null }));
  }

  private hasReason(): boolean {
    this.wrong = missing({ reason: this.changes['reason'] ?? '' });
    this.requestUpdate();
    const has = Object.keys(this.wrong).length === 0;
    if (!has)
      void this.updateComplete.then(() => {
        focusFirstError(this);
      });
    return has;
  }

  private async save(spell: SpellItem): Promise<void> {
    if (this.saving.busy || !this.hasReason()) return;
    const { reason, effective_on: day, ...changes } = this.changes;
    const before: Record<string, string> = {
      name: spell.name,
      grade: spell.grade,
      email: spell.email ?? '',
      department: spell.department.id,
      employment: spell.employment satisfies Employment,
    };
    const changed = Object.entries(changes).filter(
      ([name, value]) => name in before && before[name] !== value,
    );
    if (changed.length === 0) {
      say(() => t('roster.nothing'), 'error');
      return;
    }
    const body = { effective_on: day || today(), reason, ...Object.fromEntries(changed) };
    await this.send('PATCH', '', body);
  }

  private async end(): Promise<void> {
    if (this.saving.busy || !this.hasReason()) return;
    const yes = await ask({
      title: () => t('roster.end'),
      text: () => t('roster.end_text'),
      yes: () => t('roster.end'),
      danger: true,
    });
    if (!yes) return;
    const last = this.changes['last_day'] ?? '';
    await this.send('POST', '/end', { last_day: last || null, reason: this.changes['reason'] });
  }

  private async send(method: 'PATCH' | 'POST', end: string, body: unknown): Promise<void> {
    const path = `/api/staff/${encodeURIComponent(this.staff)}${end}`;
    const ifMatch = this.person.value?.etag ?? null;
    const done = await this.saving.run((signal) =>
      exchange<Person>(method, path, body, { signal, ifMatch }),
    );
    if (!done) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    this.changes = {};
    this.person.value = this.saving.value;
    this.requestUpdate();
    say(() => t('roster.saved'));
  }
}

/** The service says the first day back; people say the last day away. */
function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

customElements.define('staff-detail', StaffDetail);
