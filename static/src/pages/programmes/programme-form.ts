import { html, type TemplateResult } from 'lit';
import { exchange } from '../../api/client';
import {
  checkField,
  focusFirstError,
  formError,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/training';
import { Task } from '../../state/task';
import type { Programme } from '../completion/model';
import type { Employment } from '../roster/types';
import { employmentName, EMPLOYMENTS, organisation } from '../roster/words';
import './question-fields';
import { BEGINNING, daysText, deadlineOf, EVERYBODY, dueDay, numbersOf, type Rule } from './model';

/** What a form is about: a new programme, or a programme's year, planned or not. */
export interface Subject {
  /** None for a new programme. */
  programme: Programme | null;
  year: number;
  /** The version that is changed; 0 for a year that is not planned yet. */
  version: number;
}

type Amount = 'routes' | 'new_routes' | 'new_within_years' | 'away_routes';
/** Those that may be none. */
const MAY_BE_NONE: readonly Amount[] = ['new_routes', 'away_routes'];

const FIELDS = [
  'code',
  'rule.title.ja',
  'rule.title',
  'rule.audience.joined_within_years',
  'rule.requirement.routes',
  'rule.requirement.new_routes',
  'rule.requirement.new_within_years',
  'rule.requirement.away_routes',
  'rule.grace_days',
  'rule.too_late_days',
  'rule.reminders',
  'rule.questions',
];

/** `<programme-form>`: plans a programme for a fiscal year. Says `saved` or `cancelled`. */
export class ProgrammeForm extends LightElement {
  private of: Subject = { programme: null, year: 0, version: 0 };
  private rule: Rule = BEGINNING;
  private code = '';
  private frequency = 'yearly';
  private reminders = '';
  private readonly saving = new Task<unknown>(this);

  /** What it is about. */
  set subject(of: Subject) {
    if (of === this.of) return;
    this.of = of;
    this.rule = structuredClone(of.programme?.rule ?? BEGINNING);
    this.code = of.programme?.code ?? '';
    this.frequency = of.programme?.frequency ?? 'yearly';
    this.reminders = daysText(this.rule.reminders);
    this.saving.reset();
  }

  protected override render(): TemplateResult {
    const { programme, year } = this.of;
    const { title, requirement, audience } = this.rule;
    return html`<form
      class="form card"
      novalidate
      aria-labelledby="programme-form-title"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.save();
      }}
    >
      <h2 class="section-title" id="programme-form-title" tabindex="-1">
        ${programme ? pick(programme.rule.title) : t('programmes.new')}
      </h2>
      ${formError(this.saving.error, FIELDS)} ${programme ? '' : this.identity()}
      ${this.titles(title)}
      <div class="form-row-even">
        ${this.number('routes', t('programmes.routes'))}
        ${this.number('new_routes', t('programmes.new_routes'))}
        ${this.number('new_within_years', t('programmes.new_within_years'))}
        ${this.number('away_routes', t('programmes.away_routes'))}
      </div>
      ${selectField({
        name: 'evidence',
        label: t('programmes.evidence'),
        value: requirement.evidence ?? 'accepted',
        options: [
          { value: 'accepted', label: t('programmes.evidence_accepted') },
          { value: 'proven', label: t('programmes.evidence_proven') },
        ],
        onInput: (evidence) => {
          this.require({ evidence: evidence as Rule['requirement']['evidence'] & string });
        },
      })}
      ${checkField({
        name: 'or_outing',
        label: t('programmes.or_outing'),
        checked: requirement.or_outing ?? false,
        onChange: (or_outing) => {
          this.require({ or_outing });
        },
      })}
      ${checkField({
        name: 'or_desk',
        label: t('programmes.or_desk'),
        checked: requirement.or_desk ?? false,
        onChange: (or_desk) => {
          this.require({ or_desk });
        },
      })}
      ${textField({
        name: 'deadline',
        label: t('programmes.due_on'),
        type: 'date',
        required: true,
        min: `${String(year)}-04-01`,
        max: `${String(year + 1)}-03-31`,
        value: dueDay(this.rule.deadline, year),
        onInput: (day) => {
          if (day) this.change({ deadline: deadlineOf(day) });
        },
      })}
      <fieldset class="card">
        <legend>${t('programmes.audience')}</legend>
        ${this.choices(
          t('programmes.tiers'),
          organisation.state.tiers.map(({ id, name }) => ({ value: id, label: pick(name) })),
          audience?.tiers ?? [],
          (tiers) => {
            this.limit({ tiers: tiers.length > 0 ? tiers : null });
          },
        )}
        ${this.choices(
          t('programmes.employments'),
          EMPLOYMENTS.map((kind) => ({ value: kind, label: employmentName(kind) })),
          audience?.employments ?? [],
          (kinds) => {
            this.limit({ employments: kinds.length > 0 ? (kinds as Employment[]) : null });
          },
        )}
        ${this.choices(
          t('programmes.departments'),
          organisation.state.departments.map(({ id, name, depth }) => ({
            value: id,
            label: `${'　'.repeat(depth)}${name}`,
          })),
          audience?.departments ?? [],
          (departments) => {
            this.limit({ departments: departments.length > 0 ? departments : null });
          },
        )}
        ${textField({
          name: 'joined',
          label: t('programmes.joined'),
          keyboard: 'numeric',
          value: audience?.joined_within_years ? String(audience.joined_within_years) : '',
          error: this.saving.fields['rule.audience.joined_within_years'],
          onInput: (years) => {
            this.limit({ joined_within_years: years.trim() === '' ? null : Number(years) });
          },
        })}
      </fieldset>
      <div class="form-row-even">
        ${this.days('grace_days', t('programmes.grace_days'))}
        ${this.days('too_late_days', t('programmes.too_late_days'))}
        ${textField({
          name: 'reminders',
          label: t('programmes.reminders'),
          help: t('programmes.reminders_help'),
          value: this.reminders,
          error: this.saving.fields['rule.reminders'],
          onInput: (text) => {
            this.reminders = text;
            this.change({ reminders: numbersOf(text) });
          },
        })}
      </div>
      <question-fields
        .questions=${this.rule.questions ?? []}
        .error=${this.saving.fields['rule.questions']}
        @changed=${({ detail }: CustomEvent<NonNullable<Rule['questions']>>) => {
          this.change({ questions: detail });
        }}
      ></question-fields>
      <div class="button-row">
        ${submitButton(t('programmes.save'), this.saving.busy)}
        <button
          type="button"
          class="button"
          @click=${() => {
            this.dispatchEvent(new CustomEvent('cancelled'));
          }}
        >
          ${t('programmes.cancel')}
        </button>
      </div>
    </form>`;
  }

  private identity(): TemplateResult {
    return html`${textField({
      name: 'code',
      label: t('programmes.code'),
      help: t('programmes.code_help'),
      required: true,
      maxLength: 40,
      value: this.code,
      error: this.saving.fields['code'],
      onInput: (code) => {
        this.code = code;
      },
    })}
    ${selectField({
      name: 'frequency',
      label: t('programmes.frequency'),
      value: this.frequency,
      options: [
        { value: 'yearly', label: t('programmes.yearly') },
        { value: 'once', label: t('programmes.once') },
      ],
      onInput: (frequency) => {
        this.frequency = frequency;
      },
    })}`;
  }

  private titles(title: Rule['title']): TemplateResult {
    const field = (language: 'ja' | 'en' | 'easy', label: string) =>
      textField({
        name: `title_${language}`,
        label,
        required: language === 'ja',
        maxLength: 100,
        value: title[language] ?? '',
        error: this.saving.fields[`rule.title.${language}`],
        onInput: (text) => {
          this.change({ title: { ...this.rule.title, [language]: text } });
        },
      });
    return html`${field('ja', t('programmes.title_ja'))} ${field('en', t('programmes.title_en'))}
    ${field('easy', t('programmes.title_easy'))}`;
  }

  private number(name: Amount, label: string): TemplateResult {
    return textField({
      name,
      label,
      type: 'number',
      min: MAY_BE_NONE.includes(name) ? '0' : '1',
      max: '50',
      value: String(this.rule.requirement[name] ?? (name === 'away_routes' ? 0 : '')),
      error: this.saving.fields[`rule.requirement.${name}`],
      onInput: (value) => {
        this.require({ [name]: Number(value) });
      },
    });
  }

  private days(name: 'grace_days' | 'too_late_days', label: string): TemplateResult {
    return textField({
      name,
      label,
      type: 'number',
      min: '0',
      max: '365',
      value: String(this.rule[name] ?? ''),
      error: this.saving.fields[`rule.${name}`],
      onInput: (value) => {
        this.change({ [name]: Number(value) });
      },
    });
  }

  /** Several of a list, unfolded when any is chosen. */
  private choices(
    label: string,
    options: readonly { value: string; label: string }[],
    chosen: readonly string[],
    onChange: (chosen: string[]) => void,
  ): TemplateResult {
    return html`<details class="training-choices" ?open=${chosen.length > 0}>
      <summary>${label}</summary>
      <div class="training-options">
        ${options.map((option) =>
          checkField({
            name: `choice-${option.value}`,
            label: option.label,
            checked: chosen.includes(option.value),
            onChange: (checked) => {
              const others = chosen.filter((value) => value !== option.value);
              onChange(checked ? [...others, option.value] : others);
            },
          }),
        )}
      </div>
    </details>`;
  }

  private change(more: Partial<Rule>): void {
    this.rule = { ...this.rule, ...more };
    this.requestUpdate();
  }

  private require(more: Partial<Rule['requirement']>): void {
    this.change({ requirement: { ...this.rule.requirement, ...more } });
  }

  private limit(more: Partial<NonNullable<Rule['audience']>>): void {
    this.change({ audience: { ...EVERYBODY, ...this.rule.audience, ...more } });
  }

  private async save(): Promise<void> {
    if (this.saving.busy) return;
    const { programme, year, version } = this.of;
    const { rule, code, frequency } = this;
    const done = await this.saving.run((signal) =>
      programme
        ? exchange(
            'PUT',
            `/api/programmes/${programme.id}/years/${String(year)}`,
            { rule },
            { signal, ifMatch: `"${String(version)}"` },
          )
        : exchange(
            'POST',
            '/api/programmes',
            { code, frequency, fiscal_year: year, rule },
            { signal },
          ),
    );
    if (!done) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    say(() => t('programmes.changed'));
    this.dispatchEvent(new CustomEvent('saved'));
  }
}

customElements.define('programme-form', ProgrammeForm);
