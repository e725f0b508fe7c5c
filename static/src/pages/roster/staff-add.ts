import { html, type TemplateResult } from 'lit';
import { exchange, type FieldErrors } from '../../api/client';
import { ask } from '../../components/dialog';
import {
  focusFirstError,
  formError,
  missing,
  selectField,
  submitButton,
  type TextOptions,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { formatDay, today } from '../../format/dates';
import { t } from '../../i18n/areas/roster';
import { Watch } from '../../state/store';
import { Task } from '../../state/task';
import type { Person } from './types';
import {
  departmentOptions,
  employmentName,
  EMPLOYMENTS,
  fieldName,
  gradeOptions,
  organisation,
} from './words';

const REQUIRED = ['number', 'name', 'department', 'grade', 'employment', 'effective_on', 'reason'];
const FIELDS = [...REQUIRED, 'name_kana', 'email'];

/** `<staff-add>`: somebody who comes, or comes back, between two rosters. */
export class StaffAdd extends LightElement {
  private readonly saving = new Task<Person | null>(this);
  private texts: Readonly<Record<string, string>> = {
    effective_on: today(),
    employment: 'regular',
  };
  private wrong: FieldErrors = {};

  constructor() {
    super();
    new Watch(this, organisation, ({ departments, tiers }) => [departments, tiers]);
  }

  protected override render(): TemplateResult {
    const errors: FieldErrors = { ...this.saving.fields, ...this.wrong };
    const field = (name: string, label = fieldName(name)) => ({
      name,
      label,
      required: REQUIRED.includes(name),
      value: this.texts[name] ?? '',
      error: errors[name],
      onInput: (text: string) => {
        this.texts = { ...this.texts, [name]: text };
      },
    });
    const text = (name: string, more: Partial<TextOptions> = {}) =>
      textField({ ...field(name), ...more });
    const choose = { value: '', label: t('roster.choose') };
    return html`<section class="section" aria-labelledby="add">
      <h2 class="section-title" id="add">${t('roster.view_add')}</h2>
      <p class="section-text">${t('roster.add_help')}</p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.save();
        }}
      >
        ${formError(this.saving.error, FIELDS)}
        <div class="form-row form-row-even">
          ${text('number', { label: t('roster.number'), maxLength: 40 })}
          ${text('effective_on', { label: t('roster.first_day'), type: 'date' })}
          ${text('name', { maxLength: 200 })} ${text('name_kana', { maxLength: 200 })}
          ${selectField({ ...field('department'), options: [choose, ...departmentOptions()] })}
          ${selectField({ ...field('grade'), options: [choose, ...gradeOptions()] })}
          ${selectField({
            ...field('employment'),
            options: EMPLOYMENTS.map((one) => ({ value: one, label: employmentName(one) })),
          })}
          ${text('email', { type: 'email' })}
        </div>
        ${text('reason', {
          label: t('roster.reason'),
          help: t('roster.add_reason_help'),
          maxLength: 500,
        })}
        <div class="button-row">${submitButton(t('roster.add'), this.saving.busy)}</div>
      </form>
    </section>`;
  }

  private async save(): Promise<void> {
    if (this.saving.busy) return;
    const given = Object.fromEntries(FIELDS.map((name) => [name, (this.texts[name] ?? '').trim()]));
    this.wrong = missing(Object.fromEntries(REQUIRED.map((name) => [name, given[name] ?? ''])));
    this.requestUpdate();
    if (Object.keys(this.wrong).length > 0) {
      await this.showFirstError();
      return;
    }
    const { name = '', number = '', effective_on: day = '' } = given;
    const yes = await ask({
      title: () => t('roster.add_ask', { name }),
      text: () => t('roster.add_ask_text', { name, number, day: formatDay(day) }),
      yes: () => t('roster.add'),
    });
    if (!yes) return;
    const isDone = await this.saving.run(
      async (signal) => (await exchange<Person>('POST', '/api/staff', given, { signal })).body,
    );
    if (!isDone) {
      await this.showFirstError();
      return;
    }
    say(() => t('roster.added', { name }));
    location.hash = `staff=${this.saving.value?.id ?? ''}`;
  }

  private async showFirstError(): Promise<void> {
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('staff-add', StaffAdd);
