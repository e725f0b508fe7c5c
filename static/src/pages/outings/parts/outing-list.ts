import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Me } from '../../../api/types';
import { checkField, selectField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { empty, paged } from '../../../components/lists';
import { formatTime, today } from '../../../format/dates';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/outings';
import { keep, type KeptOuting } from '../../../outings/kept';
import { outingBadges } from '../../../outings/parts';
import { isJoined, isOpen, standing } from '../../../outings/state';
import type { Outing, OutingList as Found } from '../../../outings/types';
import { whenOf } from '../../../outings/when';
import { Pages } from '../../../state/task';
import { Ticker } from '../../../state/ticker';
import './my-calendar';

type View = 'coming' | 'joined' | 'past';

const VIEWS: Record<View, { label: Key; none: Key }> = {
  coming: { label: 'outings.view_coming', none: 'outings.none_coming' },
  joined: { label: 'outings.view_joined', none: 'outings.none_joined' },
  past: { label: 'outings.view_past', none: 'outings.none_past' },
};

const pathOf = (view: View): string =>
  ({
    coming: '/api/outings',
    joined: '/api/outings?mine=joined',
    past: `/api/outings?before=${today()}`,
  })[view];

/** `<outing-list>`: outings to come, one's own, and past ones. */
export class OutingList extends LightElement {
  static override properties = {
    who: { attribute: false },
    account: { attribute: false },
    kept: { attribute: false },
    view: { state: true },
    route: { state: true },
    onlyFree: { state: true },
  };

  /** Null when nobody could be asked who is signed in. */
  declare who: Me | null;
  declare account: string | null;
  declare kept: readonly KeptOuting[];
  declare private view: View;
  declare private route: string;
  declare private onlyFree: boolean;
  private readonly outings = new Pages<Outing, Found>(this, ({ outings }) => outings);

  constructor() {
    super();
    this.view = 'coming';
    this.route = '';
    this.onlyFree = false;
    new Ticker(this, 60_000);
  }

  private readonly again = (): void => {
    // What was done on an outing's page shows in the list.
    if (this.who && location.hash === '') void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.again);
    addEventListener('online', this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.again);
    removeEventListener('online', this.again);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.who && changed.has('who') && !this.outings.value && !this.outings.busy) {
      void this.load();
    }
  }

  protected override render(): TemplateResult {
    if (!this.who || this.outings.error?.kind === 'offline') return this.offline();
    const { label, none } = VIEWS[this.view];
    return html`
      <p class="page-lead">${t('outings.lead')}</p>
      <section class="section" aria-labelledby="outings">
        <h2 class="section-title" id="outings">${t(label)}</h2>
        ${this.filters()}
        ${paged(this.outings, t('outings.failed'), (all) => this.cards(all, none))}
      </section>
      <my-calendar></my-calendar>
    `;
  }

  private filters(): TemplateResult {
    const routes = new Map(
      this.outings.items.map(({ route_id, title }) => [route_id, pick(title)]),
    );
    return html`<div class="outing-filters">
      <div class="button-row" role="group" aria-label=${t('outings.view')}>
        ${(Object.keys(VIEWS) as View[]).map(
          (view) =>
            html`<button
              type="button"
              class="button ${view === this.view ? 'button-primary' : ''}"
              aria-pressed=${view === this.view ? 'true' : 'false'}
              data-view=${view}
              @click=${() => {
                this.view = view;
                this.route = '';
                void this.load();
              }}
            >
              ${t(VIEWS[view].label)}
            </button>`,
        )}
      </div>
      <div class="outing-narrow">
        ${
          routes.size > 1
            ? selectField({
                name: 'route',
                label: t('outing.route'),
                value: this.route,
                options: [
                  { value: '', label: t('outings.route_all') },
                  ...[...routes].map(([value, name]) => ({ value, label: name })),
                ],
                onInput: (value) => {
                  this.route = value;
                },
              })
            : nothing
        }
        ${
          this.view === 'coming'
            ? checkField({
                name: 'only_free',
                label: t('outings.only_free'),
                checked: this.onlyFree,
                onChange: (checked) => {
                  this.onlyFree = checked;
                },
              })
            : nothing
        }
      </div>
    </div>`;
  }

  private cards(all: readonly Outing[], none: Key): TemplateResult {
    const now = Date.now();
    const shown = all
      .filter(({ route_id }) => this.route === '' || route_id === this.route)
      .filter((one) => this.view !== 'coming' || !this.onlyFree || standing(one, now) === 'open');
    if (shown.length === 0) return empty(t(all.length === 0 ? none : 'outings.none_filtered'));
    return html`<ul class="outing-cards">
      ${shown.map((outing) => this.card(outing, now))}
    </ul>`;
  }

  private card(outing: Outing, now: number): TemplateResult {
    const { id, title, meeting_point, capacity, confirmed, waiting } = outing;
    const left = Math.max(0, capacity - confirmed);
    return html`<li class="card outing-card" data-outing=${id}>
      <h3 class="outing-card-title">
        <a href="#${id}" lang=${langOf(pick(title))}>${pick(title)}</a>
      </h3>
      ${outingBadges(outing, now)}
      <p class="outing-when">
        <time datetime=${outing.starts_at}>${whenOf(outing)}</time>
      </p>
      <p class="outing-place">
        ${icon('pin')}<span lang=${langOf(meeting_point)}>${meeting_point}</span>
      </p>
      ${
        isOpen(outing, now)
          ? html`<p class="section-text">
              ${t('outing.places_left', { count: left })}${
                waiting > 0
                  ? html`${t('text.separator')}${t('outing.waiting_count', { count: waiting })}`
                  : nothing
              }
            </p>`
          : nothing
      }
    </li>`;
  }

  /** What is on this device. */
  private offline(): TemplateResult {
    const now = Date.now();
    const [first] = this.kept;
    return html`<section class="section" aria-labelledby="outings">
      <h2 class="section-title" id="outings">${t('outings.view_joined')}</h2>
      <div class="notice notice-warning" role="status">
        ${icon('warning')}
        <div class="notice-text">
          <p><strong>${t('outing.offline')}</strong></p>
          <p>
            ${
              first
                ? t('outings.offline_text', { time: formatTime(new Date(first.at)) })
                : t('outings.offline_none')
            }
          </p>
        </div>
      </div>
      <ul class="outing-cards">
        ${this.kept.map(({ outing }) => this.card(outing, now))}
      </ul>
    </section>`;
  }

  private async load(): Promise<void> {
    if (!(await this.outings.start(pathOf(this.view)))) return;
    const { account } = this;
    const own = this.outings.items.filter(
      (outing) => (isJoined(outing) || outing.is_trainer) && isOpen(outing, Date.now()),
    );
    if (!account || own.length === 0) return;
    try {
      for (const outing of own) await keep({ account, outing, sheet: null, at: Date.now() });
      this.dispatchEvent(new CustomEvent('kept'));
    } catch {
      // Without a store there is nothing to be seen without a network.
    }
  }
}

customElements.define('outing-list', OutingList);
