import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../../api/client';
import type { Position } from '../../../api/types';
import { checkField, selectField } from '../../../components/form';
import { failure } from '../../../components/failure';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { formatDistance } from '../../../format/distance';
import { distance } from '../../../geo/measure';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/walk';
import { Task } from '../../../state/task';
import { download, kept, type Kept, remove, type Route } from '../model/packs';

/** `<route-list>`: chooses a route, and keeps its pack on the device. */
export class RouteList extends LightElement {
  static override properties = { chosen: {} };
  /** A route that a poster's link named. */
  declare chosen: string | null;
  private readonly routes = new Task<Route[]>(this);
  private packs = new Map<string, Kept>();
  private readonly progress = new Map<string, number>();
  private order = 'time';
  private stepFree = false;
  private here: Position | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    const offline = [...this.packs.values()].map(({ pack }) => pack.route);
    const routes = this.routes.value ?? offline;
    return html`<section class="section" aria-labelledby="choose">
      <h2 class="section-title" id="choose">${t('walk.choose')}</h2>
      <div class="form-row">
        ${selectField({
          name: 'order',
          label: t('walk.sort'),
          value: this.order,
          options: [
            { value: 'time', label: t('walk.sort_time') },
            { value: 'near', label: t('walk.sort_near') },
          ],
          onInput: (value) => {
            this.order = value;
            if (value === 'near') this.locate();
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
      </div>
      ${
        this.routes.error && routes.length === 0
          ? failure(t('walk.failed'), this.routes.error, () => void this.load())
          : nothing
      }
      <ul class="walk-routes">
        ${this.sorted(routes).map((route) => this.card(route))}
      </ul>
    </section>`;
  }

  private sorted(routes: readonly Route[]): Route[] {
    const start = ({ stops }: Route): number => {
      const first = stops[0]?.location as Position | undefined;
      return this.here && first ? distance(this.here, first) : 0;
    };
    const rank = (route: Route): number =>
      route.id === this.chosen
        ? -1
        : this.order === 'near'
          ? start(route)
          : route.estimated_duration_s;
    return routes
      .filter(({ stairs }) => !this.stepFree || stairs === 0)
      .sort((a, b) => rank(a) - rank(b));
  }

  private card(route: Route): TemplateResult {
    const pack = this.packs.get(route.id);
    const progress = this.progress.get(route.id);
    return html`<li class="card">
      <h3>${pick(route.title)}</h3>
      <p>
        ${t('walk.about', {
          length: formatDistance(route.distance_m),
          minutes: Math.ceil(route.estimated_duration_s / 60),
          stops: route.stops.length,
        })}
      </p>
      ${
        pack
          ? html`<p>${t('walk.kept', { size: `${Math.ceil(pack.bytes / 1024)} KB` })}</p>
              <div class="button-row">
                <button
                  type="button"
                  class="button button-primary walk-big"
                  @click=${() => this.dispatchEvent(new CustomEvent('walk', { detail: pack.pack }))}
                >
                  ${t('walk.start')}
                </button>
                <button type="button" class="button" @click=${() => void this.take(route.id)}>
                  ${t('walk.delete')}
                </button>
              </div>`
          : progress === undefined
            ? html`<button
                type="button"
                class="button walk-big"
                @click=${() => void this.keep(route.id)}
              >
                ${t('walk.download')}
              </button>`
            : html`<p role="status">
                ${t('walk.downloading', { percent: Math.round(progress * 100) })}
              </p>`
      }
    </li>`;
  }

  private async load(): Promise<void> {
    this.packs = await kept();
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

  private async keep(route: string): Promise<void> {
    try {
      await download(route, (done) => {
        this.progress.set(route, done);
        this.requestUpdate();
      });
    } catch {
      await remove(route);
      say(() => t('walk.failed'), 'error');
    }
    this.progress.delete(route);
    this.packs = await kept();
    this.requestUpdate();
  }

  private async take(route: string): Promise<void> {
    await remove(route);
    this.packs = await kept();
    this.requestUpdate();
  }

  private locate(): void {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      this.here = [coords.longitude, coords.latitude];
      this.requestUpdate();
    });
  }
}

customElements.define('route-list', RouteList);
