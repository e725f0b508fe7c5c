import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../../api/client';
import type { components } from '../../../api/schema';
import type { Position } from '../../../api/types';
import { sampleBadge } from '../../../components/badges';
import { failure } from '../../../components/failure';
import { checkField, selectField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { empty } from '../../../components/lists';
import { say } from '../../../components/messages';
import { formatDistance } from '../../../format/distance';
import { distance } from '../../../geo/measure';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/walk';
import { me, sessionStore } from '../../../shell/session';
import { Watch } from '../../../state/store';
import { Task } from '../../../state/task';
import { download, kept, type Kept, remove, type Route } from '../model/packs';
import type { Scanned } from '../model/scanned';

type Walks = components['schemas']['MyWalks'];

/** `<route-list>`: chooses a route, and keeps its pack on the device. Fires `walk` with the pack. */
export class RouteList extends LightElement {
  static override properties = { scanned: { attribute: false } };
  /** A poster's code that waits for its route. */
  declare scanned: Scanned | null;
  private readonly routes = new Task<Route[]>(this);
  private readonly walks = new Task<Walks>(this);
  private packs = new Map<string, Kept>();
  private readonly progress = new Map<string, number>();
  private order: 'time' | 'near' = 'time';
  private stepFree = false;
  private onlyNew = false;
  private here: Position | null = null;
  private asked: string | null = null;

  constructor() {
    super();
    new Watch(this, sessionStore, ({ session }) => [session]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override willUpdate(): void {
    const account = me()?.account ?? null;
    if (account === this.asked) return;
    this.asked = account;
    if (account) void this.walks.run((signal) => get<Walks>('/api/me/walks', signal));
  }

  protected override render(): TemplateResult {
    const offline = [...this.packs.values()].map(({ pack }) => pack.route);
    const routes = this.routes.value ?? offline;
    const shown = this.sorted(routes);
    return html`<section class="section" aria-labelledby="choose">
      <h2 class="section-title" id="choose">${t('walk.choose')}</h2>
      ${this.scannedNote(routes)}
      <div class="walk-choice">
        ${selectField({
          name: 'order',
          label: t('walk.sort'),
          value: this.order,
          options: [
            { value: 'time', label: t('walk.sort_time') },
            { value: 'near', label: t('walk.sort_near') },
          ],
          onInput: (value) => {
            this.order = value === 'near' ? 'near' : 'time';
            if (this.order === 'near') this.locate();
            this.requestUpdate();
          },
        })}
        ${checkField({
          name: 'step_free',
          label: t('walk.step_free'),
          checked: this.stepFree,
          onChange: (checked) => {
            this.stepFree = checked;
            this.requestUpdate();
          },
        })}
        ${
          this.walks.value
            ? checkField({
                name: 'only_new',
                label: t('walk.only_new'),
                checked: this.onlyNew,
                onChange: (checked) => {
                  this.onlyNew = checked;
                  this.requestUpdate();
                },
              })
            : nothing
        }
      </div>
      ${
        this.routes.error && routes.length === 0
          ? failure(t('walk.failed'), this.routes.error, () => void this.load())
          : nothing
      }
      ${this.routes.error && routes.length > 0 ? html`<p class="section-text">${t('walk.only_kept')}</p>` : nothing}
      ${
        this.routes.busy && routes.length === 0
          ? html`<p class="loading" role="status">${t('page.loading')}</p>`
          : nothing
      }
      ${!this.routes.busy && routes.length > 0 && shown.length === 0 ? empty(t('walk.none')) : nothing}
      <ul class="walk-routes">
        ${shown.map((route) => this.card(route))}
      </ul>
    </section>`;
  }

  /** What a poster's link brought: nothing is recorded until its route is open and somebody taps. */
  private scannedNote(routes: readonly Route[]): TemplateResult | typeof nothing {
    const { scanned } = this;
    const route = scanned ? routes.find(({ id }) => id === scanned.route) : undefined;
    const stop = route?.stops.find(({ stop_id }) => stop_id === scanned?.stop);
    if (!route || !stop) return nothing;
    const isLoading = this.progress.has(route.id);
    return html`<div class="notice walk-scanned" data-scanned>
      ${icon('check')}
      <span>${t('walk.scanned_for', { stop: pick(stop.name), route: pick(route.title) })}</span>
      <span class="button-row">
        <button
          type="button"
          class="button button-primary walk-big"
          aria-disabled=${isLoading ? 'true' : nothing}
          @click=${() => {
            if (!isLoading) void this.open(route.id);
          }}
        >
          ${isLoading ? this.percent(route.id) : t('walk.open')}
        </button>
        <button
          type="button"
          class="button"
          @click=${() => this.dispatchEvent(new Event('forget'))}
        >
          ${t('walk.forget')}
        </button>
      </span>
    </div>`;
  }

  private sorted(routes: readonly Route[]): Route[] {
    const rank = (route: Route): number =>
      this.order === 'near' ? (this.away(route) ?? 0) : route.estimated_duration_s;
    return routes
      .filter(({ stairs }) => !this.stepFree || stairs === 0)
      .filter(({ id }) => !this.onlyNew || !this.walkOf(id)?.complete)
      .sort((a, b) => rank(a) - rank(b));
  }

  /** How far it is to the first stop, in metres. */
  private away({ stops }: Route): number | null {
    const first = stops[0]?.location as Position | undefined;
    return this.here && first ? distance(this.here, first) : null;
  }

  private readonly walkOf = (route: string) =>
    this.walks.value?.walks.find(({ route_id }) => route_id === route);

  private card(route: Route): TemplateResult {
    const pack = this.packs.get(route.id);
    const progress = this.progress.get(route.id);
    const away = this.away(route);
    return html`<li class="card walk-route">
      <h3 class="walk-route-title">
        ${pick(route.title)} ${route.sample ? sampleBadge() : nothing}
      </h3>
      <p class="walk-figures">
        <span>${formatDistance(route.distance_m)}</span>
        <span>${t('walk.minutes', { minutes: Math.ceil(route.estimated_duration_s / 60) })}</span>
        <span>${t('walk.stops', { count: route.stops.length })}</span>
        <span>${route.stairs === 0 ? t('walk.no_stairs') : t('walk.stairs')}</span>
        ${away === null ? nothing : html`<span>${t('walk.away', { length: formatDistance(away) })}</span>`}
      </p>
      ${this.walked(route.id)}
      <div class="button-row">
        ${
          pack
            ? html`<button
                  type="button"
                  class="button button-primary walk-big"
                  data-start
                  @click=${() => {
                    this.start(pack);
                  }}
                >
                  ${t('walk.start')}
                </button>
                <span class="walk-kept"
                  >${icon('check')}${t('walk.kept', { size: size(pack.bytes) })}</span
                >
                <button
                  type="button"
                  class="icon-button"
                  aria-label=${t('walk.delete', { route: pick(route.title) })}
                  @click=${() => void this.take(route.id)}
                >
                  ${icon('trash')}
                </button>`
            : progress === undefined
              ? html`<button
                  type="button"
                  class="button walk-big"
                  data-keep
                  @click=${() => void this.keep(route.id)}
                >
                  ${icon('download')}${t('walk.download')}
                </button>`
              : html`<progress
                    class="progress"
                    max="1"
                    value=${progress}
                    aria-label=${t('walk.download')}
                  ></progress>
                  <p role="status">${this.percent(route.id)}</p>`
        }
      </div>
    </li>`;
  }

  private percent(route: string): string {
    const progress = this.progress.get(route) ?? 0;
    return t('walk.downloading', { percent: Math.round(progress * 100) });
  }

  private walked(route: string): TemplateResult | typeof nothing {
    const walk = this.walkOf(route);
    if (!walk) return nothing;
    return html`<p class="walk-walked">
      ${
        walk.complete
          ? html`<span class="badge badge-key">${t('walk.complete')}</span>`
          : t('walk.missing', { count: walk.missing_count })
      }
    </p>`;
  }

  private async load(): Promise<void> {
    this.packs = await kept().catch(() => new Map<string, Kept>());
    this.requestUpdate();
    await this.routes.run(async (signal) => {
      const all: Route[] = [];
      let next: string | null | undefined = '/api/routes?limit=200';
      while (next) {
        const page: { routes: Route[]; next?: string | null } = await get(next, signal);
        all.push(...page.routes);
        next = page.next;
      }
      return all;
    });
  }

  private async keep(route: string): Promise<Kept | null> {
    let pack: Kept | null = null;
    try {
      const baseMap = sessionStore.state.settings?.base_map ?? null;
      pack = await download(route, baseMap, (done) => {
        this.progress.set(route, done);
        this.requestUpdate();
      });
      this.packs = new Map([...this.packs, [route, pack]]);
    } catch {
      await remove(route).catch(() => false);
      say(() => t('walk.download_failed'), 'error');
    }
    this.progress.delete(route);
    this.requestUpdate();
    return pack;
  }

  private async open(route: string): Promise<void> {
    const pack = this.packs.get(route) ?? (await this.keep(route));
    if (pack) this.start(pack);
  }

  private start({ pack }: Kept): void {
    this.dispatchEvent(new CustomEvent('walk', { detail: pack }));
  }

  private async take(route: string): Promise<void> {
    await remove(route);
    this.packs = await kept();
    this.requestUpdate();
  }

  private locate(): void {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.here = [coords.longitude, coords.latitude];
        this.requestUpdate();
      },
      () => {
        say(() => t('walk.no_position'), 'error');
      },
    );
  }
}

const size = (bytes: number): string => `${String(Math.ceil(bytes / 1024))} KB`;

customElements.define('route-list', RouteList);
