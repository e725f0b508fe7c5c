import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import '../../activation/muster-form';
import type { RollDocument, RollRow } from '../../activation/types';
import { kindName, markedTitle } from '../../activation/words';
import { get, send } from '../../api/client';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { langOf } from '../../components/lang-of';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { moment } from '../../components/moment';
import { t } from '../../i18n/areas/activations';
import { t as tMuster } from '../../i18n/areas/muster';
import { signInUrl } from '../../shell/return-to';
import { may } from '../../shell/session';
import { Task } from '../../state/task';
import { type FeedState, RollFeed } from './feed';
import { figures } from './figures';
import { partsOf } from './live';
import { paper, paperButton } from './paper';
import './phone-answer';
import {
  applied,
  countsOf,
  type Filter,
  inOrder,
  isShown,
  NO_FILTER,
  type Roll,
  standingOf,
} from './roll';
import { filters, rollTable } from './roll-list';
import './roll-map';
import { personText, stateText } from './words';

/** What is open above the roll-call. */
interface Entering {
  form: 'answer' | 'muster';
  row: RollRow;
}

/** `<activation-roll activation=…>`: an activation that goes on, as it changes. Fires `ended`. */
export class ActivationRoll extends LightElement {
  static override properties = {
    activation: {},
    roll: { state: true },
    filter: { state: true },
    feedState: { state: true },
    entering: { state: true },
  };

  declare activation: string;
  declare private roll: Roll | null;
  declare private filter: Filter;
  declare private feedState: FeedState;
  declare private entering: Entering | null;
  private readonly loading = new Task<RollDocument>(this);
  private readonly ending = new Task(this);
  private feed: RollFeed | null = null;

  constructor() {
    super();
    this.roll = null;
    this.filter = NO_FILTER;
    this.feedState = 'opening';
    this.entering = null;
  }

  private readonly again = (): void => {
    this.feed?.retry();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.again);
    this.stop();
  }

  protected override willUpdate(properties: PropertyValues<this>): void {
    if (!properties.has('activation')) return;
    this.stop();
    this.roll = null;
    this.filter = NO_FILTER;
    void this.load();
  }

  protected override render(): TemplateResult {
    return loaded(
      this.loading,
      t('activations.roll_failed'),
      () => void this.load(),
      (document) => (this.roll ? this.content(document, this.roll.rows) : html``),
    );
  }

  private content(document: RollDocument, rows: readonly RollRow[]): TemplateResult {
    const { filter } = this;
    const shown = inOrder(rows.filter((row) => isShown(row, filter)));
    const silent = inOrder(rows.filter((row) => standingOf(row) === 'none'));
    return html`
      <section class="section" aria-labelledby="roll-title">
        <div class="roll-head">
          <h2 class="roll-title" id="roll-title" tabindex="-1">
            <span class="activation-mark activation-mark-${document.kind}"
              >${kindName(document.kind)}</span
            >
            <span lang=${langOf(document.title)}>${document.title}</span>
          </h2>
          <p>${t('activations.declared')} ${moment(document.declared_at)}</p>
          ${this.live()}
        </div>
        ${
          rows.length === 0
            ? html`<p class="empty">${t('activations.no_residents')}</p>`
            : figures(countsOf(rows), filter.standing, (standing) => {
                const isChosen = filter.standing === standing;
                this.filter = { ...filter, standing: isChosen ? '' : standing };
              })
        }
        ${
          this.ending.error
            ? failure(t('activations.end_failed'), this.ending.error, () => void this.end())
            : nothing
        }
        <div class="button-row no-print">
          ${paperButton(silent.length)}
          ${
            may('run_activations') && this.feedState !== 'ended'
              ? html`<button
                  type="button"
                  class="button button-danger"
                  aria-disabled=${this.ending.busy ? 'true' : nothing}
                  @click=${() => void this.end()}
                >
                  ${t('activations.end')}
                </button>`
              : nothing
          }
        </div>
      </section>
      <div class="roll-columns">
        <roll-map .rows=${shown}></roll-map>
        <section class="section" aria-labelledby="roll-list">
          <h2 class="section-title" id="roll-list">${t('activations.list')}</h2>
          ${filters(rows, filter, (next) => {
            this.filter = next;
          })}
          <p class="section-text">
            ${t('activations.shown', { count: shown.length, all: rows.length })}
          </p>
          ${rollTable(
            shown,
            t('activations.list'),
            may('run_activations')
              ? {
                  answer: (row) => {
                    this.entering = { form: 'answer', row };
                  },
                  muster: (row) => {
                    this.entering = { form: 'muster', row };
                  },
                }
              : null,
          )}
        </section>
      </div>
      ${paper(document, silent, new Date())} ${this.entering ? this.form(this.entering) : nothing}
    `;
  }

  /** Whether what is shown is up to date; said, too, when it changes. */
  private live(): TemplateResult {
    const { feedState: state } = this;
    const isGood = state === 'live' || state === 'polling' || state === 'ended';
    return html`<div class="roll-live roll-live-${state}" data-live=${state}>
      <p role="status">${icon(isGood ? 'check' : 'refresh')}<span>${stateText(state)}</span></p>
      ${
        state === 'signed_out'
          ? html`<a class="button button-small" href=${signInUrl()}>${t('session.sign_in')}</a>`
          : nothing
      }
      ${
        state === 'retrying'
          ? html`<button type="button" class="button button-small" @click=${this.again}>
              ${icon('refresh')}${t('action.retry')}
            </button>`
          : nothing
      }
      ${
        state === 'ended'
          ? html`<a class="button button-small" href="#review/${this.activation}"
              >${t('activations.to_review')}</a
            >`
          : nothing
      }
    </div>`;
  }

  private form({ form, row }: Entering): TemplateResult {
    const closed = (): void => {
      this.entering = null;
    };
    if (form === 'muster') {
      const { residency_id: residency, muster } = row;
      const who = personText(row);
      // Where it is the council's, there is nothing of their own to change yet.
      return html`<muster-form
        .residency=${residency}
        .who=${who}
        .muster=${muster && !muster.is_council ? muster : null}
        @closed=${closed}
        @saved=${() => {
          say(() => tMuster('muster.saved', { who }));
          void this.load();
        }}
      ></muster-form>`;
    }
    return html`<phone-answer
      .activation=${this.activation}
      .row=${row}
      @closed=${closed}
      @saved=${() => {
        say(() => t('activations.phone_saved', { who: personText(row) }));
        // Where the stream is not open, what was entered is seen all the same.
        if (this.feedState !== 'live') void this.load();
      }}
    ></phone-answer>`;
  }

  private stop(): void {
    this.feed?.stop();
    this.feed = null;
  }

  private async load(): Promise<void> {
    const path = `/api/activations/${this.activation}`;
    if (!(await this.loading.run((signal) => get<RollDocument>(path, signal)))) return;
    const document = this.loading.value;
    if (!document || !this.isConnected) return;
    this.take(document);
    if (this.feed) return;
    if (document.ended_at) this.feedState = 'ended';
    else this.follow();
  }

  /** What was read later counts, whichever came first. */
  private take({ roll: rows, sequence }: RollDocument): void {
    if (this.roll && this.roll.sequence > sequence) return;
    this.roll = { rows, sequence };
  }

  private follow(): void {
    const ears = {
      shown: () => {
        const { rows, sequence } = this.roll ?? { rows: [], sequence: 0 };
        return { counts: countsOf(rows), sequence };
      },
      onEvent: (event: Parameters<typeof applied>[1]) => {
        if (this.roll) this.roll = applied(this.roll, event);
      },
      onEverything: (document: RollDocument) => {
        this.take(document);
      },
      onState: (state: FeedState) => {
        this.feedState = state;
        if (state === 'ended') this.dispatchEvent(new CustomEvent('ended'));
      },
    };
    this.feed = new RollFeed(partsOf(this.activation), ears);
    this.feed.start();
  }

  private async end(): Promise<void> {
    const { value } = this.loading;
    if (this.ending.busy || !value) return;
    const isSure = await ask({
      title: () => t('activations.end_title'),
      text: () => t('activations.end_text', { title: markedTitle(value) }),
      yes: () => t('activations.end'),
      danger: true,
    });
    if (!isSure) return;
    const path = `/api/activations/${this.activation}/end`;
    if (await this.ending.run((signal) => send('POST', path, {}, { signal }))) {
      say(() => t('activations.ended_now'));
      location.hash = `review/${this.activation}`;
    }
  }
}

customElements.define('activation-roll', ActivationRoll);
