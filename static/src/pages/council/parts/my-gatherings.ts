import { html, nothing, type TemplateResult } from 'lit';
import { get, send } from '../../../api/client';
import { focusFirstError, submitButton, textField } from '../../../components/form';
import { failure, failureText } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { empty } from '../../../components/lists';
import { say } from '../../../components/messages';
import { checkIn } from '../../../gatherings/items';
import { isOpen, takesCodes } from '../../../gatherings/state';
import type { MyGathering, MyGatherings } from '../../../gatherings/types';
import { badges, facts } from '../../../gatherings/words';
import { t } from '../../../i18n/areas/gatherings';
import { codeOf } from '../../../outings/codes';
import type { Item, Outbox } from '../../../outbox';
import { Task } from '../../../state/task';
import { Ticker } from '../../../state/ticker';

/**
 * `<my-gatherings>`: the next gatherings of one's council, and whether one comes. `kept` is what this device knows without a
 * network; fires `loaded` with what the service says, for whoever keeps it.
 */
export class MyGatheringsElement extends LightElement {
  static override properties = {
    isLive: { type: Boolean },
    kept: { attribute: false },
    account: {},
    outbox: { attribute: false },
    unsent: { attribute: false },
    wrong: { state: true },
  };

  /** Whether somebody is signed in, so that the service can be asked. */
  declare isLive: boolean;
  declare kept: readonly MyGathering[] | null;
  declare account: string | null;
  declare outbox: Outbox | null;
  /** What is in the outbox: it is rendered again when that changes. */
  declare unsent: readonly Item[] | undefined;
  /** The gathering whose code is not six digits. */
  declare private wrong: string | null;
  private typed = '';
  private asked = false;
  private readonly list = new Task<MyGatherings>(this);
  private readonly changing = new Task<unknown>(this);

  constructor() {
    super();
    this.isLive = false;
    this.kept = null;
    this.account = null;
    this.outbox = null;
    this.wrong = null;
    new Ticker(this, 30_000);
  }

  protected override willUpdate(): void {
    if (this.isLive && !this.asked) {
      this.asked = true;
      void this.load();
    }
  }

  private async load(): Promise<void> {
    if (!(await this.list.run((signal) => get('/api/me/gatherings', signal)))) return;
    const gatherings = this.list.value?.gatherings ?? [];
    this.dispatchEvent(new CustomEvent('loaded', { detail: gatherings }));
  }

  protected override render(): TemplateResult {
    const { error, value } = this.list;
    const all = value?.gatherings ?? this.kept;
    const isOffline = !this.isLive || error?.kind === 'offline' || error?.kind === 'timeout';
    return html`<section class="section no-print" aria-labelledby="gatherings">
      <h2 class="section-title" id="gatherings">${t('mine.title')}</h2>
      <p class="section-text">${t('mine.text')}</p>
      ${
        error && !(isOffline && all)
          ? failure(t('mine.failed'), error, () => void this.load())
          : nothing
      }
      ${
        isOffline && all
          ? html`<p class="notice">${icon('info')}<span>${t('mine.offline')}</span></p>`
          : nothing
      }
      ${
        all === null
          ? nothing
          : all.length === 0
            ? empty(t('mine.none'))
            : html`<ul class="gathering-list">
                ${all.map((one) => this.card(one, isOffline))}
              </ul>`
      }
    </section>`;
  }

  private card(one: MyGathering, isOffline: boolean): TemplateResult {
    return html`<li class="card gathering" data-gathering=${one.id}>
      <h3 lang=${langOf(one.title)}>${one.title}</h3>
      ${badges(one)} ${facts(one)} ${this.standing(one)} ${this.code(one)}
      ${isOffline ? nothing : this.buttons(one)}
    </li>`;
  }

  private standing(one: MyGathering): TemplateResult | typeof nothing {
    if (one.present === true) return done(t('mine.was_there'));
    if (one.present === false)
      return html`<p class="notice">${icon('info')}${t('mine.was_away')}</p>`;
    return one.signed_up && one.state !== 'cancelled' ? done(t('mine.joined')) : nothing;
  }

  private buttons(one: MyGathering): TemplateResult {
    const { busy } = this.changing;
    const canChange = one.takes_part && isOpen(one, Date.now());
    return html`<p class="button-row">
      ${
        canChange
          ? html`<button
              type="button"
              class="button ${one.signed_up ? '' : 'button-primary'}"
              data-join=${one.signed_up ? 'leave' : 'join'}
              aria-disabled=${busy ? 'true' : nothing}
              @click=${() => {
                if (!busy) void this.change(one);
              }}
            >
              ${t(one.signed_up ? 'mine.leave' : 'mine.join')}
            </button>`
          : nothing
      }
      ${
        one.calls_roll
          ? html`<span class="section-text">${t('mine.calls_roll')}</span>
              <a class="button" href="/gatherings#${one.id}">${t('mine.to_roll')}</a>`
          : nothing
      }
    </p>`;
  }

  private async change(one: MyGathering): Promise<void> {
    const path = `/api/me/gatherings/${one.id}/sign-up`;
    const method = one.signed_up ? 'DELETE' : 'PUT';
    if (await this.changing.run((signal) => send(method, path, undefined, { signal }))) {
      say(() => t(one.signed_up ? 'mine.left_done' : 'mine.joined_done'));
      await this.load();
      return;
    }
    const { error } = this.changing;
    if (error) say(() => `${t('mine.change_failed')} ${failureText(error)}`, 'error');
  }

  private itemsOf(id: string): Item[] {
    return (this.outbox?.state.state.items ?? []).filter(
      ({ kind, owner, gathering }) =>
        kind === 'gathering_check_in' && owner === this.account && gathering === id,
    );
  }

  private isReceived(id: string): boolean {
    return (this.outbox?.state.state.receipts ?? []).some(
      ({ kind, owner, gathering }) =>
        kind === 'gathering_check_in' && owner === this.account && gathering === id,
    );
  }

  /** The code on the screen: kept on the device before it is sent, with the time at which it was typed. */
  private code(one: MyGathering): TemplateResult | typeof nothing {
    if (!this.outbox || !this.account || !one.takes_part || one.calls_roll) return nothing;
    if (one.present === true) return nothing;
    const items = this.itemsOf(one.id);
    if (this.isReceived(one.id)) {
      return html`<div class="notice notice-done" role="status" data-checked-in="sent">
        ${icon('check')}<span>${t('mine.code_done')}</span>
      </div>`;
    }
    if (items.some(({ state }) => state.is === 'queued')) {
      return html`<div class="notice notice-warning" role="status" data-checked-in="kept">
        ${icon('check')}<span>${t('mine.code_kept')}</span>
      </div>`;
    }
    if (!takesCodes(one, Date.now())) return nothing;
    const failed = items.find(({ state }) => state.is === 'failed')?.state;
    const reason = failed?.is === 'failed' ? failed.reason.message : '';
    const told = reason || (failed ? t('mine.code_again') : undefined);
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.check(one);
      }}
    >
      ${textField({
        name: `code-${one.id}`,
        label: t('mine.code'),
        help: t('mine.code_text'),
        value: this.typed,
        keyboard: 'numeric',
        autocomplete: 'one-time-code',
        maxLength: 12,
        required: true,
        error: this.wrong === one.id ? t('mine.code_wrong') : told,
        onInput: (value) => {
          this.typed = value;
          this.wrong = null;
        },
      })}
      ${submitButton(t('mine.code_go'), false)}
    </form>`;
  }

  private async check(one: MyGathering): Promise<void> {
    const code = codeOf(this.typed);
    const { outbox, account } = this;
    if (!code || !outbox || !account) {
      this.wrong = one.id;
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const before = this.itemsOf(one.id);
    try {
      await outbox.add([checkIn(account, one.id, code, Date.now())]);
      this.typed = '';
      // What was not taken is replaced by this.
      for (const { id } of before) await outbox.dismiss(id);
    } catch {
      say(() => t('gathering.cannot_keep'), 'error');
    }
    this.requestUpdate();
  }
}

const done = (text: string): TemplateResult =>
  html`<p class="notice notice-done">${icon('check')}<span>${text}</span></p>`;

customElements.define('my-gatherings', MyGatheringsElement);
