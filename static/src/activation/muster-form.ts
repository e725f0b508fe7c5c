import { html, nothing, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../api/client';
import type { Position } from '../api/types';
import { DialogForm } from '../components/dialog-form';
import { checkField, textField } from '../components/form';
import '../components/position-field';
import { degrees, type TypedPosition } from '../geo/degrees';
import { t } from '../i18n/areas/muster';
import '../styles/position.css';
import type { OwnMuster } from './types';

const LONGEST_NAME = 100;

/** What is sent: a place of their own; none where they gather with their council. */
export const musterBody = (
  name: string,
  location: Position | null,
): { muster: OwnMuster | null } => ({
  muster: name.trim() === '' ? null : { name: name.trim(), location },
});

/** `<muster-form>`: where somebody gathers, where that is not where their council meets. */
export class MusterForm extends DialogForm {
  static override properties = {
    ...DialogForm.properties,
    residency: {},
    who: {},
    muster: { attribute: false },
    isPlaced: { state: true },
    at: { state: true },
  };

  declare residency: string;
  /** Whose it is, in words. */
  declare who: string;
  /** Their own place, where they have one. */
  declare muster: OwnMuster | null;
  /** Whether it is said where it lies. */
  declare private isPlaced: boolean;
  declare private at: TypedPosition;
  protected readonly shown = ['muster.name', 'muster.location'];
  private name = '';

  constructor() {
    super();
    this.who = '';
    this.muster = null;
    this.isPlaced = false;
    this.at = { lat: '', lon: '' };
  }

  protected override willUpdate(): void {
    if (this.hasUpdated || !this.muster) return;
    const { name, location } = this.muster;
    this.name = name;
    this.isPlaced = Boolean(location);
    if (location) this.at = { lat: String(location[1]), lon: String(location[0]) };
  }

  protected override heading(): string {
    return t('muster.of', { who: this.who });
  }

  protected override yes(): string {
    return t('muster.save');
  }

  protected override fields(): TemplateResult {
    return html`${textField({
      name: 'muster-name',
      label: t('muster.name'),
      help: t('muster.help'),
      error: this.errorOf('muster.name'),
      value: this.name,
      maxLength: LONGEST_NAME,
      onInput: (name) => {
        this.name = name;
      },
    })}
    ${checkField({
      name: 'muster-placed',
      label: t('muster.placed'),
      checked: this.isPlaced,
      onChange: (isPlaced) => {
        this.isPlaced = isPlaced;
      },
    })}
    ${
      this.isPlaced
        ? html`<position-field
            .value=${this.at}
            .error=${this.errorOf('muster.location') ?? ''}
            @placed=${({ detail }: CustomEvent<TypedPosition>) => {
              this.at = detail;
            }}
          ></position-field>`
        : nothing
    }`;
  }

  protected override check(): FieldErrors {
    const isWrong = this.name.trim() !== '' && this.isPlaced && !degrees(this.at);
    return isWrong ? { 'muster.location': t('muster.wrong') } : {};
  }

  protected override store(signal: AbortSignal): Promise<unknown> {
    const body = musterBody(this.name, this.isPlaced ? degrees(this.at) : null);
    const path = `/api/housing/residencies/${this.residency}/muster`;
    return send('PUT', path, body, { signal });
  }
}

customElements.define('muster-form', MusterForm);
