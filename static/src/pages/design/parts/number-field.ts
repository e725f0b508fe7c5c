import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { textField } from '../../../components/form';
import { t } from '../../../i18n/areas/design';

/** A whole number in a form: what stands there while it is no number yet is not passed on. */
export class NumberField {
  private typed: string | null = null;
  private shown: number | null = null;

  constructor(private readonly host: ReactiveControllerHost) {}

  field(
    options: { name: string; label: string; help?: string },
    value: number,
    { least, most }: { least: number; most: number },
    onChange: (value: number) => void,
  ): TemplateResult {
    // A value from elsewhere, such as undo, takes the place of what was typed.
    if (value !== this.shown) this.typed = null;
    this.shown = value;
    return textField({
      ...options,
      type: 'number',
      keyboard: 'numeric',
      min: String(least),
      max: String(most),
      value: this.typed ?? String(value),
      error: this.typed === null ? undefined : t('number.range', { least, most }),
      onInput: (text) => {
        const number = Number(text.normalize('NFKC'));
        const fits =
          text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most;
        this.typed = fits ? null : text;
        if (fits) {
          this.shown = number;
          onChange(number);
        }
        this.host.requestUpdate();
      },
    });
  }
}
