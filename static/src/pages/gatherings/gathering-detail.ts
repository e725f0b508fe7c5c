import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../api/client';
import { areaField, formError, submitButton } from '../../components/form';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import type { CountedGathering } from '../../gatherings/types';
import { badges, facts } from '../../gatherings/words';
import { t } from '../../i18n/areas/gatherings';
import type { CodeSheet } from '../../outings/types';
import type { Item, Outbox } from '../../outbox';
import { Task } from '../../state/task';
import '../lead/parts/code-screen';
import './gathering-form';
import './gathering-roll';

/** `<gathering-detail>`: one gathering: what it is, its code on the screen, its roll; for the registrar also changing and cancelling. */
export class GatheringDetail extends LightElement {
  static override properties = {
    gathering: {},
    keeps: { type: Boolean },
    account: {},
    outbox: { attribute: false },
    unsent: { attribute: false },
    isChanging: { state: true },
    isCancelling: { state: true },
  };

  /** Its id. */
  declare gathering: string;
  /** Whether the reader keeps gatherings. */
  declare keeps: boolean;
  declare account: string | null;
  declare outbox: Outbox | null;
  /** What is in the outbox: it is rendered again when that changes. */
  declare unsent: readonly Item[] | undefined;
  declare private isChanging: boolean;
  declare private isCancelling: boolean;
  private reason = '';
  private readonly task = new Task<CountedGathering>(this);
  private readonly codes = new Task<CodeSheet>(this);
  private readonly cancelling = new Task<unknown>(this);

  constructor() {
    super();
    this.isChanging = false;
    this.isCancelling = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private get path(): string {
    return `/api/gatherings/${this.gathering}`;
  }

  private load(): Promise<boolean> {
    return this.task.run((signal) => get(this.path, signal));
  }

  protected override render(): TemplateResult {
    return loaded(
      this.task,
      t('gatherings.failed'),
      () => void this.load(),
      (one) => html`
        <section class="section" aria-labelledby="gathering">
          <h2 class="section-title" id="gathering" lang=${langOf(one.title)}>${one.title}</h2>
          ${badges(one)} ${facts(one)} ${this.keeps ? this.keeping(one) : nothing}
        </section>
        ${
          one.state === 'cancelled'
            ? nothing
            : html`${this.screen()}
                <gathering-roll
                  .gathering=${one}
                  .account=${this.account}
                  .outbox=${this.outbox}
                  .unsent=${this.unsent}
                ></gathering-roll>`
        }
      `,
    );
  }

  private keeping(one: CountedGathering): TemplateResult | typeof nothing {
    if (this.isChanging) {
      return html`<gathering-form
        .gathering=${one}
        @saved=${() => {
          this.isChanging = false;
          say(() => t('gatherings.changed'));
          void this.load();
        }}
        @cancelled=${() => {
          this.isChanging = false;
        }}
      ></gathering-form>`;
    }
    if (this.isCancelling) return this.cancelForm();
    if (one.state === 'cancelled') return nothing;
    return html`<p class="button-row">
      <button
        type="button"
        class="button"
        @click=${() => {
          this.isChanging = true;
        }}
      >
        ${t('gatherings.change')}
      </button>
      ${
        one.state === 'planned'
          ? html`<button
              type="button"
              class="button"
              @click=${() => {
                this.isCancelling = true;
              }}
            >
              ${icon('close')}${t('gatherings.cancel')}
            </button>`
          : nothing
      }
    </p>`;
  }

  private cancelForm(): TemplateResult {
    const { error, busy, fields } = this.cancelling;
    return html`<form
      class="form card"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!busy) void this.cancel();
      }}
    >
      ${formError(error, ['reason'])}
      ${areaField({
        name: 'reason',
        label: t('gatherings.cancel_reason'),
        required: true,
        maxLength: 500,
        value: this.reason,
        error: fields['reason'],
        onInput: (reason) => {
          this.reason = reason;
        },
      })}
      <div class="button-row">
        ${submitButton(t('gatherings.cancel'), busy, true)}
        <button
          type="button"
          class="button"
          @click=${() => {
            this.isCancelling = false;
          }}
        >
          ${t('gatherings.cancel_form')}
        </button>
      </div>
    </form>`;
  }

  private async cancel(): Promise<void> {
    const body = { reason: this.reason };
    const isDone = await this.cancelling.run((signal) =>
      send('POST', `${this.path}/cancel`, body, { signal }),
    );
    if (!isDone) return;
    this.isCancelling = false;
    say(() => t('gatherings.cancelled'));
    await this.load();
  }

  /** The code: from a day before, all of its hours are brought along, so that it is shown without a network too. */
  private screen(): TemplateResult {
    const { value, error, busy } = this.codes;
    return html`<div class="section">
      ${error ? failure(t('gatherings.code_failed'), error, () => void this.show()) : nothing}
      ${
        value
          ? html`<div class="gathering-screen">
                <code-screen
                  .sheet=${{ codes: value, people: [], at: 0, isClockWrong: false }}
                ></code-screen>
              </div>
              <p class="button-row">
                <button type="button" class="button" @click=${() => void this.full()}>
                  ${icon('fit')}${t('gatherings.code_full')}
                </button>
                <button
                  type="button"
                  class="button"
                  @click=${() => {
                    this.codes.reset();
                  }}
                >
                  ${t('gatherings.code_hide')}
                </button>
              </p>`
          : html`<button
              type="button"
              class="button"
              data-code-show
              aria-disabled=${busy ? 'true' : nothing}
              @click=${() => void this.show()}
            >
              ${t('gatherings.code_show')}
            </button>`
      }
    </div>`;
  }

  private show(): Promise<boolean> {
    return this.codes.run((signal) => get(`${this.path}/code`, signal));
  }

  /** Where the browser can. */
  private async full(): Promise<void> {
    await this.querySelector('.gathering-screen')
      ?.requestFullscreen()
      .catch(() => undefined);
  }
}

customElements.define('gathering-detail', GatheringDetail);
