import { html, type TemplateResult } from 'lit';
import {
  formError,
  missing,
  selectField,
  submitButton,
  type TextOptions,
  textField,
} from '../../components/form';
import { say } from '../../components/messages';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/roster';
import { Watch } from '../../state/store';
import { StaffForm, undoReason } from './staff-form';
import { spellOn } from './spells';
import {
  departmentOptions,
  employmentName,
  EMPLOYMENTS,
  fieldName,
  gradeOptions,
  organisation,
} from './words';

const FIELDS = ['name', 'name_kana', 'grade', 'department', 'employment', 'email', 'hired_on'];

/** `<staff-edit>`: what somebody is called, where they work, and as what, from a day on. */
export class StaffEdit extends StaffForm {
  private texts: Readonly<Record<string, string>> = {};
  private day = today();

  constructor() {
    super();
    new Watch(this, organisation, ({ departments, tiers }) => [departments, tiers]);
  }

  protected override forget(): void {
    this.texts = {};
    this.day = today();
  }

  /** The fields as the service has them. */
  private get stored(): Readonly<Record<string, string>> {
    const { person } = this;
    const spell = spellOn(person, today());
    return {
      name: spell?.name ?? person.name,
      name_kana: spell?.name_kana ?? '',
      grade: spell?.grade ?? '',
      department: spell?.department.id ?? person.department.id,
      employment: spell?.employment ?? '',
      email: spell?.email ?? '',
      hired_on: person.hired_on ?? '',
    };
  }

  protected override render(): TemplateResult {
    const { errors, stored } = this;
    const field = (name: string) => ({
      name,
      label: fieldName(name),
      value: this.texts[name] ?? stored[name] ?? '',
      error: errors[name],
      onInput: (text: string) => {
        this.texts = { ...this.texts, [name]: text };
      },
    });
    const text = (name: string, more: Partial<TextOptions> = {}) =>
      textField({ ...field(name), ...more });
    return html`<section class="section" aria-labelledby="edit">
      <h2 class="section-title" id="edit">${t('roster.edit')}</h2>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.save();
        }}
      >
        ${formError(this.saving.error, [...FIELDS, 'effective_on', 'reason'])}
        <div class="form-row form-row-even">
          ${text('name', { required: true })} ${text('name_kana')}
          ${selectField({ ...field('department'), options: departmentOptions() })}
          ${selectField({ ...field('grade'), options: gradeOptions(stored['grade']) })}
          ${selectField({
            ...field('employment'),
            options: EMPLOYMENTS.map((one) => ({ value: one, label: employmentName(one) })),
          })}
          ${text('email', { type: 'email' })} ${text('hired_on', { type: 'date' })}
          ${textField({
            name: 'effective_on',
            label: t('roster.effective_on'),
            type: 'date',
            required: true,
            value: this.day,
            error: errors['effective_on'],
            onInput: (day) => {
              this.day = day;
            },
          })}
        </div>
        ${textField({
          name: 'reason',
          label: t('roster.reason'),
          help: t('roster.reason_help'),
          required: true,
          maxLength: 500,
          value: this.reason,
          error: errors['reason'],
          onInput: (reason) => {
            this.reason = reason;
          },
        })}
        <div class="button-row">${submitButton(t('roster.save'), this.saving.busy)}</div>
      </form>
    </section>`;
  }

  private async save(): Promise<void> {
    if (this.saving.busy) return;
    const { stored } = this;
    const reason = this.reason.trim();
    const name = this.texts['name'] ?? stored['name'] ?? '';
    if (this.refuses(missing({ name, effective_on: this.day, reason }))) return;
    const changed = Object.keys(this.texts).filter((field) => this.texts[field] !== stored[field]);
    if (changed.length === 0) {
      say(() => t('roster.nothing'));
      return;
    }
    const day = this.day;
    const change = (texts: Readonly<Record<string, string>>, why: string) => {
      // No day is null; no text is an empty one.
      const values: Record<string, string | null> = {};
      for (const field of changed) {
        values[field] = field === 'hired_on' && !texts[field] ? null : (texts[field] ?? '');
      }
      return { to: 'fields' as const, body: { effective_on: day, reason: why, ...values } };
    };
    await this.submit(change(this.texts, reason), change(stored, undoReason(reason)));
  }
}

customElements.define('staff-edit', StaffEdit);
