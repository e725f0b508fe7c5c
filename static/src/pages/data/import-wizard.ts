import { html, nothing, type TemplateResult } from 'lit';
import type { FieldErrors } from '../../api/client';
import type { DatasetItem, FilePreview, ImportReport, LayerSummary } from '../../api/types';
import { upload } from '../../api/upload';
import {
  checkField,
  fileField,
  focusFirstError,
  formError,
  missing,
  selectField,
  submitButton,
  textField,
} from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { today } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/data';
import { sessionStore } from '../../shell/session';
import { Task } from '../../state/task';
import { columnTable } from './column-table';
import { reportView } from './import-report';
import {
  type Choices,
  importPath,
  type NewDataset,
  previewPath,
  suggestedId,
  type Target,
} from './model';

const NEW = '';
const ACCEPT = '.csv,.tsv,.json,.geojson,text/csv,application/json,application/geo+json';

/** `<import-wizard>`: a file is chosen, its columns are checked, it is tried, and then imported. */
export class ImportWizard extends LightElement {
  static override properties = { datasets: { attribute: false }, layers: { attribute: false } };

  declare datasets: readonly DatasetItem[];
  declare layers: readonly LayerSummary[];
  private known = NEW;
  private about: NewDataset = { id: '', layer: '', title: '', source: '', licence: '', as_of: '' };
  private file: File | null = null;
  private wrong: FieldErrors = {};
  private choices: Choices = {};
  private acceptValid = false;
  private acceptVanished = false;
  private sent = 0;
  private readonly preview = new Task<FilePreview>(this);
  private readonly tried = new Task<ImportReport>(this);
  private readonly stored = new Task<ImportReport>(this);

  constructor() {
    super();
    this.datasets = [];
    this.layers = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.known = this.datasets[0]?.id ?? NEW;
    this.chooseLayer(this.layers[0]?.id ?? '');
  }

  private chooseLayer(layer: string): void {
    const taken = this.datasets.map(({ id }) => id);
    this.about = { ...this.about, layer, id: suggestedId(layer, today(), taken) };
    this.requestUpdate();
  }

  private get target(): Target {
    return this.known === NEW
      ? { kind: 'new', dataset: this.about }
      : { kind: 'known', id: this.known };
  }

  private get step(): 1 | 2 | 3 | 4 {
    if (this.stored.value && this.stored.value.outcome !== 'stopped') return 4;
    if (this.tried.value) return 3;
    return this.preview.value ? 2 : 1;
  }

  protected override render(): TemplateResult {
    const names = [
      t('data.step_file'),
      t('data.step_columns'),
      t('data.step_check'),
      t('data.step_done'),
    ];
    const { step } = this;
    return html`<section class="section" aria-labelledby="import">
      <h2 class="section-title" id="import">${t('data.import')}</h2>
      <p class="section-text">${t('data.import_lead')}</p>
      <h3 class="wizard-step" id="wizard-step" tabindex="-1">
        ${t('data.step', { number: step, name: names[step - 1] ?? '' })}
      </h3>
      ${step === 1 ? this.first() : nothing} ${step === 2 ? this.second() : nothing}
      ${step === 3 ? this.third() : nothing} ${step === 4 ? this.fourth() : nothing}
    </section>`;
  }

  private first(): TemplateResult {
    const error = this.preview.error;
    const wrong = { ...this.preview.fields, ...this.wrong };
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.look();
      }}
    >
      ${formError(error, ['dataset', 'layer'])}
      ${selectField({
        name: 'target',
        label: t('data.target'),
        help: t('data.target_help'),
        value: this.known,
        options: [
          ...this.datasets.map(({ id, title }) => ({ value: id, label: title })),
          { value: NEW, label: t('data.target_new') },
        ],
        onInput: (value) => {
          this.known = value;
          this.requestUpdate();
        },
      })}
      ${this.known === NEW ? this.newDataset(wrong) : nothing}
      ${fileField({
        name: 'file',
        label: t('data.file'),
        help: t('data.file_help'),
        error: wrong['file'],
        required: true,
        accept: ACCEPT,
        onFile: (file) => {
          this.file = file;
          this.wrong = {};
          this.requestUpdate();
        },
      })}
      ${submitButton(t('data.read'), this.preview.busy)} ${this.progress(this.preview.busy)}
    </form>`;
  }

  private newDataset(wrong: FieldErrors): TemplateResult {
    const { about } = this;
    const text = (name: 'id' | 'title' | 'source' | 'licence', label: string, help?: string) =>
      textField({
        name,
        label,
        help,
        error: wrong[name === 'id' ? 'dataset' : name],
        value: about[name],
        required: name === 'id' || name === 'title',
        maxLength: name === 'id' ? 64 : 200,
        onInput: (value) => {
          this.about = { ...this.about, [name]: value };
        },
      });
    return html`
      ${selectField({
        name: 'layer',
        label: t('data.layer'),
        error: wrong['layer'],
        value: about.layer,
        options: this.layers.map(({ id, title }) => ({ value: id, label: pick(title) })),
        onInput: (value) => {
          this.chooseLayer(value);
        },
      })}
      ${text('title', t('data.new_title'))} ${text('id', t('data.new_id'), t('data.new_id_help'))}
      ${text('source', t('data.source'))} ${text('licence', t('data.licence'))}
      ${textField({
        name: 'as_of',
        type: 'date',
        label: t('data.as_of'),
        value: about.as_of,
        onInput: (value) => {
          this.about = { ...this.about, as_of: value };
        },
      })}
    `;
  }

  private progress(busy: boolean): TemplateResult | typeof nothing {
    if (!busy || this.sent === 0) return nothing;
    return html`<p role="status">
      ${t('data.reading', { percent: Math.round(this.sent * 100) })}
    </p>`;
  }

  private second(): TemplateResult {
    const preview = this.preview.value;
    if (!preview) return html``;
    const { format, encoding, columns } = preview.file;
    const named = columns.some(({ name, field }) => (this.choices[name] ?? field ?? '') === 'name');
    return html`
      <p>${t('data.columns_found', { format, encoding, count: columns.length })}</p>
      ${columnTable(preview, this.choices, (column, field) => {
        this.choices = { ...this.choices, [column]: field };
        this.requestUpdate();
      })}
      ${named ? nothing : this.warning(t('data.no_name'))} ${formError(this.tried.error)}
      ${this.buttons(
        t('data.try'),
        this.tried.busy,
        () => void this.send(this.tried, null),
        !named,
      )}
    `;
  }

  private third(): TemplateResult {
    const report = this.tried.value;
    if (!report) return html``;
    const demo = sessionStore.state.settings?.demo ?? false;
    const vanished = report.obstacle === 'most_would_vanish' || this.acceptVanished;
    const isBlocked =
      demo || (report.refused_count > 0 && !this.acceptValid) || (vanished && !this.acceptVanished);
    return html`
      ${reportView(report, this.preview.value?.fields ?? [])}
      ${
        report.refused_count > 0
          ? html`${this.warning(t('data.obstacle_refused'))}
            ${checkField({
              name: 'accept_valid',
              label: t('data.refused_accept'),
              checked: this.acceptValid,
              onChange: (checked) => {
                this.acceptValid = checked;
                void this.send(this.tried, null);
              },
            })}`
          : nothing
      }
      ${
        vanished
          ? html`${this.warning(t('data.obstacle_vanished'))}
            ${checkField({
              name: 'accept_vanished',
              label: t('data.vanished_accept'),
              checked: this.acceptVanished,
              onChange: (checked) => {
                this.acceptVanished = checked;
                this.requestUpdate();
              },
            })}`
          : nothing
      }
      ${demo ? this.warning(t('data.demo')) : nothing}
      ${formError(this.stored.error ?? this.tried.error)}
      ${this.buttons(
        this.stored.busy ? t('data.storing') : t('data.store'),
        this.stored.busy,
        () => void this.send(this.stored, report.plan),
        isBlocked,
      )}
    `;
  }

  private fourth(): TemplateResult {
    const report = this.stored.value;
    if (!report) return html``;
    return html`
      <div class="notice" role="status">
        ${icon('check')}<span
          >${t(report.outcome === 'stored' ? 'data.stored' : 'data.unchanged_all')}</span
        >
      </div>
      ${reportView(report, this.preview.value?.fields ?? [])}
      <p>
        <button type="button" class="button" @click=${this.restart}>${t('data.another')}</button>
      </p>
    `;
  }

  private warning(text: string): TemplateResult {
    return html`<div class="notice notice-warning">${icon('warning')}<span>${text}</span></div>`;
  }

  private buttons(
    label: string,
    busy: boolean,
    go: () => void,
    isBlocked: boolean,
  ): TemplateResult {
    return html`<div class="button-row">
        <button type="button" class="button" @click=${this.restart}>${t('data.back')}</button>
        <button
          type="button"
          class="button button-primary"
          ?disabled=${isBlocked}
          aria-disabled=${busy ? 'true' : nothing}
          @click=${() => {
            if (!busy) go();
          }}
        >
          ${label}
        </button>
      </div>
      ${this.progress(busy)}`;
  }

  private readonly restart = (): void => {
    this.preview.reset();
    this.tried.reset();
    this.stored.reset();
    this.choices = {};
    this.file = null;
    this.acceptValid = false;
    this.acceptVanished = false;
    void this.announce();
  };

  private readonly hear = (part: number): void => {
    this.sent = part;
    this.requestUpdate();
  };

  private async look(): Promise<void> {
    const { file } = this;
    this.wrong = this.known === NEW ? missing({ title: this.about.title }) : {};
    if (this.known === NEW && !this.about.id.trim()) {
      this.wrong = { ...this.wrong, dataset: t('form.missing') };
    }
    if (!file) this.wrong = { ...this.wrong, file: t('data.file_missing') };
    this.requestUpdate();
    if (Object.keys(this.wrong).length > 0 || !file) {
      await this.updateComplete;
      focusFirstError(this);
      return;
    }
    this.sent = 0;
    const seen = await this.preview.run((signal) =>
      upload(previewPath(this.target), file, { signal, onProgress: this.hear }),
    );
    if (seen) await this.announce();
  }

  private async send(task: Task<ImportReport>, plan: string | null): Promise<void> {
    const { file } = this;
    if (!file) return;
    const path = importPath({
      target: this.target,
      fileName: file.name,
      columns: this.preview.value?.file.columns ?? [],
      choices: this.choices,
      acceptValid: this.acceptValid,
      acceptVanished: this.acceptVanished,
      plan,
    });
    this.sent = 0;
    const before = this.step;
    const done = await task.run((signal) => upload(path, file, { signal, onProgress: this.hear }));
    if (!done) return;
    if (plan) this.dispatchEvent(new CustomEvent('imported'));
    if (this.step !== before) await this.announce();
  }

  /** Begins the next step at its headline. */
  private async announce(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>('#wizard-step')?.focus();
  }
}

customElements.define('import-wizard', ImportWizard);
