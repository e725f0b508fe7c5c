import { html, type TemplateResult } from 'lit';
import { focusFirstError, submitButton, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/outings';
import { codeOf } from '../../../outings/codes';
import { checkIn } from '../../../outings/items';
import { codeHours, takesCodes } from '../../../outings/state';
import type { Outing } from '../../../outings/types';
import { clockOf } from '../../../outings/when';
import type { Item, Outbox, OutboxState } from '../../../outbox';
import { Watch } from '../../../state/store';

/**
 * `<check-in-form>`: the code on the trainer's screen. It is kept on the device before it is sent, with the time at which it
 * was typed, so that it counts without a network as well.
 */
export class CheckInForm extends LightElement {
  static override properties = {
    outing: { attribute: false },
    account: {},
    outbox: { attribute: false },
    typed: { state: true },
    wrong: { state: true },
    busy: { state: true },
  };

  declare outing: Outing;
  declare account: string;
  declare outbox: Outbox;
  declare private typed: string;
  declare private wrong: boolean;
  declare private busy: boolean;
  private watch: Watch<OutboxState> | null = null;

  constructor() {
    super();
    this.typed = '';
    this.wrong = false;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watch ??= new Watch(this, this.outbox.state, ({ items, receipts }) => [items, receipts]);
  }

  private get items(): Item[] {
    return this.outbox.state.state.items.filter(
      ({ kind, owner, outing }) =>
        kind === 'check_in' && owner === this.account && outing === this.outing.id,
    );
  }

  private get isReceived(): boolean {
    return this.outbox.state.state.receipts.some(
      ({ kind, owner, outing }) =>
        kind === 'check_in' && owner === this.account && outing === this.outing.id,
    );
  }

  protected override render(): TemplateResult {
    return html`<section class="section" aria-labelledby="check-in">
      <h2 class="section-title" id="check-in">${t('outings.check_in')}</h2>
      ${this.state()}
    </section>`;
  }

  private state(): TemplateResult {
    if (this.isReceived) {
      return html`<div class="notice notice-done" role="status" data-checked-in="sent">
        ${icon('check')}<span>${t('outings.check_in_done')}</span>
        <a class="button button-small" href="/record">${t('outings.to_record')}</a>
      </div>`;
    }
    if (this.items.some(({ state }) => state.is === 'queued')) {
      return html`<div class="notice notice-warning" role="status" data-checked-in="kept">
        ${icon('check')}<span>${t('outings.check_in_kept')}</span>
      </div>`;
    }
    const [from, until] = codeHours(this.outing);
    if (!takesCodes(this.outing, Date.now())) {
      return html`<p>
        ${t('outings.check_in_hours', { from: clockOf(from), until: clockOf(until) })}
        ${t('outings.check_in_place')}
      </p>`;
    }
    return this.form();
  }

  private form(): TemplateResult {
    const failed = this.items.find(({ state }) => state.is === 'failed')?.state;
    const reason = failed?.is === 'failed' ? failed.reason.message : '';
    const told = reason || (failed ? t('outings.check_in_again') : undefined);
    return html`<p>${t('outings.check_in_text')}</p>
      <form
        class="form"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.send();
        }}
      >
        ${textField({
          name: 'code',
          label: t('outings.code'),
          value: this.typed,
          keyboard: 'numeric',
          autocomplete: 'one-time-code',
          maxLength: 12,
          required: true,
          error: this.wrong ? t('outings.code_wrong') : told,
          onInput: (value) => {
            this.typed = value;
            this.wrong = false;
          },
        })}
        ${submitButton(t('outings.check_in_go'), this.busy)}
      </form>`;
  }

  private async send(): Promise<void> {
    const code = codeOf(this.typed);
    if (!code) {
      this.wrong = true;
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    if (this.busy) return;
    this.busy = true;
    const before = this.items;
    try {
      await this.outbox.add([checkIn(this.account, this.outing.id, code, Date.now())]);
      this.typed = '';
      // What was not taken is replaced by this.
      for (const { id } of before) await this.outbox.dismiss(id);
    } catch {
      say(() => t('outings.cannot_keep'), 'error');
    }
    this.busy = false;
  }
}

customElements.define('check-in-form', CheckInForm);
