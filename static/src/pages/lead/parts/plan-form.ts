import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { exchange, get } from '../../../api/client';
import {
  type Option,
  focusFirstError,
  formError,
  selectField,
  submitButton,
  textField,
} from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { loaded } from '../../../components/lists';
import { say } from '../../../components/messages';
import { today } from '../../../format/dates';
import { pick } from '../../../i18n';
import { t } from '../../../i18n/areas/lead';
import { isOpen } from '../../../outings/state';
import type { Outing, OutingDocument, Participants, Route } from '../../../outings/types';
import { Task } from '../../../state/task';
import { documentOf, EMPTY, type Missing, type Plan, planOf } from '../plan';
import './cancel-form';
import { hostFields } from './host-fields';

/** Fields that show their own errors. */
const FIELDS = [
  'route_version_id',
  'starts_at',
  'duration_min',
  'meeting_point',
  'capacity',
  'trainer_numbers',
];

/** `<plan-form>`: a new outing, or a change of one. */
export class PlanForm extends LightElement {
  static override properties = {
    outing: { attribute: false },
    etag: { attribute: false },
    participants: { attribute: false },
    plan: { state: true },
    missing: { state: true },
  };

  /** Null for a new one. */
  declare outing: Outing | null;
  /** The validator of what is changed. */
  declare etag: string | null;
  declare participants: Participants | null;
  declare private plan: Plan;
  declare private missing: readonly Missing[];
  private readonly routes = new Task<readonly Route[]>(this);
  private readonly saving = new Task<string>(this);

  constructor() {
    super();
    this.etag = null;
    this.participants = null;
    this.plan = EMPTY;
    this.missing = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    // What somebody has begun to write stays when the same outing is loaded again; what was saved is shown as it is now.
    const before = changed.get('outing') as Outing | null | undefined;
    const isOther = before?.id !== this.outing?.id || !this.isTouched;
    if (changed.has('outing') && this.outing && isOther) {
      this.plan = planOf(this.outing, this.participants);
      this.seen = this.etag;
    }
  }

  private isTouched = false;
  /** The validator of what the fields were filled from. */
  private seen: string | null = null;

  private set(patch: Partial<Plan>): void {
    this.isTouched = true;
    this.plan = { ...this.plan, ...patch };
    // What was missing and is there now is not complained of any longer.
    const document = documentOf(this.plan);
    const left: readonly Missing[] = 'route_version_id' in document ? [] : document;
    this.missing = this.missing.filter((name) => left.includes(name));
  }

  protected override render(): TemplateResult {
    const { outing } = this;
    if (outing && !isOpen(outing, Date.now())) return html`<p>${t('lead.closed')}</p>`;
    if (outing && !outing.may_change) return html`<p>${t('lead.closed')}</p>`;
    return html`
      ${loaded(
        this.routes,
        t('lead.plan_routes_failed'),
        () => void this.load(),
        (routes) => this.form(routes),
      )}
      ${
        outing
          ? html`<cancel-form
              .outing=${outing}
              @cancelled=${() => {
                this.saved(outing.id);
              }}
            ></cancel-form>`
          : nothing
      }
    `;
  }

  private error(name: string, own: Missing, words: string): string | undefined {
    return this.missing.includes(own) ? words : this.saving.fields[name];
  }

  private form(routes: readonly Route[]): TemplateResult {
    const { plan } = this;
    const set = (name: keyof Plan) => (value: string) => {
      this.set({ [name]: value });
    };
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.save();
      }}
    >
      ${formError(this.saving.error, FIELDS)}
      ${this.outing ? html`<p class="section-text">${t('lead.plan_tells')}</p>` : nothing}
      ${selectField({
        name: 'version',
        label: t('lead.plan_route'),
        value: plan.version,
        required: true,
        options: this.options(routes),
        error: this.error('route_version_id', 'version', t('form.missing')),
        onInput: set('version'),
      })}
      ${this.time(plan, set)}
      ${textField({
        name: 'meeting_point',
        label: t('lead.plan_meet'),
        help: t('lead.plan_meet_help'),
        value: plan.meeting_point,
        maxLength: 200,
        required: true,
        error: this.error('meeting_point', 'meeting_point', t('form.missing')),
        onInput: set('meeting_point'),
      })}
      ${textField({
        name: 'capacity',
        label: t('lead.plan_capacity'),
        value: plan.capacity,
        keyboard: 'numeric',
        maxLength: 4,
        required: true,
        error: this.error('capacity', 'capacity', t('lead.plan_number_wrong')),
        onInput: set('capacity'),
      })}
      ${textField({
        name: 'trainers',
        label: t('lead.plan_trainers'),
        help: t('lead.plan_trainers_help'),
        value: plan.trainers,
        error: this.saving.fields['trainer_numbers'],
        onInput: set('trainers'),
      })}
      ${hostFields(
        plan.hosts,
        this.saving.fields,
        routes.find(({ route_version_id }) => route_version_id === plan.version)?.hosts ?? [],
        (hosts) => {
          this.set({ hosts });
        },
      )}
      ${submitButton(t(this.outing ? 'lead.plan_save' : 'lead.plan_save_new'), this.saving.busy)}
    </form>`;
  }

  private time(plan: Plan, set: (name: keyof Plan) => (value: string) => void): TemplateResult {
    const wrong = this.error('starts_at', 'starts_at', t('lead.plan_day_wrong'));
    return html`<div class="form-row form-row-even">
      ${textField({
        name: 'day',
        label: t('lead.plan_day'),
        type: 'date',
        min: today(),
        value: plan.day,
        required: true,
        error: wrong,
        onInput: set('day'),
      })}
      ${textField({
        name: 'time',
        label: t('lead.plan_time'),
        type: 'time',
        value: plan.time,
        required: true,
        onInput: set('time'),
      })}
      ${textField({
        name: 'duration',
        label: t('lead.plan_duration'),
        value: plan.duration,
        keyboard: 'numeric',
        maxLength: 4,
        required: true,
        error: this.error('duration_min', 'duration_min', t('lead.plan_number_wrong')),
        onInput: set('duration'),
      })}
    </div>`;
  }

  /** The routes that count today, and the version that is walked where that is another. */
  private options(routes: readonly Route[]): Option[] {
    const { outing } = this;
    const all = routes.map(({ route_version_id, title }) => ({
      value: route_version_id,
      label: pick(title),
    }));
    const isListed = !outing || all.some(({ value }) => value === outing.route_version_id);
    const own = isListed
      ? []
      : [
          {
            value: outing.route_version_id,
            label: t('lead.plan_same', { name: pick(outing.title) }),
          },
        ];
    return [{ value: '', label: t('lead.plan_choose') }, ...own, ...all];
  }

  private async load(): Promise<void> {
    await this.routes.run(async (signal) => {
      const { routes } = await get<{ routes: Route[] }>('/api/routes?limit=100', signal);
      return routes;
    });
  }

  private async save(): Promise<void> {
    if (this.saving.busy) return;
    const document = documentOf(this.plan);
    if (!('route_version_id' in document)) {
      this.missing = document;
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    this.missing = [];
    const { outing } = this;
    const isDone = await this.saving.run(async (signal) => this.send(document, signal));
    const id = this.saving.value;
    if (!isDone || !id) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    say(() => t(outing ? 'lead.plan_saved' : 'lead.plan_made'));
    this.saved(id);
  }

  private async send(document: OutingDocument, signal: AbortSignal): Promise<string> {
    const { outing, seen } = this;
    const { body } = outing
      ? await exchange<Outing>('PUT', `/api/outings/${outing.id}`, document, {
          signal,
          ifMatch: seen,
        })
      : await exchange<Outing>('POST', '/api/outings', document, { signal });
    return body?.id ?? '';
  }

  private saved(id: string): void {
    this.isTouched = false;
    this.dispatchEvent(new CustomEvent('saved', { detail: id }));
  }
}

customElements.define('plan-form', PlanForm);
