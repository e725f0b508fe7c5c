import { html, nothing, type TemplateResult } from 'lit';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  submitButton,
  textField,
} from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import type { FieldErrors } from '../../../api/client';
import { today } from '../../../format/dates';
import { t } from '../../../i18n/areas/design';
import { Task } from '../../../state/task';
import { archiveRoute, type DesignItem, restoreRoute } from '../api';

/** `<archive-form>`: ends a route on a day, or lets it count again; both say why. Sends `done`. */
export class ArchiveForm extends LightElement {
  static override properties = { item: { attribute: false } };

  declare item: DesignItem;
  private readonly sending = new Task<DesignItem>(this);
  private on = today();
  private reason = '';
  private errors: FieldErrors = {};

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('input, textarea')?.focus();
  }

  protected override render(): TemplateResult {
    const { archived_on: end } = this.item;
    const errors = { ...this.sending.fields, ...this.errors };
    return html`<form class="form archive-form" novalidate @submit=${this.submit}>
      <p class="section-text">${t(end ? 'archive.restore_text' : 'archive.text')}</p>
      ${
        end
          ? nothing
          : textField({
              name: 'on',
              type: 'date',
              label: t('archive.on'),
              required: true,
              value: this.on,
              min: today(),
              error: errors['on'],
              onInput: (value) => {
                this.on = value;
              },
            })
      }
      ${areaField({
        name: 'reason',
        label: t('archive.reason'),
        help: t('archive.reason_help'),
        required: true,
        rows: 2,
        maxLength: 500,
        value: this.reason,
        error: errors['reason'],
        onInput: (value) => {
          this.reason = value;
        },
      })}
      ${formError(this.sending.error, ['on', 'reason'])}
      ${submitButton(t(end ? 'list.restore' : 'list.archive'), this.sending.busy, !end)}
    </form>`;
  }

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { route_id: route, archived_on: end } = this.item;
    this.errors = missing({ reason: this.reason, ...(end ? {} : { on: this.on }) });
    this.requestUpdate();
    const isFilled = Object.keys(this.errors).length === 0;
    const isDone =
      isFilled &&
      (await this.sending.run(() =>
        end ? restoreRoute(route, this.reason) : archiveRoute(route, this.on, this.reason),
      ));
    if (isDone) {
      say(() => t(end ? 'archive.restored' : 'archive.archived'));
      this.dispatchEvent(new CustomEvent('done'));
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  };
}

customElements.define('archive-form', ArchiveForm);
