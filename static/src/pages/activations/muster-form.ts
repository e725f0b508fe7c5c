import { html, nothing, type TemplateResult } from 'lit';
import type { RollRow } from '../../activation/types';
import { type FieldErrors, send } from '../../api/client';
import { checkField, textField } from '../../components/form';
import '../../components/position-field';
import { degrees, type TypedPosition } from '../../geo/degrees';
import { t } from '../../i18n/areas/activations';
import { musterBody } from './bodies';
import { DialogForm } from './dialog-form';
import { personText } from './words';

const LONGEST_NAME = 100;

/** `<muster-form>`: where somebody gathers, where that is not where their council meets. */
export class MusterForm extends DialogForm {
  static override properties = {
    ...DialogForm.properties,
    row: { attribute: false },
    isPlaced: { state: true },
    at: { state: true },
  };

  declare row: RollRow;
  /** Whether it is said where it lies. */
  declare private isPlaced: boolean;
  declare private at: TypedPosition;
  protected readonly shown = ['name', 'location'];
  private name = '';

  constructor() {
    super();
    this.isPlaced = false;
    this.at = { lat: '', lon: '' };
  }

  protected override willUpdate(): void {
    const { muster } = this.row;
    // Where it is the council's, there is nothing of their own to change yet.
    if (this.hasUpdated || !muster || muster.is_council) return;
    this.name = muster.name;
    const { location } = muster;
    this.isPlaced = Boolean(location);
    if (location) this.at = { lat: String(location[1]), lon: String(location[0]) };
  }

  protected override heading(): string {
    return t('activations.muster_of', { who: personText(this.row) });
  }

  protected override fields(): TemplateResult {
    return html`${textField({
      name: 'muster-name',
      label: t('activation.muster'),
      help: t('activations.muster_help'),
      error: this.errorOf('name'),
      value: this.name,
      maxLength: LONGEST_NAME,
      onInput: (name) => {
        this.name = name;
      },
    })}
    ${checkField({
      name: 'muster-placed',
      label: t('activations.muster_placed'),
      checked: this.isPlaced,
      onChange: (isPlaced) => {
        this.isPlaced = isPlaced;
      },
    })}
    ${
      this.isPlaced
        ? html`<position-field
            .value=${this.at}
            .error=${this.errorOf('location') ?? ''}
            @placed=${({ detail }: CustomEvent<TypedPosition>) => {
              this.at = detail;
            }}
          ></position-field>`
        : nothing
    }`;
  }

  protected override check(): FieldErrors {
    const isWrong = this.name.trim() !== '' && this.isPlaced && !degrees(this.at);
    return isWrong ? { location: t('activations.muster_wrong') } : {};
  }

  protected override store(signal: AbortSignal): Promise<unknown> {
    const body = musterBody(this.name, this.isPlaced ? degrees(this.at) : null);
    const path = `/api/housing/residencies/${this.row.residency_id}/muster`;
    return send('PUT', path, body, { signal });
  }
}

customElements.define('muster-form', MusterForm);
