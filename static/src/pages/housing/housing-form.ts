import { html, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import type { components } from '../../api/schema';
import { areaField, missing, textField } from '../../components/form';
import '../../components/position-field';
import { degrees, type TypedPosition } from '../../geo/degrees';
import { t } from '../../i18n/areas/housing';
import { housingBody, type HousingTexts } from './bodies';
import type { HousingDocument } from './model';
import { LONGEST_NAME, LONGEST_TEXT, RegisterForm } from './register-form';

/** What the service answers when a building is added; nothing when one is changed. */
export type AddedHousing = components['schemas']['Added'] | null;

/** `<housing-form>`: adds a building, or changes one. */
export class HousingForm extends RegisterForm<HousingTexts, AddedHousing> {
  static override properties = { housing: { attribute: false }, etag: {} };

  /** The building; null where one is added. */
  declare housing: HousingDocument | null;
  declare etag: string | null;
  protected readonly shown = ['name', 'address', 'location', 'note'];
  private at: TypedPosition = { lat: '', lon: '' };
  /** The version that was there when the form was opened: what is typed is meant for no other. */
  private meant: string | null = null;

  constructor() {
    super();
    this.housing = null;
    this.etag = null;
  }

  protected override initial(): HousingTexts {
    const { name = '', address = '', note = '', location } = this.housing ?? {};
    this.meant = this.etag;
    if (location) this.at = { lat: String(location[1]), lon: String(location[0]) };
    return { name, address, note };
  }

  protected override heading(): string {
    return t(this.housing ? 'housing.change_housing' : 'housing.add_housing');
  }

  protected override fields(): TemplateResult {
    return html`
      ${textField({
        ...this.field('name', t('housing.housing_name')),
        required: true,
        maxLength: LONGEST_NAME,
      })}
      ${textField({
        ...this.field('address', t('housing.address')),
        help: t('housing.address_help'),
        required: true,
        maxLength: LONGEST_TEXT,
      })}
      <p class="section-text">${t('housing.position_help')}</p>
      <position-field
        .value=${this.at}
        .error=${this.errorOf('location') ?? ''}
        @placed=${({ detail }: CustomEvent<TypedPosition>) => {
          this.at = detail;
          this.requestUpdate();
        }}
      ></position-field>
      ${areaField({ ...this.field('note', t('housing.note')), maxLength: LONGEST_TEXT })}
    `;
  }

  protected override check(): FieldErrors {
    const { name, address } = this.texts;
    return {
      ...missing({ name, address }),
      ...(degrees(this.at) ? {} : { location: t('housing.position_wrong') }),
    };
  }

  protected override store(signal: AbortSignal): Promise<AddedHousing> {
    const location = degrees(this.at);
    if (!location) throw new RangeError('a position that was checked');
    const body = housingBody(this.texts, location);
    return this.housing
      ? send('PUT', `/api/housing/${this.housing.id}`, body, { signal, ifMatch: this.meant })
      : send('POST', '/api/housing', body, { signal });
  }
}

customElements.define('housing-form', HousingForm);
