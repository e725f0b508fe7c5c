import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { get, request } from '../../../api/client';
import type { Me } from '../../../api/types';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { loaded } from '../../../components/lists';
import { formatTime } from '../../../format/dates';
import { type Key, t } from '../../../i18n/areas/lead';
import { keep, type KeptOuting } from '../../../outings/kept';
import { outingBadges, outingFacts } from '../../../outings/parts';
import { peopleOf, sheetOf } from '../../../outings/sheet';
import { codeHours, isNear } from '../../../outings/state';
import type { CodeSheet, Outing, Participants } from '../../../outings/types';
import { whenOf } from '../../../outings/when';
import type { Outbox } from '../../../outbox';
import { Task } from '../../../state/task';
import './code-screen';
import './host-panel';
import './participant-list';
import './plan-form';
import './roll-call';

type View = 'people' | 'code' | 'roll' | 'hosts' | 'edit';

const VIEWS: readonly { view: View; label: Key; onlyLed: boolean }[] = [
  { view: 'people', label: 'lead.people', onlyLed: true },
  { view: 'code', label: 'lead.code', onlyLed: true },
  { view: 'roll', label: 'lead.roll', onlyLed: true },
  { view: 'hosts', label: 'lead.hosts', onlyLed: false },
  { view: 'edit', label: 'lead.edit', onlyLed: false },
];
/** What works without a network. */
const OFFLINE: readonly View[] = ['code', 'roll'];

/** Whether a part of the page is of use at a moment: nobody calls the roll of what is cancelled. */
const isOfUse = (view: View, outing: Outing, now: number): boolean =>
  !OFFLINE.includes(view) ||
  (outing.state !== 'cancelled' && (view !== 'code' || now <= codeHours(outing)[1]));

/** An outing with what is known of it. */
interface Led {
  outing: Outing;
  /** Its validator. */
  etag: string | null;
  /** For its trainers. */
  participants: Participants | null;
  /** For its trainers, when it is near. */
  codes: CodeSheet | null;
}

/** `<lead-outing>`: one outing, as those see it who lead it. */
export class LeadOuting extends LightElement {
  static override properties = {
    outing: {},
    view: {},
    who: { attribute: false },
    account: { attribute: false },
    outbox: { attribute: false },
    kept: { attribute: false },
    cannotKeep: { state: true },
  };

  /** The outing's id. */
  declare outing: string;
  declare view: string;
  declare who: Me | null;
  declare account: string | null;
  declare outbox: Outbox | null;
  declare kept: KeptOuting | null;
  declare private cannotKeep: boolean;
  private readonly led = new Task<Led>(this);

  constructor() {
    super();
    this.cannotKeep = false;
  }

  private readonly again = (): void => {
    if (this.who) void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.again);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('outing')) this.led.reset();
    const isNew = changed.has('outing') || changed.has('who');
    // What was marked, and what hosts have said meanwhile, shows there.
    const isTurned = changed.has('view') && ['people', 'hosts', ''].includes(this.view);
    if (this.who && (isNew || isTurned)) void this.load();
  }

  protected override updated(): void {
    const outing = this.led.value?.outing ?? (this.isOffline() ? this.kept?.outing : undefined);
    if (outing) this.dispatchEvent(new CustomEvent('opened', { detail: outing }));
  }

  /** Whether only what is on the device is at hand. */
  private isOffline(): boolean {
    return !this.who || this.led.error?.kind === 'offline';
  }

  protected override render(): TemplateResult {
    const back = html`<p class="no-print">
      <a class="button button-quiet" href="#">${icon('left')}${t('outing.back')}</a>
    </p>`;
    if (this.isOffline()) return html`${back} ${this.offline()}`;
    return html`${back}
    ${loaded(
      this.led,
      t('lead.failed'),
      () => void this.load(),
      (led) => this.all(led),
    )}`;
  }

  private offline(): TemplateResult {
    const { kept } = this;
    const sheet = kept?.sheet;
    if (!kept || !sheet) {
      return html`<div class="notice notice-warning" role="status">
        ${icon('warning')}
        <div class="notice-text">
          <p><strong>${t('outing.offline')}</strong></p>
          <p>${t('lead.offline_none')}</p>
        </div>
      </div>`;
    }
    const view = OFFLINE.find((one) => one === this.view) ?? 'code';
    return html`
      <p class="outing-when no-print">${whenOf(kept.outing)}</p>
      <div class="notice notice-warning no-print" role="status">
        ${icon('warning')}
        <div class="notice-text">
          <p><strong>${t('outing.offline')}</strong></p>
          <p>${t('lead.offline_text', { time: formatTime(new Date(sheet.at)) })}</p>
        </div>
      </div>
      ${this.tabs(view, (one) => OFFLINE.includes(one))} ${this.offlineView(view, kept.outing)}
    `;
  }

  private tabs(current: View, isShown: (view: View) => boolean): TemplateResult {
    return html`<nav class="lead-tabs no-print" aria-label=${t('lead.parts')}>
      ${VIEWS.filter(({ view }) => isShown(view)).map(
        ({ view, label }) =>
          html`<a href="#${this.outing}/${view}" aria-current=${view === current ? 'page' : nothing}
            >${t(label)}</a
          >`,
      )}
    </nav>`;
  }

  private all(led: Led): TemplateResult {
    const { outing, participants } = led;
    const isLed = participants !== null;
    const shown = VIEWS.filter(({ onlyLed }) => isLed || !onlyLed)
      .map(({ view }) => view)
      .filter((one) => isOfUse(one, outing, Date.now()));
    const view = shown.find((one) => one === this.view) ?? shown[0] ?? 'hosts';
    return html`
      <div class="outing-head no-print">
        ${outingBadges(outing, Date.now())}
        ${
          view === 'code' || view === 'roll'
            ? html`<p class="outing-when">${whenOf(outing)}</p>`
            : html`${outingFacts(outing)}
                <p><a href="/outings#${outing.id}">${t('lead.public_page')}</a></p>`
        }
      </div>
      ${isLed ? this.keeping(outing) : html`<p class="notice">${t('lead.not_led')}</p>`}
      ${this.tabs(view, (one) => shown.includes(one))} ${this.viewed(view, led)}
    `;
  }

  /** What of it is on this device, and until when. */
  private keeping(outing: Outing): TemplateResult | typeof nothing {
    const sheet = this.kept?.sheet;
    if (this.cannotKeep) {
      return html`<p class="notice notice-warning no-print">
        ${icon('warning')}<span>${t('lead.not_kept')}</span>
      </p>`;
    }
    if (sheet && isNear(outing, Date.now())) {
      return html`<p class="notice notice-done no-print" data-kept>
        ${icon('check')}<span
          >${t('lead.kept', {
            count: sheet.people.length,
            time: formatTime(new Date(sheet.at)),
          })}</span
        >
      </p>`;
    }
    return outing.state === 'planned' && Date.now() < Date.parse(outing.starts_at)
      ? html`<p class="section-text no-print">${t('lead.keeps_later')}</p>`
      : nothing;
  }

  private viewed(view: View, { outing, etag, participants }: Led): TemplateResult {
    const reload = () => void this.load();
    switch (view) {
      case 'people':
        return html`<participant-list
          .outing=${outing}
          .participants=${participants}
          @changed=${reload}
        ></participant-list>`;
      case 'hosts':
        return html`<host-panel
          .outing=${outing}
          .answers=${participants?.host_answers ?? []}
          .isLed=${participants !== null}
          @changed=${reload}
        ></host-panel>`;
      case 'edit':
        return html`<plan-form
          .outing=${outing}
          .etag=${etag}
          .participants=${participants}
          @saved=${reload}
        ></plan-form>`;
      default:
        return this.offlineView(view, outing);
    }
  }

  private offlineView(view: View, outing: Outing): TemplateResult {
    const { account, outbox, kept } = this;
    const sheet = kept?.sheet ?? null;
    if (view === 'code') {
      return html`<code-screen .sheet=${sheet}></code-screen>`;
    }
    const participants = this.led.value?.participants;
    const people =
      sheet?.people ?? (participants ? peopleOf(participants, this.who?.staff ?? null) : []);
    return account && outbox
      ? html`<roll-call
          .outing=${outing}
          .people=${people}
          .at=${sheet?.at ?? this.at}
          .account=${account}
          .outbox=${outbox}
        ></roll-call>`
      : html``;
  }

  /** When the participants were asked for: milliseconds since 1970. */
  private at = 0;

  private async load(): Promise<void> {
    const at = Date.now();
    const path = `/api/outings/${encodeURIComponent(this.outing)}`;
    const isDone = await this.led.run(async (signal) => {
      const { body: outing, etag } = await request<Outing>(path, { etag: null, signal });
      if (!outing) throw new Error('no outing');
      if (!outing.is_trainer) return { outing, etag, participants: null, codes: null };
      const participants = await get<Participants>(`${path}/participants`, signal);
      const codes = isNear(outing, at) ? await get<CodeSheet>(`${path}/code`, signal) : null;
      return { outing, etag, participants, codes };
    });
    const led = this.led.value;
    if (!isDone || !led) return;
    this.at = at;
    await this.take(led, at);
  }

  /** Keeps on the device what is needed without a network. */
  private async take({ outing, participants, codes }: Led, at: number): Promise<void> {
    const { account } = this;
    if (!account || !participants) return;
    // Long before names have no business on a phone; afterwards what is there is brought up to date.
    const before = this.kept?.sheet;
    const own = this.who?.staff ?? null;
    const sheet = codes
      ? sheetOf(codes, participants, own, at)
      : before && { ...before, people: peopleOf(participants, own), at };
    if (!sheet) return;
    try {
      await keep({ account, outing, sheet, at });
      this.cannotKeep = false;
    } catch {
      this.cannotKeep = true;
    }
    this.dispatchEvent(new CustomEvent('kept'));
  }
}

customElements.define('lead-outing', LeadOuting);
