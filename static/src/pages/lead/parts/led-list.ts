import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Me } from '../../../api/types';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { empty, paged } from '../../../components/lists';
import { formatTime, today } from '../../../format/dates';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/lead';
import type { KeptOuting } from '../../../outings/kept';
import { outingBadges } from '../../../outings/parts';
import type { Outing, OutingList as Found } from '../../../outings/types';
import { whenOf } from '../../../outings/when';
import { Pages } from '../../../state/task';

type View = 'led' | 'department' | 'past';

const VIEWS: Record<View, { label: Key; none: Key }> = {
  led: { label: 'lead.view_led', none: 'lead.none_led' },
  department: { label: 'lead.view_department', none: 'lead.none_department' },
  past: { label: 'lead.view_past', none: 'lead.none_past' },
};

const pathOf = (view: View): string =>
  ({
    led: '/api/outings?mine=led',
    department: '/api/outings?limit=200',
    past: `/api/outings?mine=led&before=${today()}`,
  })[view];

/** `<led-list>`: the outings that a trainer leads, those of the department, and past ones. */
export class LedList extends LightElement {
  static override properties = {
    who: { attribute: false },
    kept: { attribute: false },
    view: { state: true },
  };

  declare who: Me | null;
  declare kept: readonly KeptOuting[];
  declare private view: View;
  private readonly outings = new Pages<Outing, Found>(this, ({ outings }) => outings);

  constructor() {
    super();
    this.view = 'led';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.who && changed.has('who')) void this.load();
  }

  protected override render(): TemplateResult {
    if (!this.who || this.outings.error?.kind === 'offline') return this.offline();
    const { label, none } = VIEWS[this.view];
    return html`
      <p class="page-lead">${t('lead.intro')}</p>
      <p><a class="button button-primary" href="#new">${icon('plus')}${t('lead.new')}</a></p>
      <section class="section" aria-labelledby="outings">
        <h2 class="section-title" id="outings">${t(label)}</h2>
        <div class="button-row" role="group" aria-label=${t('lead.view')}>
          ${(Object.keys(VIEWS) as View[]).map(
            (view) =>
              html`<button
                type="button"
                class="button ${view === this.view ? 'button-primary' : ''}"
                aria-pressed=${view === this.view ? 'true' : 'false'}
                data-view=${view}
                @click=${() => {
                  this.view = view;
                  void this.load();
                }}
              >
                ${t(VIEWS[view].label)}
              </button>`,
          )}
        </div>
        ${paged(this.outings, t('lead.failed'), (all) => this.cards(all, none))}
      </section>
    `;
  }

  private cards(all: readonly Outing[], none: Key): TemplateResult {
    const shown = all.filter(({ may_change }) => this.view !== 'department' || may_change);
    if (shown.length === 0) return empty(t(none));
    return html`<ul class="outing-cards">
      ${shown.map((outing) => this.card(outing))}
    </ul>`;
  }

  private card(outing: Outing): TemplateResult {
    const { id, title, meeting_point, confirmed, capacity, waiting } = outing;
    return html`<li class="card outing-card" data-outing=${id}>
      <h3 class="outing-card-title">
        <a href="#${id}" lang=${langOf(pick(title))}>${pick(title)}</a>
      </h3>
      ${outingBadges(outing, Date.now())}
      <p class="outing-when"><time datetime=${outing.starts_at}>${whenOf(outing)}</time></p>
      <p class="outing-place">
        ${icon('pin')}<span lang=${langOf(meeting_point)}>${meeting_point}</span>
      </p>
      <p class="section-text">
        ${t('outing.places_value', { confirmed, capacity })}${
          waiting > 0 ? html` ${t('outing.waiting_count', { count: waiting })}` : nothing
        }
      </p>
    </li>`;
  }

  private offline(): TemplateResult {
    const at = this.kept[0]?.sheet?.at;
    return html`<section class="section" aria-labelledby="outings">
      <h2 class="section-title" id="outings">${t('lead.view_led')}</h2>
      <div class="notice notice-warning" role="status">
        ${icon('warning')}
        <div class="notice-text">
          <p><strong>${t('outing.offline')}</strong></p>
          <p>
            ${
              at === undefined
                ? t('lead.offline_none')
                : t('lead.offline_text', { time: formatTime(new Date(at)) })
            }
          </p>
        </div>
      </div>
      <ul class="outing-cards">
        ${this.kept.map(({ outing }) => this.card(outing))}
      </ul>
    </section>`;
  }

  private load(): Promise<boolean> {
    return this.outings.start(pathOf(this.view));
  }
}

customElements.define('led-list', LedList);
