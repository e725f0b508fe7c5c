import { html, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import { areaField, missing, textField } from '../../components/form';
import { t } from '../../i18n/areas/housing';
import { unitBody, type UnitTexts } from './bodies';
import { type UnitItem, versionTag } from './model';
import { LONGEST_NAME, LONGEST_TEXT, RegisterForm } from './register-form';

/** `<unit-form>`: adds a unit to a building, or changes one. */
export class UnitForm extends RegisterForm<UnitTexts> {
  static override properties = { housing: {}, unit: { attribute: false } };

  /** The building. */
  declare housing: string;
  /** The unit; null where one is added. */
  declare unit: UnitItem | null;
  protected readonly shown = ['name', 'note'];

  constructor() {
    super();
    this.unit = null;
  }

  protected override initial(): UnitTexts {
    return { name: this.unit?.name ?? '', note: this.unit?.note ?? '' };
  }

  protected override heading(): string {
    return this.unit
      ? t('housing.change_unit_of', { unit: this.unit.name })
      : t('housing.add_unit');
  }

  protected override fields(): TemplateResult {
    return html`
      ${textField({
        ...this.field('name', t('housing.unit_name')),
        help: t('housing.unit_name_help'),
        required: true,
        maxLength: LONGEST_NAME,
      })}
      ${areaField({ ...this.field('note', t('housing.note')), maxLength: LONGEST_TEXT, rows: 2 })}
    `;
  }

  protected override check(): FieldErrors {
    return missing({ name: this.texts.name });
  }

  protected override store(signal: AbortSignal): Promise<unknown> {
    const { unit, texts } = this;
    const body = unitBody(texts, unit?.closed ?? false);
    return unit
      ? send('PUT', `/api/housing/units/${unit.id}`, body, {
          signal,
          ifMatch: versionTag(unit.version),
        })
      : send('POST', `/api/housing/${this.housing}/units`, body, { signal });
  }
}

customElements.define('unit-form', UnitForm);
