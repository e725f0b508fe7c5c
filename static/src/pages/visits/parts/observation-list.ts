import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { components } from '../../../api/schema';
import { send } from '../../../api/client';
import {
  areaField,
  focusFirstError,
  formError,
  missing,
  selectField,
  submitButton,
} from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { empty, paged } from '../../../components/lists';
import { say } from '../../../components/messages';
import { moment } from '../../../components/moment';
import { formatDay } from '../../../format/dates';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/visits';
import { Pages, Task } from '../../../state/task';
import { whoText } from '../words';

type Schemas = components['schemas'];
type Owned = Schemas['OwnedObservation'];
type Observation = Owned['observation'];

const CATEGORIES: Record<string, Key> = {
  danger: 'visits.obs_danger',
  barrier: 'visits.obs_barrier',
  disaster: 'visits.obs_disaster',
  liked: 'visits.obs_liked',
};
/** The longest answer, as in the service. */
const LONGEST = 1000;

/** `<observation-list>`: what walkers noticed, to be answered. */
export class ObservationListElement extends LightElement {
  private readonly pages = new Pages<Owned, Schemas['ObservationList']>(
    this,
    ({ observations }) => observations,
  );
  private which: 'open' | 'all' = 'open';

  override connectedCallback(): void {
    super.connectedCallback();
    this.load();
  }

  private load(): void {
    void this.pages.start(`/api/observations?state=${this.which}`);
  }

  protected override render(): TemplateResult {
    return html`
      <p class="section-text">${t('visits.obs_text')}</p>
      <div class="visit-filter">
        ${selectField({
          name: 'which',
          label: t('visits.obs_which'),
          value: this.which,
          options: [
            { value: 'open', label: t('visits.obs_open') },
            { value: 'all', label: t('visits.obs_all') },
          ],
          onInput: (value) => {
            this.which = value === 'all' ? 'all' : 'open';
            this.load();
          },
        })}
      </div>
      ${paged(this.pages, t('visits.obs_failed'), (items) =>
        items.length === 0
          ? empty(this.which === 'open' ? t('visits.obs_none') : t('visits.obs_none_all'))
          : html`<ul class="visit-observations">
              ${repeat(
                items,
                ({ observation }) => observation.id,
                (owned) => html`<li><observation-card .owned=${owned}></observation-card></li>`,
              )}
            </ul>`,
      )}
    `;
  }
}

/** `<observation-card>`: one observation with its answers, and the field for another. */
export class ObservationCard extends LightElement {
  static override properties = { owned: { attribute: false }, isOpen: { state: true } };

  declare owned: Owned;
  declare private isOpen: boolean | null;
  /** What was answered here. */
  private answers: readonly Observation['answers'][number][] = [];
  private text = '';
  private wrong: Record<string, string> = {};
  private readonly sending = new Task(this);

  constructor() {
    super();
    this.isOpen = null;
  }

  protected override render(): TemplateResult {
    const { observation, owner } = this.owned;
    const { id, at, day, category, text, wants_answer, imported_at } = observation;
    const answers = [...observation.answers, ...this.answers];
    const isOpen = this.isOpen ?? (wants_answer && answers.length === 0);
    return html`<article class="card" aria-labelledby="obs-${id}" data-observation=${id}>
      <header class="visit-head">
        <h3 class="visit-name" id="obs-${id}">${t(CATEGORIES[category] ?? 'visits.obs_other')}</h3>
        ${
          wants_answer
            ? html`<span class="badge ${answers.length === 0 ? 'badge-warning' : ''}"
                >${t('visits.obs_wants')}</span
              >`
            : nothing
        }
      </header>
      <p class="visit-who">
        <strong>${whoText(owner)}</strong> <span>${at ? moment(at) : formatDay(day)}</span>
      </p>
      <p class="visit-said">${text ?? t('visits.obs_erased')}</p>
      ${this.place(observation)}
      ${imported_at ? html`<p class="section-text">${t('visits.obs_imported')}</p>` : nothing}
      ${answers.map(
        (answer) =>
          html`<div class="visit-answer">
            <strong>${t('visits.obs_answer')}</strong> ${moment(answer.at)}
            <p>${answer.text}</p>
          </div>`,
      )}
      ${isOpen ? this.form(id) : this.button()}
    </article>`;
  }

  private place({ stop_name, route_title }: Observation): TemplateResult | typeof nothing {
    if (stop_name) return html`<p>${t('visits.obs_at', { stop: pick(stop_name) })}</p>`;
    if (route_title) return html`<p>${t('visits.obs_on', { route: pick(route_title) })}</p>`;
    return nothing;
  }

  private button(): TemplateResult {
    return html`<button
      type="button"
      class="button button-small"
      @click=${() => {
        this.isOpen = true;
        void this.updateComplete.then(() => this.querySelector<HTMLElement>('textarea')?.focus());
      }}
    >
      ${this.owned.observation.answers.length + this.answers.length > 0 ? t('visits.obs_more') : t('visits.obs_send')}
    </button>`;
  }

  private form(id: string): TemplateResult {
    return html`<form
      class="form visit-form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.answer(id);
      }}
    >
      ${areaField({
        name: `answer-${id}`,
        label: t('visits.obs_answer'),
        help: t('visits.obs_answer_help'),
        value: this.text,
        required: true,
        maxLength: LONGEST,
        rows: 3,
        error: this.wrong['text'] ?? this.sending.fields['text'],
        onInput: (value) => {
          this.text = value;
        },
      })}
      ${formError(this.sending.error, ['text'])}
      <div class="button-row">${submitButton(t('visits.obs_send'), this.sending.busy)}</div>
    </form>`;
  }

  private async answer(id: string): Promise<void> {
    this.wrong = missing({ text: this.text });
    this.requestUpdate();
    if (Object.keys(this.wrong).length > 0) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    const text = this.text.trim();
    const isDone = await this.sending.run((signal) =>
      send('POST', `/api/observations/${id}/answer`, { text }, { signal }),
    );
    if (!isDone) return;
    this.answers = [...this.answers, { at: new Date().toISOString(), text }];
    this.text = '';
    this.isOpen = false;
    say(() => t('visits.obs_sent'));
    await this.updateComplete;
    this.querySelector<HTMLElement>('.button')?.focus();
  }
}

customElements.define('observation-list', ObservationListElement);
customElements.define('observation-card', ObservationCard);
