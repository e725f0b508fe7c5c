import { html, nothing, type TemplateResult } from 'lit';
import { ApiError, exchange, type FieldErrors, get, request } from '../../api/client';
import type { DatasetList, LayerSummary, Place, PlaceHistory } from '../../api/types';
import { ask } from '../../components/dialog';
import {
  areaField,
  checkField,
  focusFirstError,
  formError,
  submitButton,
  textField,
} from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { formatDay, today } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/edit';
import { go, may } from '../../shell/session';
import { Task } from '../../state/task';
import { blankPlace } from './blank';
import { changeOf, type Draft, EMPTY, geometryKind, isPublic, withoutDated } from './draft';
import { formerNames, formerProblems } from './former-names';
import { historyView } from './history-view';
import { placeField } from './place-field';
import { geometryProblem, placeGeometry } from './place-geometry';
import './retire-form';

/** A place with the tag of the state that was seen. */
interface Seen {
  place: Place;
  tag: string | null;
}

/** `<place-editor>`: one place in a form, or a new one of a layer. */
export class PlaceEditor extends LightElement {
  static override properties = {
    place: { attribute: false },
    layer: { attribute: false },
    layers: { attribute: false },
    editable: { attribute: false },
  };

  declare place: string | null;
  declare layer: string | null;
  declare layers: readonly LayerSummary[];
  declare editable: DatasetList['editable_layers'];
  private draft: Draft = EMPTY;
  private wrong: FieldErrors = {};
  private readonly seen = new Task<Seen>(this);
  private readonly saving = new Task<Seen>(this);
  private readonly history = new Task<PlaceHistory>(this);

  constructor() {
    super();
    this.place = null;
    this.layer = null;
    this.layers = [];
    this.editable = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.warn);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.warn);
  }

  private get isDirty(): boolean {
    const seen = this.seen.value;
    return seen !== null && changeOf(seen.place, this.draft) !== null;
  }

  /** Whoever leaves with something unsaved is asked. */
  private readonly warn = (event: BeforeUnloadEvent): void => {
    if (this.isDirty && !this.saving.busy) event.preventDefault();
  };

  private async load(): Promise<void> {
    await this.seen.run(async (signal) => {
      const { place, layer } = this;
      if (!place) {
        const blank = blankPlace(layer ?? '', this.editable);
        if (!blank) throw new ApiError('missing', 404);
        return { place: blank, tag: null };
      }
      const path = `/api/places/${encodeURIComponent(place)}`;
      const answer = await request<Place>(path, { signal, etag: null });
      return { place: withoutDated(answer.body as Place), tag: answer.etag };
    });
    if (this.place) await this.loadHistory();
  }

  private async loadHistory(): Promise<void> {
    const path = `/api/places/${encodeURIComponent(this.place ?? '')}/history`;
    await this.history.run((signal) => get(path, signal));
  }

  private readonly redraft = (draft: Draft): void => {
    this.draft = draft;
    this.requestUpdate();
  };

  protected override render(): TemplateResult {
    return loaded(
      this.seen,
      t('edit.place_failed'),
      () => void this.load(),
      ({ place }) => html`
        ${this.head(place)} ${this.form(place)} ${this.place ? this.rest(place) : nothing}
      `,
    );
  }

  private head(place: Place): TemplateResult {
    const layer = this.layers.find(({ id }) => id === place.layer);
    const retired = place.fields.find(({ field }) => field.name === 'retired_on')?.value;
    return html`<div class="place-head">
      <p><a href="/edit?layer=${place.layer}">${t('edit.back')}</a></p>
      <h2 class="section-title">${place.name || t('edit.new_place')}</h2>
      <p class="section-text">
        ${layer ? pick(layer.title) : place.layer}
        ${place.datasets.map(({ title, steward }) => html`・${title}(${steward})`)}
      </p>
      ${
        retired && !place.current
          ? this.notice(t('edit.is_retired', { day: formatDay(String(retired)) }))
          : nothing
      }
      ${place.warnings.includes('far_away') ? this.notice(t('edit.far_away')) : nothing}
    </div>`;
  }

  private notice(text: string): TemplateResult {
    return html`<div class="notice notice-warning">${icon('warning')}<span>${text}</span></div>`;
  }

  private form(place: Place): TemplateResult {
    const errors = { ...this.saving.fields, ...this.wrong };
    const editable = place.fields.filter(({ can_edit }) => can_edit);
    const shown = [
      ...editable.map(({ field }) => field.name),
      'geometry',
      'former',
      'renamed_on',
      'reason',
    ];
    const canWrite = may('write_places');
    return html`<form
      class="form place-form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.save(place);
      }}
    >
      ${formError(this.saving.error, shown)}
      ${this.saving.error?.kind === 'changed' ? this.changedMeanwhile() : nothing}
      <fieldset class="place-fields" ?disabled=${!canWrite}>
        <legend class="visually-hidden">${t('edit.fields')}</legend>
        ${editable.map(
          (field) =>
            html`${this.field(field, errors)} ${this.behind(field.field.name, place, errors)}`,
        )}
      </fieldset>
      ${placeGeometry(place, this.draft, errors['geometry'], canWrite, this.redraft)}
      ${areaField({
        name: 'reason',
        label: t('edit.reason'),
        help: t('edit.reason_help'),
        error: errors['reason'],
        value: this.draft.reason,
        rows: 2,
        maxLength: 500,
        onInput: (reason) => {
          this.redraft({ ...this.draft, reason });
        },
      })}
      <div class="place-save">
        ${submitButton(t('edit.save'), this.saving.busy)}
        <span role="status">${this.isDirty ? t('edit.unsaved') : ''}</span>
      </div>
    </form>`;
  }

  private field(field: Place['fields'][number], errors: FieldErrors): TemplateResult {
    const isNew = this.place === null;
    return placeField(field, this.draft, errors[field.field.name], isNew, this.redraft);
  }

  /** What belongs to a field and is none itself. */
  private behind(
    field: string,
    place: Place,
    errors: FieldErrors,
  ): TemplateResult | typeof nothing {
    if (field === 'name') return this.renaming(place, errors);
    if (field !== 'former_names' || this.place === null) return nothing;
    return formerNames(place, this.draft, errors, may('write_places'), this.redraft);
  }

  /** A new name is a new name, or corrects a mistake: only the first leaves a former name. */
  private renaming(place: Place, errors: FieldErrors): TemplateResult | typeof nothing {
    const name = this.draft.texts['name'];
    if (this.place === null || name === undefined || name.trim() === place.name) return nothing;
    const { renamedOn } = this.draft;
    return html`<div class="place-renaming">
      ${checkField({
        name: 'renamed',
        label: t('edit.renamed', { name: place.name }),
        checked: renamedOn !== null,
        onChange: (checked) => {
          this.redraft({ ...this.draft, renamedOn: checked ? today() : null });
        },
      })}
      ${
        renamedOn === null
          ? nothing
          : textField({
              name: 'renamed_on',
              type: 'date',
              label: t('edit.renamed_on'),
              error: errors['renamed_on'],
              value: renamedOn,
              max: today(),
              onInput: (value) => {
                this.redraft({ ...this.draft, renamedOn: value });
              },
            })
      }
    </div>`;
  }

  private changedMeanwhile(): TemplateResult {
    return html`<p>
      <button
        type="button"
        class="button"
        @click=${() => {
          this.saving.reset();
          void this.load();
        }}
      >
        ${t('edit.load_latest')}
      </button>
    </p>`;
  }

  private rest(place: Place): TemplateResult {
    const fields = place.fields.map(({ field }) => field);
    const edits = this.history.value?.edits ?? [];
    return html`
      ${
        may('write_places')
          ? html`<retire-form
              .retired=${!place.current}
              .busy=${this.saving.busy}
              @retire=${(event: CustomEvent<{ on: string; reason: string }>) =>
                void this.act('retire', event.detail, t('edit.retired_done'))}
              @restore=${(event: CustomEvent<{ reason: string }>) =>
                void this.act('restore', event.detail, t('edit.restored_done'))}
            ></retire-form>`
          : nothing
      }
      <section class="section" aria-labelledby="history">
        <h2 class="section-title" id="history">${t('edit.history')}</h2>
        ${loaded(
          this.history,
          t('edit.history_failed'),
          () => void this.loadHistory(),
          () =>
            edits.length === 0
              ? html`<p>${t('edit.no_history')}</p>`
              : historyView(edits, fields, may('write_places') ? this.undo : null),
        )}
      </section>
    `;
  }

  private readonly undo = (version: number): void => {
    void (async () => {
      const sure = await ask({
        title: () => t('edit.undo_sure', { version }),
        text: () => t('edit.undo_text'),
        yes: () => t('edit.undo_to'),
      });
      if (sure) await this.act('undo', { to: version }, t('edit.undone'));
    })();
  };

  /** Something other than saving the form; what is unsaved in it stays. */
  private async act(what: string, body: unknown, done: string): Promise<void> {
    const path = `/api/places/${encodeURIComponent(this.place ?? '')}/${what}`;
    await this.change('POST', path, body, done);
  }

  private async change(
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    done: string,
  ): Promise<boolean> {
    const ifMatch = this.seen.value?.tag ?? null;
    const succeeded = await this.saving.run(async (signal) => {
      const answer = await exchange<Place>(method, path, body, { signal, ifMatch });
      return { place: withoutDated(answer.body as Place), tag: answer.etag };
    });
    if (!succeeded) {
      if (this.seen.value) await this.showFirstError(this.seen.value.place);
      return false;
    }
    this.seen.value = this.saving.value;
    say(() => done);
    if (this.place) await this.loadHistory();
    return true;
  }

  private async save(place: Place): Promise<void> {
    const where = geometryProblem(place, this.draft);
    this.wrong = {
      ...formerProblems(this.draft.former),
      ...(where ? { geometry: where } : {}),
    };
    const change = changeOf(place, this.draft);
    if (Object.keys(this.wrong).length > 0) {
      this.requestUpdate();
      await this.showFirstError(place);
      return;
    }
    if (!change && this.place) {
      say(() => t('edit.nothing_changed'));
      return;
    }
    if (!this.place) {
      await this.create(place, change);
      return;
    }
    const path = `/api/places/${encodeURIComponent(this.place)}`;
    if (await this.change('PATCH', path, change, t('edit.saved'))) this.redraft(EMPTY);
  }

  /** An area has no field to go to; what is wrong with it stands below its map. */
  private async showFirstError(place: Place): Promise<void> {
    await this.updateComplete;
    focusFirstError(this);
    const isElsewhere = this.querySelector('[aria-invalid="true"]') !== null;
    const isArea = geometryKind(place, this.draft) === 'area';
    if (isArea && !isElsewhere && (this.wrong['geometry'] ?? this.saving.fields['geometry'])) {
      this.querySelector<HTMLElement>('.area-status')?.focus();
    }
  }

  private async create(place: Place, change: ReturnType<typeof changeOf>): Promise<void> {
    const hidden = place.fields.filter((field) => field.can_hide && !isPublic(field, this.draft));
    const body = {
      layer: place.layer,
      fields: change?.fields ?? {},
      hidden: hidden.map(({ field }) => field.name),
      geometry: change?.geometry,
      reason: this.draft.reason.trim(),
    };
    if (await this.change('POST', '/api/places', body, t('edit.created'))) {
      this.draft = EMPTY;
      go(`/edit?place=${this.seen.value?.place.id ?? ''}`);
    }
  }
}

customElements.define('place-editor', PlaceEditor);
