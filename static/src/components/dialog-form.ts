import { html, nothing, type TemplateResult } from 'lit';
import type { FieldErrors } from '../api/client';
import { t } from '../i18n';
import { Task } from '../state/task';
import { focusFirstError, formError, submitButton } from './form';
import { LightElement } from './light-element';

/**
 * The base of small forms that open above a long list, so that nobody loses their place in it. Fires `saved` and
 * `closed`; whoever shows it takes it away then.
 */
export abstract class DialogForm extends LightElement {
  static override properties = { wrong: { state: true } };

  declare protected wrong: FieldErrors;
  protected readonly saving = new Task<unknown>(this);

  constructor() {
    super();
    this.wrong = {};
  }

  /** What the form does, and for whom. */
  protected abstract heading(): string;
  /** What the button that sends it says. */
  protected abstract yes(): string;
  /** The fields. */
  protected abstract fields(): TemplateResult;
  /** The fields at which the service's errors stand. */
  protected abstract readonly shown: readonly string[];
  /** What is wrong before anything is sent. */
  protected abstract check(): FieldErrors;
  /** Sends it. */
  protected abstract store(signal: AbortSignal): Promise<unknown>;

  /** What is wrong with a field. */
  protected errorOf(name: string): string | undefined {
    return this.wrong[name] ?? this.saving.fields[name];
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    const id = `${this.localName}-title`;
    const { error, busy } = this.saving;
    return html`<dialog
      class="dialog"
      aria-labelledby=${id}
      @close=${() => this.dispatchEvent(new CustomEvent('closed'))}
    >
      <form
        class="dialog-form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          if (!busy) void this.save();
        }}
      >
        <h2 class="dialog-title" id=${id}>${this.heading()}</h2>
        ${formError(error, this.shown)} ${this.fields()}
        <div class="button-row dialog-buttons">
          <button
            type="button"
            class="button"
            @click=${() => {
              this.close();
            }}
          >
            ${t('dialog.no')}
          </button>
          ${submitButton(this.yes(), busy)}
        </div>
      </form>
    </dialog>`;
  }

  private close(): void {
    this.querySelector('dialog')?.close();
  }

  private async save(): Promise<void> {
    this.wrong = this.check();
    const isRight = Object.keys(this.wrong).length === 0;
    if (isRight && (await this.saving.run((signal) => this.store(signal)))) {
      this.dispatchEvent(new CustomEvent('saved'));
      this.close();
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}
