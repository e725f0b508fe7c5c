import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { get } from '../../../api/client';
import type { Me, Position } from '../../../api/types';
import type { PicturedRoute } from '../../../components/route-picture';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { loaded } from '../../../components/lists';
import { formatTime } from '../../../format/dates';
import { t } from '../../../i18n/areas/outings';
import { keep, type KeptOuting } from '../../../outings/kept';
import { outingBadges, outingFacts, routeSection } from '../../../outings/parts';
import { isJoined, isOpen } from '../../../outings/state';
import type { Outing, Route, Stop } from '../../../outings/types';
import type { Outbox } from '../../../outbox';
import { may } from '../../../shell/session';
import { Task } from '../../../state/task';
import { Ticker } from '../../../state/ticker';
import './check-in-form';
import './nominate';
import './sign-up';

/** A route as the page shows it. */
interface Shown {
  picture: PicturedRoute;
  stops: Stop[];
  distance_m: number;
}

/** `<outing-detail>`: when, where and with whom; signing up; showing that one is there; the route. */
export class OutingDetail extends LightElement {
  static override properties = {
    outing: {},
    who: { attribute: false },
    account: { attribute: false },
    outbox: { attribute: false },
    kept: { attribute: false },
  };

  /** The outing's id. */
  declare outing: string;
  /** Null when nobody could be asked who is signed in. */
  declare who: Me | null;
  declare account: string | null;
  declare outbox: Outbox | null;
  /** What is on this device. */
  declare kept: KeptOuting | null;
  private readonly detail = new Task<Outing>(this);
  private readonly route = new Task<Shown>(this);

  constructor() {
    super();
    new Ticker(this, 20_000);
  }

  private readonly again = (): void => {
    if (this.who && this.detail.error) void this.load();
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
    if (changed.has('outing')) {
      this.detail.reset();
      this.route.reset();
    }
    if (this.who && (changed.has('outing') || changed.has('who'))) void this.load();
  }

  protected override updated(): void {
    const outing = this.known();
    if (outing) this.dispatchEvent(new CustomEvent('opened', { detail: outing }));
  }

  /** What is known of it: from the service, or from this device. */
  private known(): Outing | null {
    return this.detail.value ?? (this.isOffline() ? (this.kept?.outing ?? null) : null);
  }

  private isOffline(): boolean {
    return this.detail.value === null && (!this.who || this.detail.error?.kind === 'offline');
  }

  protected override render(): TemplateResult {
    const { kept } = this;
    const back = html`<p>
      <a class="button button-quiet" href="#">${icon('left')}${t('outing.back')}</a>
    </p>`;
    if (this.isOffline()) {
      return html`${back}
        <div class="notice notice-warning" role="status">
          ${icon('warning')}
          <div class="notice-text">
            <p><strong>${t('outing.offline')}</strong></p>
            <p>
              ${
                kept
                  ? t('outings.offline_text', { time: formatTime(new Date(kept.at)) })
                  : t('outings.offline_none')
              }
            </p>
          </div>
        </div>
        ${kept ? this.parts(kept.outing) : nothing}`;
    }
    return html`${back}
    ${loaded(
      this.detail,
      t('outings.failed'),
      () => void this.load(),
      (outing) => this.parts(outing),
    )}`;
  }

  private parts(outing: Outing): TemplateResult {
    const { account, outbox, who } = this;
    return html`
      <div class="outing-head">${outingBadges(outing, Date.now())} ${outingFacts(outing)}</div>
      ${
        outing.is_trainer
          ? html`<p>
              <a class="button" href="/lead#${outing.id}"
                >${t('outings.to_lead')}${icon('right')}</a
              >
            </p>`
          : nothing
      }
      ${
        outing.mine?.state === 'confirmed' && !outing.is_trainer && account && outbox
          ? html`<check-in-form
              .outing=${outing}
              .account=${account}
              .outbox=${outbox}
            ></check-in-form>`
          : nothing
      }
      ${
        who
          ? html`<sign-up .outing=${outing} @changed=${() => void this.load()}></sign-up>`
          : nothing
      }
      ${
        who && may('nominate_participants') && isOpen(outing, Date.now())
          ? html`<nominate-people .outing=${outing.id}></nominate-people>`
          : nothing
      }
      ${
        this.route.value
          ? routeSection(
              this.route.value.picture,
              this.route.value.stops,
              this.route.value.distance_m,
            )
          : loaded(
              this.route,
              t('outing.route_failed'),
              () => void this.loadRoute(outing),
              () => html``,
            )
      }
    `;
  }

  private async load(): Promise<void> {
    const path = `/api/outings/${encodeURIComponent(this.outing)}`;
    if (!(await this.detail.run((signal) => get<Outing>(path, signal)))) return;
    const outing = this.detail.value;
    if (!outing) return;
    if (!this.route.value) void this.loadRoute(outing);
    const { account } = this;
    if (!account || !(isJoined(outing) || outing.is_trainer)) return;
    await keep({ account, outing, sheet: null, at: Date.now() }).then(
      () => this.dispatchEvent(new CustomEvent('kept')),
      // Without a store there is nothing to be seen without a network.
      () => undefined,
    );
  }

  private loadRoute({ route_id, route_number }: Outing): Promise<boolean> {
    return this.route.run(async (signal) => {
      const path = `/api/routes/${route_id}/versions/${route_number}`;
      const { line, attributions, distance_m, ...route } = await get<Route>(path, signal);
      const stops = route.stops.map((stop) => ({
        ...stop,
        location: stop.location as Position,
      }));
      const picture = { line: line.coordinates as Position[], stops, attributions };
      return { picture, stops, distance_m };
    });
  }
}

customElements.define('outing-detail', OutingDetail);
