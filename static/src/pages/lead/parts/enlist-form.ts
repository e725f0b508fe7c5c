import { html, type TemplateResult } from 'lit';
import { send } from '../../../api/client';
import {
  focusFirstError,
  formError,
  missing,
  submitButton,
  textField,
} from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/lead';
import type { EnlistedList } from '../../../outings/types';
import { Task } from '../../../state/task';
import { numbersOf } from '../plan';

/** `<enlist-form>`: people are put on the list by their staff numbers, such as those who signed a paper sheet. */
export class EnlistForm extends LightElement {
  static override properties = {
    outing: {},
    numbers: { state: true },
    wrong: { state: true },
  };

  /** The outing's id. */
  declare outing: string;
  declare private numbers: string;
  declare private wrong: string | undefined;
  private readonly sending = new Task(this);

  constructor() {
    super();
    this.numbers = '';
    this.wrong = undefined;
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="enlist">
      <h3 id="enlist">${t('lead.enlist')}</h3>
      <p class="section-text">${t('lead.enlist_text')}</p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.send();
        }}
      >
        ${formError(this.sending.error, ['numbers'])}
        ${textField({
          name: 'numbers',
          label: t('lead.enlist_numbers'),
          help: t('lead.enlist_help'),
          value: this.numbers,
          required: true,
          error: this.wrong ?? this.sending.fields['numbers'],
          onInput: (value) => {
            this.numbers = value;
            this.wrong = undefined;
          },
        })}
        ${submitButton(t('lead.enlist_go'), this.sending.busy)}
      </form>
    </section>`;
  }

  private async send(): Promise<void> {
    if (this.sending.busy) return;
    const numbers = numbersOf(this.numbers);
    this.wrong = missing({ numbers: numbers.join('') })['numbers'];
    if (!this.wrong) {
      const path = `/api/outings/${this.outing}/participants`;
      await this.sending.run(async (signal) => {
        const { results } = await send<EnlistedList>('POST', path, { numbers }, { signal });
        const unknown = results.filter(({ state }) => !state).map(({ number }) => number);
        const count = results.length - unknown.length;
        // What was not found stays in the field, to be mended.
        this.numbers = unknown.join(' ');
        if (unknown.length > 0) {
          this.wrong = t('lead.enlist_missing', { numbers: this.numbers });
        }
        if (count > 0) {
          say(() => t('lead.enlist_done', { count }));
          this.dispatchEvent(new CustomEvent('changed'));
        }
      });
    }
    await this.updateComplete;
    if (this.wrong) focusFirstError(this);
  }
}

customElements.define('enlist-form', EnlistForm);
