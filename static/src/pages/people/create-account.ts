import { html, type TemplateResult } from 'lit';
import { type FieldErrors, send } from '../../api/client';
import type { Account } from '../../api/types';
import {
  focusFirstError,
  formError,
  missing,
  submitButton,
  textField,
} from '../../components/form';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { t } from '../../i18n/areas/people';
import { Task } from '../../state/task';
import { changed } from './model';

/** `<create-account>`: an account for somebody on the roster. */
export class CreateAccount extends LightElement {
  private number = '';
  private wrong: FieldErrors = {};
  private readonly making = new Task<Account>(this);

  protected override render(): TemplateResult {
    const errors = { ...this.wrong, ...this.making.fields };
    return html`<section class="section" aria-labelledby="create">
      <h2 class="section-title" id="create">${t('people.create')}</h2>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.submit();
        }}
      >
        ${formError(this.making.error, ['staff_number'])}
        ${textField({
          name: 'staff_number',
          label: t('people.number'),
          help: t('people.create_help'),
          error: errors['staff_number'],
          value: this.number,
          onInput: (value) => {
            this.number = value;
          },
        })}
        ${submitButton(t('people.create_submit'), this.making.busy)}
      </form>
    </section>`;
  }

  private async submit(): Promise<void> {
    if (this.making.busy) return;
    this.wrong = missing({ staff_number: this.number });
    this.requestUpdate();
    const body = { staff_number: this.number.trim() };
    if (
      Object.keys(this.wrong).length === 0 &&
      (await this.making.run(() => send('POST', '/api/accounts', body)))
    ) {
      const { id, login } = this.making.value ?? { id: '', login: '' };
      this.number = '';
      say(() => t('people.created', { login }));
      changed();
      location.hash = `account=${id}`;
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('create-account', CreateAccount);
