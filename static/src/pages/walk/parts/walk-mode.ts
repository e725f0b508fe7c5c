import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../../api/client';
import type { components } from '../../../api/schema';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/walk';
import type { Outbox } from '../../../outbox';
import { me } from '../../../shell/session';
import { Task } from '../../../state/task';
import { isEnough } from '../model/asked';
import { addTo, checkIn, type Given, NOTHING } from '../model/check-in';
import { type Pack, type Stop, tilesOfPack } from '../model/packs';
import type { Scanned } from '../model/scanned';
import { canScan } from '../model/scan';
import type { Tiles } from '../model/tiles';
import { type Visited, visited } from '../model/visited';
import { walker } from '../model/walker';
import { type Fix, standing } from '../model/way';
import { evidenceForm, scanButton } from './evidence-form';
import { nextStop } from './next-stop';
import './observe-form';
import { recordedPanel, type Recorded } from './recorded-panel';
import { routeMap } from './route-map';
import { stopList } from './stop-list';

/** So long it waits for what the service knows, in milliseconds. */
const PATIENCE_MS = 3_000;

type MyVisits = components['schemas']['MyVisits'];

/** `<walk-mode>`: a route under one's feet. Fires `leave`, and `used` when a scanned code was. */
export class WalkMode extends LightElement {
  static override properties = {
    pack: { attribute: false },
    outbox: { attribute: false },
    scanned: { attribute: false },
  };
  declare pack: Pack;
  declare outbox: Outbox;
  declare scanned: Scanned | null;
  /** The tiles that were kept with the pack, once they are read. */
  private tiles: Tiles | null = null;
  private readonly told = new Task<MyVisits>(this);
  /** The state of the outbox when that was asked for last. */
  private lookedAt = '';
  private fix: Fix | null = null;
  /** Whether positions are not allowed, or not to be had. */
  private isLost = false;
  private watch: number | null = null;
  private isReady = false;
  /** The stop that is shown, until it was recorded or another one was chosen. */
  private chosen: string | null = null;
  private given: Given = NOTHING;
  private recorded: Recorded | null = null;
  private isNear = false;
  private busy = false;
  private unsubscribe: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unsubscribe = this.outbox.state.subscribe(() => {
      void this.look();
      this.requestUpdate();
    });
    // Which stop is next is said once it is known, and not changed under the thumb.
    void Promise.race([this.look(), new Promise((done) => setTimeout(done, PATIENCE_MS))]).then(
      () => {
        this.isReady = true;
        this.requestUpdate();
      },
    );
    document.addEventListener('visibilitychange', this.follow);
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
    document.removeEventListener('visibilitychange', this.follow);
    this.unwatch();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const { scanned } = this;
    if (changed.has('pack')) void this.readTiles();
    if (!changed.has('scanned') || !scanned || scanned.route !== this.pack.route.id) return;
    this.chosen = scanned.stop;
    this.recorded = null;
    this.given = { ...NOTHING, code: scanned.code };
  }

  private async readTiles(): Promise<void> {
    const { pack } = this;
    const tiles = await tilesOfPack(pack.route.id).catch(() => null);
    if (pack !== this.pack) return;
    this.tiles = tiles;
    this.requestUpdate();
  }

  /** Asks what the service knows of one's visits, when it may know more than before. */
  private async look(): Promise<void> {
    const account = me()?.account;
    const state = String(this.outbox.state.state.receipts.length);
    if (!account || state === this.lookedAt) return;
    this.lookedAt = state;
    await this.told.run((signal) => get<MyVisits>('/api/me/visits', signal));
  }

  /** Positions are asked for only while somebody looks. */
  private readonly follow = (): void => {
    if (document.visibilityState !== 'visible') {
      this.unwatch();
      return;
    }
    this.watch ??= navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        const location: Fix['location'] = [coords.longitude, coords.latitude];
        this.fix = { location, accuracy_m: coords.accuracy, at: timestamp };
        this.isLost = false;
        this.requestUpdate();
      },
      () => {
        this.fix = null;
        this.isLost = true;
        this.requestUpdate();
      },
      { enableHighAccuracy: true, maximumAge: 2000 },
    );
  };

  private unwatch(): void {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    this.watch = null;
  }

  protected override render(): TemplateResult {
    if (!this.isReady) return html`<p class="loading" role="status">${t('page.loading')}</p>`;
    const { fix, given, pack } = this;
    const { stops } = pack.route;
    const { items, receipts } = this.outbox.state.state;
    const known = { items, receipts, told: this.told.value?.visits ?? [] };
    const seen = visited(known, walker(), Date.now());
    const next = this.next(stops, seen);
    this.chosen = next?.stop_id ?? null;
    const where =
      next && fix
        ? standing(fix, next.location as Fix['location'], next.radius_m, Date.now())
        : null;
    return html`<div class="walk-columns">
      <div class="walk-column">
        ${this.recorded ? this.recordedPanel(this.recorded, seen) : nothing}
        ${
          next
            ? nextStop({
                stop: next,
                total: stops.length,
                fix,
                isLost: this.isLost,
                where,
                given,
                isScanned: this.scanned?.stop === next.stop_id && given.code !== '',
                isVisited: seen.has(next.stop_id),
                isEnough: isEnough(next.evidence, given, where),
                isSample: pack.route.sample,
                evidence: evidenceForm({
                  name: 'visit',
                  asked: next.evidence,
                  given,
                  change: this.give,
                }),
              })
            : this.allDone()
        }
      </div>
      <div class="walk-column">
        ${routeMap(
          {
            pack,
            tiles: this.tiles,
            next: next?.stop_id ?? null,
            seen,
            fix,
            isNear: this.isNear,
          },
          () => {
            this.isNear = !this.isNear;
            this.requestUpdate();
          },
        )}
        ${stopList({
          stops,
          seen,
          fix,
          current: next?.stop_id ?? null,
          choose: (stop) => {
            this.choose(stop);
          },
        })}
        <observe-form
          .outbox=${this.outbox}
          .version=${pack.route.route_version_id}
          .stop=${next ?? null}
          .fix=${fix}
        ></observe-form>
        <details class="walk-more">
          <summary>${t('walk.sources')}</summary>
          <ul class="bullets section-text">
            ${[...new Set(pack.attributions)].map((source) => html`<li>${source}</li>`)}
          </ul>
        </details>
        <button
          type="button"
          class="button button-wide"
          @click=${() => this.dispatchEvent(new Event('leave'))}
        >
          ${icon('left')}${t('walk.stop')}
        </button>
      </div>
      ${next ? this.actions(next, seen) : nothing}
    </div>`;
  }

  private next(stops: readonly Stop[], seen: ReadonlyMap<string, Visited>): Stop | undefined {
    return (
      stops.find(({ stop_id }) => stop_id === this.chosen) ??
      stops.find(({ stop_id }) => !seen.has(stop_id))
    );
  }

  /** What lies under the thumb. */
  private actions(stop: Stop, seen: ReadonlyMap<string, Visited>): TemplateResult {
    const isSignedOut = walker() === null;
    return html`<div class="walk-actions">
      ${canScan() ? scanButton({ change: this.give }, true) : nothing}
      <button
        type="button"
        class="button button-primary walk-check-in"
        aria-disabled=${this.busy || isSignedOut ? 'true' : nothing}
        @click=${() => void this.checkIn(stop)}
      >
        ${icon('check')}${seen.has(stop.stop_id) ? t('walk.check_in_again') : t('walk.check_in')}
      </button>
    </div>`;
  }

  private allDone(): TemplateResult {
    return html`<section class="walk-next walk-all-done" data-done>
      <h2>${t('walk.done')}</h2>
      <p>${t('walk.done_next')}</p>
      <div class="button-row">
        <a class="button walk-big" href="/record">${t('walk.to_record')}</a>
        <button
          type="button"
          class="button walk-big"
          @click=${() => this.dispatchEvent(new Event('leave'))}
        >
          ${t('walk.finish')}
        </button>
      </div>
    </section>`;
  }

  private recordedPanel(recorded: Recorded, seen: ReadonlyMap<string, Visited>): TemplateResult {
    return recordedPanel(recorded, {
      state: seen.get(recorded.stop.stop_id)?.state ?? 'unsent',
      change: (patch) => {
        if (this.recorded) this.recorded = { ...this.recorded, ...patch };
        this.requestUpdate();
      },
      add: () => void this.add(recorded),
    });
  }

  private readonly give = (patch: Partial<Given>): void => {
    this.given = { ...this.given, ...patch };
    this.requestUpdate();
  };

  private choose(stop: Stop): void {
    this.chosen = stop.stop_id;
    this.recorded = null;
    this.given = NOTHING;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('#next')?.focus());
  }

  private async checkIn(stop: Stop): Promise<void> {
    const owner = walker();
    if (owner === null) say(() => t('walk.sign_in'), 'error');
    if (this.busy || owner === null) return;
    this.busy = true;
    const { fix, given, pack } = this;
    const now = Date.now();
    const where = fix ? standing(fix, stop.location as Fix['location'], stop.radius_m, now) : null;
    const items = checkIn(owner, pack.route.route_version_id, stop, given, fix, now);
    if (await this.keep(items)) {
      this.recorded = {
        stop,
        visit: items[0]?.id ?? '',
        at: now,
        where,
        isEnough: isEnough(stop.evidence, given, where),
        isOpen: false,
        isAdded: false,
        given: NOTHING,
      };
      this.given = NOTHING;
      this.chosen = null;
      if (this.scanned) this.dispatchEvent(new Event('used'));
      await this.updateComplete;
      this.querySelector<HTMLElement>('.walk-recorded')?.focus();
    }
    this.busy = false;
    this.requestUpdate();
  }

  /** Adds evidence to what was recorded a moment ago. */
  private async add({ visit, given }: Recorded): Promise<void> {
    const owner = walker();
    if (this.busy || owner === null) return;
    this.busy = true;
    if ((await this.keep(addTo(owner, visit, given, Date.now()))) && this.recorded) {
      this.recorded = { ...this.recorded, isOpen: false, isAdded: true, given: NOTHING };
      say(() => t('walk.added'));
    }
    this.busy = false;
    this.requestUpdate();
  }

  /** Keeps items on the device; says so when that cannot be. */
  private async keep(items: Parameters<Outbox['add']>[0]): Promise<boolean> {
    try {
      await this.outbox.add(items);
      return true;
    } catch {
      say(() => t('walk.not_kept'), 'error');
      return false;
    }
  }
}

customElements.define('walk-mode', WalkMode);
