import { html, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import { areaField, missing, selectField, textField } from '../../components/form';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/housing';
import {
  districtBody,
  districtTexts,
  type DistrictTexts,
  ruleBody,
  ruleTexts,
  type RuleTexts,
} from './bodies';
import { type AddressRule, type DistrictLink, type LinkList, UNDECIDED } from './model';
import { LONGEST_NAME, LONGEST_TEXT, RegisterForm } from './register-form';

/** `<district-form>`: says which council looks after a school district, or that it is undecided. */
export class DistrictForm extends RegisterForm<DistrictTexts> {
  static override properties = { links: { attribute: false }, link: { attribute: false } };

  declare links: LinkList;
  /** What is changed; null where something is added. */
  declare link: DistrictLink | null;
  protected readonly shown = ['district_id', 'council', 'from', 'until', 'note'];

  constructor() {
    super();
    this.link = null;
  }

  protected override initial(): DistrictTexts {
    return districtTexts(this.link, today());
  }

  protected override heading(): string {
    return t(this.link ? 'housing.change_district' : 'housing.add_district');
  }

  protected override fields(): TemplateResult {
    // District, council and first day are what it is called by: another one is another link.
    const isFixed = this.link !== null;
    const { councils, school_districts: districts } = this.links;
    const council = this.field('council_id', t('housing.council'));
    return html`
      ${selectField({
        ...this.field('district_id', t('housing.district')),
        help: isFixed ? t('housing.fixed_help') : undefined,
        required: !isFixed,
        disabled: isFixed,
        options: [
          { value: '', label: t('housing.choose') },
          ...gone(this.link, districts, 'district_id', 'district_name'),
          ...districts.map(({ id, name }) => ({ value: id, label: name })),
        ],
      })}
      ${selectField({
        ...council,
        error: council.error ?? this.errorOf('council'),
        required: !isFixed,
        disabled: isFixed,
        options: [
          { value: '', label: t('housing.choose') },
          ...gone(this.link, councils, 'council_id', 'council_name'),
          ...councils.map(({ id, name }) => ({ value: id, label: name })),
          { value: UNDECIDED, label: t('housing.option_undecided') },
        ],
      })}
      <div class="form-row form-row-even">
        ${textField({
          ...this.field('from', t('housing.first_day')),
          type: 'date',
          required: !isFixed,
          disabled: isFixed,
        })}
        ${textField({
          ...this.field('until', t('housing.last_day')),
          help: t('housing.last_day_help'),
          type: 'date',
        })}
      </div>
      ${areaField({ ...this.field('note', t('housing.note')), maxLength: LONGEST_TEXT, rows: 2 })}
    `;
  }

  protected override check(): FieldErrors {
    const { district_id, council_id, from } = this.texts;
    return missing({ district_id, council_id, from });
  }

  protected override store(signal: AbortSignal): Promise<unknown> {
    return send('PUT', '/api/housing/districts', districtBody(this.texts), { signal });
  }
}

/** `<rule-form>`: homes whose address begins so belong to a council. */
export class RuleForm extends RegisterForm<RuleTexts> {
  static override properties = { links: { attribute: false }, rule: { attribute: false } };

  declare links: LinkList;
  /** The rule; null where one is added. */
  declare rule: AddressRule | null;
  protected readonly shown = ['beginning', 'council', 'from', 'until'];

  constructor() {
    super();
    this.rule = null;
  }

  protected override initial(): RuleTexts {
    return ruleTexts(this.rule, today());
  }

  protected override heading(): string {
    return t(this.rule ? 'housing.change_rule' : 'housing.add_rule');
  }

  protected override fields(): TemplateResult {
    const { councils } = this.links;
    const council = this.field('council_id', t('housing.council'));
    return html`
      ${textField({
        ...this.field('beginning', t('housing.beginning')),
        help: t('housing.beginning_help'),
        required: true,
        maxLength: LONGEST_NAME,
      })}
      ${selectField({
        ...council,
        error: council.error ?? this.errorOf('council'),
        required: true,
        options: [
          { value: '', label: t('housing.choose') },
          ...gone(this.rule, councils, 'council_id', 'council_name'),
          ...councils.map(({ id, name }) => ({ value: id, label: name })),
        ],
      })}
      <div class="form-row form-row-even">
        ${textField({
          ...this.field('from', t('housing.first_day')),
          type: 'date',
          required: true,
        })}
        ${textField({
          ...this.field('until', t('housing.last_day')),
          help: t('housing.last_day_help'),
          type: 'date',
        })}
      </div>
    `;
  }

  protected override check(): FieldErrors {
    const { beginning, council_id, from } = this.texts;
    return missing({ beginning, council_id, from });
  }

  protected override store(signal: AbortSignal): Promise<unknown> {
    const body = ruleBody(this.texts);
    return this.rule
      ? send('PUT', `/api/housing/address-rules/${this.rule.id}`, body, { signal })
      : send('POST', '/api/housing/address-rules', body, { signal });
  }
}

/** What is changed may name a place that is on the map no more: it stays to be seen. */
function gone<Item extends object>(
  item: Item | null,
  places: readonly { id: string }[],
  id: keyof Item,
  name: keyof Item,
): { value: string; label: string }[] {
  const value = item?.[id];
  if (typeof value !== 'string' || places.some((place) => place.id === value)) return [];
  const label = item?.[name];
  return [{ value, label: typeof label === 'string' ? label : t('housing.place_gone') }];
}

customElements.define('district-form', DistrictForm);
customElements.define('rule-form', RuleForm);
