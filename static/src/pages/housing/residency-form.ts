import { html, nothing, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import type { components } from '../../api/schema';
import { areaField, checkField, missing, textField } from '../../components/form';
import { today } from '../../format/dates';
import { t } from '../../i18n/areas/housing';
import { moveIn, residencyBody, type ResidencyTexts } from './bodies';
import { type ResidencyItem, type UnitItem, versionTag } from './model';
import { LONGEST_NAME, LONGEST_TEXT, RegisterForm } from './register-form';
import { personText } from './words';

/** Who moved in, as the service answers; nothing when a residency is changed. */
export type MovedIn = components['schemas']['MovedIn'] | null;

/** `<residency-form>`: somebody moves into a unit, or a residency is changed, mostly because they move out. */
export class ResidencyForm extends RegisterForm<ResidencyTexts, MovedIn> {
  static override properties = { unit: { attribute: false }, residency: { attribute: false } };

  declare unit: UnitItem;
  /** Who lives there; null where somebody moves in. */
  declare residency: ResidencyItem | null;
  protected readonly shown = ['staff_number', 'staff', 'from', 'until', 'note'];
  private settled = false;

  constructor() {
    super();
    this.residency = null;
  }

  protected override initial(): ResidencyTexts {
    const { from = today(), until, note = '', settled = false } = this.residency ?? {};
    this.settled = settled;
    return { staff_number: '', from, until: until ?? '', note };
  }

  protected override heading(): string {
    const { unit, residency } = this;
    return residency
      ? t('housing.change_residency_of', { person: personText(residency), unit: unit.name })
      : t('housing.move_in_to', { unit: unit.name });
  }

  protected override fields(): TemplateResult {
    const number = this.field('staff_number', t('housing.staff_number'));
    return html`
      ${
        this.residency
          ? nothing
          : textField({
              ...number,
              help: t('housing.staff_number_help'),
              error: number.error ?? this.errorOf('staff'),
              required: true,
              maxLength: LONGEST_NAME,
            })
      }
      <div class="form-row form-row-even">
        ${textField({
          ...this.field('from', t('housing.move_in_day')),
          type: 'date',
          required: true,
        })}
        ${textField({
          ...this.field('until', t('housing.move_out_day')),
          help: t('housing.move_out_day_help'),
          type: 'date',
        })}
      </div>
      ${areaField({ ...this.field('note', t('housing.note')), maxLength: LONGEST_TEXT, rows: 2 })}
      ${
        this.residency && this.texts.until
          ? checkField({
              name: 'settled',
              label: t('housing.is_settled'),
              checked: this.settled,
              onChange: (isSettled) => {
                this.settled = isSettled;
              },
            })
          : nothing
      }
    `;
  }

  protected override check(): FieldErrors {
    const { staff_number, from } = this.texts;
    return missing(this.residency ? { from } : { staff_number, from });
  }

  protected override store(signal: AbortSignal): Promise<MovedIn> {
    const { residency, unit, texts, settled } = this;
    return residency
      ? send('PUT', `/api/housing/residencies/${residency.id}`, residencyBody(texts, settled), {
          signal,
          ifMatch: versionTag(residency.version),
        })
      : send('POST', '/api/housing/residencies', moveIn(unit.id, texts), { signal });
  }
}

customElements.define('residency-form', ResidencyForm);
