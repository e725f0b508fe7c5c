import { html, type TemplateResult } from 'lit';
import {
  focusFirstError,
  formError,
  missing,
  submitButton,
  textField,
} from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import type { FieldErrors } from '../../../api/client';
import { t } from '../../../i18n/areas/design';
import { go } from '../../../shell/session';
import { Task } from '../../../state/task';
import { createDesign, type StoredDraft } from '../api';
import { emptyText } from '../model/design';

/** `<new-form>`: begins a route with its title. */
export class NewForm extends LightElement {
  private readonly creating = new Task<StoredDraft>(this);
  private title_ = '';
  private code = '';
  private errors: FieldErrors = {};

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const errors = { ...this.creating.fields, ...this.errors };
    return html`<form class="form" novalidate @submit=${this.submit}>
      ${textField({
        name: 'title',
        label: t('new.title'),
        help: t('new.title_help'),
        required: true,
        maxLength: 100,
        value: this.title_,
        error: errors['title'],
        onInput: (value) => {
          this.title_ = value;
        },
      })}
      ${textField({
        name: 'code',
        label: t('new.code'),
        help: t('new.code_help'),
        maxLength: 32,
        value: this.code,
        error: errors['code'],
        onInput: (value) => {
          this.code = value;
        },
      })}
      ${formError(this.creating.error, ['title', 'code'])}
      ${submitButton(t('new.go'), this.creating.busy)}
    </form>`;
  }

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.errors = missing({ title: this.title_ });
    this.requestUpdate();
    if (Object.keys(this.errors).length === 0) {
      const title = { ...emptyText(), ja: this.title_.trim() };
      const isMade = await this.creating.run(() =>
        createDesign({ title, code: this.code.trim() || null }),
      );
      const route = this.creating.value?.document.route_id;
      if (isMade && route) {
        go(`/design?route=${route}`);
        return;
      }
    }
    await this.updateComplete;
    focusFirstError(this);
  };
}

customElements.define('new-form', NewForm);
