import { html, nothing, type TemplateResult } from 'lit';
import { sampleBadge } from '../../../components/badges';
import { ask } from '../../../components/dialog';
import { failureText } from '../../../components/failure';
import { checkField, selectField, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { loaded } from '../../../components/lists';
import { say } from '../../../components/messages';
import { moment } from '../../../components/moment';
import { asApiError } from '../../../api/client';
import { formatDay, today } from '../../../format/dates';
import { t } from '../../../i18n/areas/design';
import { go, may } from '../../../shell/session';
import { Task } from '../../../state/task';
import {
  beginDraft,
  cloneRoute,
  type DesignItem,
  getDesigns,
  getPublished,
  type PublishedRoute,
} from '../api';
import { matches, type StateFilter, STATES, statesOf } from '../model/design-list';
import { metresText, minutesText, ownText } from '../words';
import './archive-form';
import './import-form';
import './new-form';
import { othersList } from './others-list';

interface Known {
  designs: DesignItem[];
  /** Published routes of other departments, which can be cloned. */
  others: PublishedRoute[];
}

const editorUrl = (route: string): string => `/design?route=${encodeURIComponent(route)}`;

const STATE_NAMES = {
  in_review: 'state.in_review',
  editing: 'state.editing',
  current: 'state.any_current',
  next: 'state.any_next',
  archived: 'state.any_archived',
} as const;

/** `<design-list>`: the routes within reach with their state, and the way to new ones. */
export class DesignList extends LightElement {
  static override properties = {
    q: { state: true },
    filter: { state: true },
    archived: { state: true },
    making: { state: true },
    busy: { state: true },
    archiving: { state: true },
  };

  declare private q: string;
  declare private filter: StateFilter | '';
  declare private archived: boolean;
  /** Which form is open. */
  declare private making: 'new' | 'import' | null;
  /** The route that something is being done to. */
  declare private busy: string | null;
  /** The route whose end is being asked about. */
  declare private archiving: string | null;
  private readonly known = new Task<Known>(this);

  constructor() {
    super();
    this.q = '';
    this.filter = '';
    this.archived = false;
    this.making = null;
    this.busy = null;
    this.archiving = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private load(): Promise<boolean> {
    return this.known.run(async (signal) => {
      const [{ designs }, published] = await Promise.all([
        getDesigns(signal),
        getPublished(signal),
      ]);
      const own = new Set(designs.map(({ route_id: id }) => id));
      return { designs, others: published.routes.filter(({ id }) => !own.has(id)) };
    });
  }

  protected override render(): TemplateResult {
    return html`
      <p class="page-lead">${t('list.lead')}</p>
      ${may('write_designs') ? this.makers() : nothing}
      ${loaded(
        this.known,
        t('list.failed'),
        () => void this.load(),
        (known) => this.lists(known),
      )}
    `;
  }

  private makers(): TemplateResult {
    const button = (form: 'new' | 'import', label: string, name: 'plus' | 'share') =>
      html`<button
        type="button"
        class="button ${form === 'new' ? 'button-primary' : ''}"
        aria-expanded=${this.making === form ? 'true' : 'false'}
        @click=${() => {
          this.making = this.making === form ? null : form;
        }}
      >
        ${icon(name)}${label}
      </button>`;
    return html`
      <div class="button-row">
        ${button('new', t('list.new'), 'plus')} ${button('import', t('list.import'), 'share')}
      </div>
      ${this.making === 'new' ? html`<new-form class="card"></new-form>` : nothing}
      ${this.making === 'import' ? html`<import-form class="card"></import-form>` : nothing}
    `;
  }

  private lists({ designs, others }: Known): TemplateResult {
    const reviews = designs.filter(({ may: rights }) => rights.review);
    const own = designs.filter(({ may: rights }) => rights.edit);
    const shown = own.filter(
      (item) =>
        matches(item, this.q, this.filter, today()) &&
        (this.archived ||
          this.filter === 'archived' ||
          !statesOf(item, today()).includes('archived')),
    );
    return html`
      ${
        reviews.length > 0
          ? html`<section class="section" aria-labelledby="reviews-title">
              <h2 id="reviews-title" class="section-title">
                ${t('list.reviews', { count: reviews.length })}
              </h2>
              <p class="section-text">${t('list.reviews_text')}</p>
              <ul class="design-cards">
                ${reviews.map((item) => this.card(item, true))}
              </ul>
            </section>`
          : nothing
      }
      <section class="section" aria-labelledby="own-title">
        <h2 id="own-title" class="section-title">${t('list.own')}</h2>
        ${own.length > 0 ? this.filters() : nothing}
        ${
          own.length === 0
            ? html`<div class="empty-state">
                ${icon('pin')}
                <p>${t('list.empty')}</p>
              </div>`
            : html`
                <p role="status" class="section-text">
                  ${t('list.found', { count: shown.length })}
                </p>
                ${
                  shown.length === 0
                    ? html`<p class="empty">${t('list.no_match')}</p>`
                    : html`<ul class="design-cards">
                        ${shown.map((item) => this.card(item, false))}
                      </ul>`
                }
              `
        }
      </section>
      ${
        others.length > 0 && may('write_designs')
          ? othersList(
              others,
              this.busy,
              (id, name) => void this.doing(id, () => this.clone(id, name)),
            )
          : nothing
      }
    `;
  }

  private filters(): TemplateResult {
    return html`<form
      class="form-row"
      role="search"
      @submit=${(event: Event) => {
        event.preventDefault();
      }}
    >
      ${textField({
        name: 'q',
        type: 'search',
        label: t('list.search'),
        value: this.q,
        maxLength: 100,
        onInput: (value) => {
          this.q = value;
        },
      })}
      ${selectField({
        name: 'state',
        label: t('list.state'),
        value: this.filter,
        options: [
          { value: '', label: t('list.any_state') },
          ...STATES.map((state) => ({ value: state, label: t(STATE_NAMES[state]) })),
        ],
        onInput: (value) => {
          this.filter = value as StateFilter | '';
        },
      })}
      ${checkField({
        name: 'archived',
        label: t('list.with_archived'),
        checked: this.archived,
        onChange: (checked) => {
          this.archived = checked;
        },
      })}
    </form>`;
  }

  private states(item: DesignItem): TemplateResult {
    const { current, next, archived_on: end } = item;
    const badge = (state: StateFilter): TemplateResult => {
      const words = {
        in_review: () => t('state.in_review'),
        editing: () => t('state.editing'),
        current: () => t('state.current', { number: `v${current?.number ?? ''}` }),
        next: () =>
          t('state.next', {
            number: `v${next?.number ?? ''}`,
            day: next ? formatDay(next.effective_from) : '',
          }),
        archived: () => t('state.archived', { day: end ? formatDay(end) : '' }),
      };
      return html`<span class="badge badge-state-${state}">${words[state]()}</span>`;
    };
    return html`${statesOf(item, today()).map(badge)} ${item.sample ? sampleBadge() : nothing}`;
  }

  private card(item: DesignItem, isReview: boolean): TemplateResult {
    const { route_id: route, code, department, title, district, current, draft, origin } = item;
    const name = ownText(title) || t('design.untitled');
    return html`<li class="card design-card" data-route=${route}>
      <div class="design-card-head">
        <p class="design-card-states">${this.states(item)}</p>
        <h3 class="design-card-title">${name}</h3>
        <p class="section-text">
          ${[code, department, district].filter(Boolean).join(' / ')}
          ${
            origin
              ? html`<br />${t('list.origin', { code: origin.code ?? '', number: origin.number })}`
              : nothing
          }
        </p>
      </div>
      ${
        current
          ? html`<p class="design-card-facts">
              ${t('list.facts', {
                distance: metresText(current.distance_m),
                walking: minutesText(current.duration_s / 60),
                time: minutesText(current.estimated_duration_s / 60),
                stops: current.stop_count,
              })}
            </p>`
          : nothing
      }
      ${
        draft
          ? html`<p class="section-text">
              ${t(draft.updated_by_me ? 'list.changed_by_me' : 'list.changed')}
              ${moment(draft.updated_at)}
            </p>`
          : nothing
      }
      <div class="button-row">${this.actions(item, name, isReview)}</div>
      ${
        this.archiving === route
          ? html`<archive-form
              .item=${item}
              @done=${() => {
                this.archiving = null;
                void this.load();
              }}
            ></archive-form>`
          : nothing
      }
    </li>`;
  }

  private actions(item: DesignItem, name: string, isReview: boolean): TemplateResult {
    const { route_id: route, draft, current, archived_on: end, may: rights } = item;
    const isBusy = this.busy === route;
    if (isReview) {
      return html`<a class="button button-primary" href=${editorUrl(route)}
        >${t('list.review')}<span class="visually-hidden"> ${name}</span></a
      >`;
    }
    const doing = (label: string, job: () => Promise<unknown>): TemplateResult =>
      html`<button
        type="button"
        class="button button-small"
        ?disabled=${isBusy}
        @click=${() => void this.doing(route, job)}
      >
        ${label}<span class="visually-hidden"> ${name}</span>
      </button>`;
    const isPublished = current !== null && current !== undefined;
    const begins = !draft && rights.edit && may('write_designs');
    return html`
      ${
        draft
          ? html`<a class="button button-small button-primary" href=${editorUrl(route)}
              >${t(draft.state === 'editing' ? 'list.open' : 'list.look')}<span
                class="visually-hidden"
              >
                ${name}</span
              ></a
            >`
          : nothing
      }
      ${
        begins && !end
          ? doing(t('list.begin'), async () => {
              await beginDraft(route);
              go(editorUrl(route));
            })
          : nothing
      }
      ${
        may('write_designs') && (isPublished || item.next)
          ? doing(t('list.clone'), () => this.clone(route, name))
          : nothing
      }
      ${
        rights.edit && may('write_designs') && (isPublished || item.next || end)
          ? html`<button
              type="button"
              class="button button-small button-quiet"
              aria-expanded=${this.archiving === route ? 'true' : 'false'}
              @click=${() => {
                this.archiving = this.archiving === route ? null : route;
              }}
            >
              ${t(end ? 'list.restore' : 'list.archive')}<span class="visually-hidden">
                ${name}</span
              >
            </button>`
          : nothing
      }
    `;
  }

  private async clone(route: string, name: string): Promise<void> {
    const isMeant = await ask({
      title: () => t('list.clone_sure', { name }),
      text: () => t('list.clone_text'),
      yes: () => t('list.clone'),
    });
    if (!isMeant) return;
    const { document } = await cloneRoute(route);
    go(editorUrl(document.route_id));
  }

  private async doing(route: string, job: () => Promise<unknown>): Promise<void> {
    this.busy = route;
    try {
      await job();
    } catch (thrown) {
      const error = asApiError(thrown);
      say(() => failureText(error), 'error');
    } finally {
      this.busy = null;
    }
  }
}

customElements.define('design-list', DesignList);
