import { html, nothing, type TemplateResult } from 'lit';
import type { FieldErrors } from '../../api/client';
import { focusFirstError, formError, submitButton } from '../../components/form';
import { LightElement } from '../../components/light-element';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';

/** What a field of such a form begins with. */
interface FieldBasics {
  name: string;
  label: string;
  value: string;
  error: string | undefined;
  onInput: (text: string) => void;
}

/** The longest name and the longest remark, as in the service. */
export const LONGEST_NAME = 100;
export const LONGEST_TEXT = 1000;

/**
 * The base of the forms with which the register is changed: `Texts` are what stands in the fields,
 * `Result` what the service answers. Fires `saved` with the result, `cancelled`, and `stale` when
 * somebody else was first and the reader wants to see what is there now.
 */
export abstract class RegisterForm<
  Texts extends Record<string, string>,
  Result = unknown,
> extends LightElement {
  protected readonly saving = new Task<Result>(this);
  protected texts!: Texts;
  private wrong: FieldErrors = {};

  /** What stands in the fields at first. */
  protected abstract initial(): Texts;
  /** What the form does. */
  protected abstract heading(): string;
  /** The fields. */
  protected abstract fields(): TemplateResult;
  /** The fields that are shown: at these the service's errors stand. */
  protected abstract readonly shown: readonly string[];
  /** What is wrong before anything is sent. */
  protected abstract check(): FieldErrors;
  /** Sends it. */
  protected abstract store(signal: AbortSignal): Promise<Result>;

  /** What is wrong with a field. */
  protected errorOf(name: string): string | undefined {
    return this.wrong[name] ?? this.saving.fields[name];
  }

  /** What every field begins with. Its id tells forms of one page apart. */
  protected field(name: keyof Texts & string, label: string): FieldBasics {
    return {
      name: `${this.localName}-${name}`,
      label,
      value: this.texts[name] ?? '',
      error: this.errorOf(name),
      onInput: (text) => {
        this.texts = { ...this.texts, [name]: text };
        this.requestUpdate();
      },
    };
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.texts = this.initial();
  }

  /** Whoever opens a form goes on in it. */
  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('h3')?.focus();
  }

  protected override render(): TemplateResult {
    const { error, busy } = this.saving;
    const id = `${this.localName}-title`;
    return html`<form
      class="form card"
      novalidate
      aria-labelledby=${id}
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.save();
      }}
    >
      <h3 class="section-title" id=${id} tabindex="-1">${this.heading()}</h3>
      ${formError(error, this.shown)}
      ${
        error?.kind === 'changed'
          ? html`<button
              type="button"
              class="button"
              @click=${() => this.dispatchEvent(new CustomEvent('stale'))}
            >
              ${t('housing.reload')}
            </button>`
          : nothing
      }
      ${this.fields()}
      <div class="button-row">
        ${submitButton(t('housing.save'), busy)}
        <button
          type="button"
          class="button"
          @click=${() => this.dispatchEvent(new CustomEvent('cancelled'))}
        >
          ${t('housing.cancel')}
        </button>
      </div>
    </form>`;
  }

  private async save(): Promise<void> {
    this.wrong = this.check();
    this.requestUpdate();
    const isWrong = Object.keys(this.wrong).length > 0;
    if (!isWrong && (await this.saving.run((signal) => this.store(signal)))) {
      this.dispatchEvent(new CustomEvent('saved', { detail: this.saving.value }));
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}
