import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../components/dialog';
import { icon } from '../components/icon';
import { LightElement } from '../components/light-element';
import { say } from '../components/messages';
import { moment } from '../components/moment';
import { save } from '../components/save';
import { type Key, t } from '../i18n/areas/outbox';
import { signInUrl } from '../shell/return-to';
import { exported } from './export';
import type { Item } from './item';
import type { Outbox } from './outbox';
import { type Unsent, unsent } from './plan';

const WHY: Record<NonNullable<Unsent['why']>, Key> = {
  offline: 'outbox.why_offline',
  signed_out: 'outbox.why_signed_out',
  other_account: 'outbox.why_other',
  sending: 'outbox.why_sending',
  waiting: 'outbox.why_waiting',
};
const KINDS: Record<Item['kind'], Key> = {
  answer: 'outbox.kind_answer',
  sheet: 'outbox.kind_sheet',
  visit: 'outbox.kind_visit',
  addition: 'outbox.kind_addition',
  observation: 'outbox.kind_observation',
  photo: 'outbox.kind_photo',
  check_in: 'outbox.kind_check_in',
  mark: 'outbox.kind_mark',
  gathering_check_in: 'outbox.kind_gathering_check_in',
  gathering_mark: 'outbox.kind_gathering_mark',
};

/** `<unsent-bar>`: how many items are unsent, and why; each of them, with what can be done about it. */
export class UnsentBar extends LightElement {
  static override properties = { outbox: { attribute: false }, open: { state: true } };
  declare outbox: Outbox;
  declare private open: boolean;
  private stop: (() => void)[] = [];

  constructor() {
    super();
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const again = (): void => {
      this.requestUpdate();
    };
    addEventListener('online', again);
    addEventListener('offline', again);
    this.stop = [
      this.outbox.state.subscribe(again),
      () => {
        removeEventListener('online', again);
        removeEventListener('offline', again);
      },
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stop) stop();
  }

  protected override render(): TemplateResult {
    const { items, account, sending } = this.outbox.state.state;
    // Where nobody could be asked, whoever tapped last is meant: everything is theirs until it is known.
    const who = account === undefined ? (items[0]?.owner ?? null) : account;
    const count = unsent(items, { account: who, sending, online: navigator.onLine });
    const total = count.mine + count.others;
    const isClear = items.length === 0;
    return html`<section
      class="unsent ${isClear ? '' : 'unsent-some'}"
      aria-label=${t('outbox.unsent_title')}
      data-unsent=${total}
      data-failed=${count.failed}
    >
      <p class="unsent-text" role="status">
        ${icon(isClear ? 'check' : 'share')}
        <span>${this.sentence(count, total)}</span>
      </p>
      ${isClear ? nothing : this.buttons(count)}
      ${isClear || !this.open ? nothing : this.more(items, who)}
    </section>`;
  }

  private buttons({ why }: Unsent): TemplateResult {
    return html`<span class="button-row">
      ${
        why === 'signed_out'
          ? html`<a class="button button-small" href=${signInUrl()}>${t('session.sign_in')}</a>`
          : nothing
      }
      <button
        type="button"
        class="button button-small"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-controls="unsent-more"
        @click=${() => {
          this.open = !this.open;
        }}
      >
        ${t('outbox.unsent_more')}
      </button>
    </span>`;
  }

  private sentence(count: Unsent, total: number): TemplateResult {
    const { failed, mine, others, why } = count;
    return html`${
      total === 0
        ? t('outbox.unsent_none')
        : html`<strong>${t('outbox.unsent', { count: total })}</strong> ${why ? t(WHY[why]) : ''}`
    }${others > 0 && mine > 0 ? html` ${t('outbox.others', { count: others })}` : nothing}${
      failed > 0 ? html` <strong>${t('outbox.failed_items', { count: failed })}</strong>` : nothing
    }`;
  }

  private more(items: readonly Item[], who: string | null): TemplateResult {
    const shown = items.filter(({ owner }) => who === null || owner === who);
    return html`<div class="unsent-details" id="unsent-more">
      <div class="button-row">
        <button type="button" class="button" @click=${() => void this.outbox.flush()}>
          ${icon('share')}${t('outbox.send_now')}
        </button>
        <button
          type="button"
          class="button"
          @click=${() => {
            this.export(who);
          }}
        >
          ${icon('download')}${t('outbox.export')}
        </button>
      </div>
      <p class="section-text">
        ${t('outbox.export_why')}
        ${shown.some(({ kind }) => kind === 'sheet') ? t('outbox.export_without') : nothing}
        ${shown.some(({ kind }) => kind === 'answer') ? t('outbox.export_without_answer') : nothing}
      </p>
      <ul class="unsent-items">
        ${shown.map((item) => this.item(item))}
      </ul>
    </div>`;
  }

  private item(item: Item): TemplateResult {
    const { state } = item;
    return html`<li>
      <span>${t(KINDS[item.kind])} ${moment(new Date(item.made).toISOString())}</span>
      ${
        state.is === 'failed'
          ? html`<span class="unsent-reason"
                >${icon('warning')}${state.reason.message || t('outbox.not_taken')}</span
              >
              <span class="button-row">
                <button
                  type="button"
                  class="button button-small"
                  @click=${() => void this.outbox.retry(item.id)}
                >
                  ${t('outbox.retry')}
                </button>
                <button
                  type="button"
                  class="button button-small"
                  @click=${() => void this.dismiss(item)}
                >
                  ${t('outbox.dismiss')}
                </button>
              </span>`
          : nothing
      }
    </li>`;
  }

  private async dismiss(item: Item): Promise<void> {
    const words = {
      title: () => t('outbox.dismiss_title'),
      text: () => t('outbox.dismiss_ask'),
      yes: () => t('outbox.dismiss'),
    };
    if (await ask({ ...words, danger: true })) await this.outbox.dismiss(item.id);
  }

  private export(who: string | null): void {
    const text = exported(this.outbox.state.state.items, who, new Date());
    const blob = new Blob([text], { type: 'application/json' });
    save({ name: 'machiaruki-unsent.json', blob });
    say(() => t('outbox.exported'));
  }
}

customElements.define('unsent-bar', UnsentBar);
