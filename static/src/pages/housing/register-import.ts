import { html, nothing, type TemplateResult } from 'lit';
import { download, send } from '../../api/client';
import { sendFile } from '../../api/send-file';
import { ask } from '../../components/dialog';
import '../../components/export-buttons';
import { checkField, fileField, formError, submitButton } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { save } from '../../components/save';
import { t } from '../../i18n/areas/housing';
import { Task } from '../../state/task';
import './import-preview';
import {
  changesAnything,
  confirmBody,
  type ImportCounts,
  type ImportDone,
  type RegisterImport,
} from './imports';
import { changed, recount } from './register';

const TEMPLATES = [
  ['xlsx', 'housing.import_template_excel'],
  ['csv', 'housing.import_template_csv'],
] as const;

/** `<register-import>`: choose a list of homes, look at what it changes, confirm. */
export class RegisterImportElement extends LightElement {
  private readonly preview = new Task<RegisterImport>(this);
  private readonly confirming = new Task<ImportDone>(this);
  private readonly template = new Task(this);
  private file: File | null = null;
  /** The name of the file that is shown. */
  private shownName = '';
  private noFile = false;
  private acceptRefused = false;

  protected override render(): TemplateResult {
    return html`
      <section class="section" aria-labelledby="import-title">
        <h2 class="section-title" id="import-title">${t('housing.view_import')}</h2>
        <p class="section-text">${t('housing.import_text')}</p>
        ${this.templates()}
        <form
          class="form"
          novalidate
          @submit=${(event: Event) => {
            event.preventDefault();
            void this.bring();
          }}
        >
          ${formError(this.preview.error)}
          ${fileField({
            name: 'file',
            label: t('housing.import_file'),
            help: t('housing.import_file_help'),
            required: true,
            error: this.noFile ? t('housing.import_file_missing') : undefined,
            accept: '.csv,.tsv,.txt,.xlsx,.xls',
            onFile: (file) => {
              this.file = file;
            },
          })}
          ${submitButton(t('housing.import_send'), this.preview.busy)}
        </form>
      </section>
      ${this.preview.value ? this.shown(this.preview.value) : nothing}
      <section class="section" aria-labelledby="export-title">
        <h2 class="section-title" id="export-title">${t('housing.export')}</h2>
        <p class="section-text">${t('housing.export_text')}</p>
        <export-buttons
          .path=${'/api/housing'}
          .name=${t('housing.title')}
          recorded
        ></export-buttons>
      </section>
    `;
  }

  private templates(): TemplateResult {
    return html`<div class="button-row" role="group" aria-label=${t('housing.import_template')}>
        ${TEMPLATES.map(
          ([format, words]) =>
            html`<button
              type="button"
              class="button button-small"
              data-template=${format}
              ?disabled=${this.template.busy}
              @click=${() => void this.get(format)}
            >
              ${icon('download')}${t(words)}
            </button>`,
        )}
      </div>
      ${formError(this.template.error)}`;
  }

  private shown(shown: RegisterImport): TemplateResult {
    const { counts } = shown;
    const isBlocked = !changesAnything(counts) || (counts.refused > 0 && !this.acceptRefused);
    return html`<section class="section" aria-labelledby="preview-title">
      <h2 class="section-title" id="preview-title" tabindex="-1">${t('housing.import_preview')}</h2>
      <p>${this.shownName}</p>
      <import-preview .shown=${shown}></import-preview>
      ${
        changesAnything(counts)
          ? nothing
          : html`<p class="notice">${icon('info')}<span>${t('housing.import_nothing')}</span></p>`
      }
      ${
        counts.refused > 0 && changesAnything(counts)
          ? checkField({
              name: 'accept_refused',
              label: t('housing.import_accept_refused'),
              checked: this.acceptRefused,
              onChange: (checked) => {
                this.acceptRefused = checked;
                this.requestUpdate();
              },
            })
          : nothing
      }
      ${formError(this.confirming.error)}
      <div class="button-row">
        <button
          type="button"
          class="button button-primary"
          ?disabled=${isBlocked || this.confirming.busy}
          @click=${() => void this.confirm(shown)}
        >
          ${t('housing.import_confirm')}
        </button>
        <button type="button" class="button" @click=${() => void this.discard(shown)}>
          ${t('housing.import_cancel')}
        </button>
      </div>
    </section>`;
  }

  private async get(format: string): Promise<void> {
    await this.template.run(async (signal) => {
      save(await download(`/api/housing/imports/template/${format}`, { signal }));
    });
  }

  private async bring(): Promise<void> {
    if (this.preview.busy) return;
    const { file } = this;
    this.noFile = file === null;
    this.requestUpdate();
    if (!file) return;
    this.acceptRefused = false;
    this.confirming.reset();
    this.preview.reset();
    this.shownName = file.name;
    const isThere = await this.preview.run((signal) =>
      sendFile<RegisterImport>('/api/housing/imports', file, signal),
    );
    if (!isThere) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>('#preview-title')?.focus();
  }

  private async confirm(shown: RegisterImport): Promise<void> {
    if (this.confirming.busy) return;
    const words = ({
      housing_new,
      units_new,
      residencies_new,
      residencies_changed,
    }: ImportCounts) =>
      t('housing.import_confirm_text', {
        housing: housing_new,
        units: units_new,
        residencies: residencies_new,
        changed: residencies_changed,
      });
    const isMeant = await ask({
      title: () => t('housing.import_confirm_title'),
      text: () => words(shown.counts),
      yes: () => t('housing.import_confirm'),
    });
    if (!isMeant) return;
    const path = `/api/housing/imports/${encodeURIComponent(shown.id)}/confirmation`;
    const body = confirmBody(shown, this.acceptRefused);
    const isDone = await this.confirming.run((signal) =>
      send<ImportDone>('POST', path, body, { signal }),
    );
    if (!isDone) return;
    say(() => t('housing.imported'));
    this.preview.reset();
    changed();
    void recount();
    await this.updateComplete;
    this.querySelector<HTMLElement>('#import-title')?.focus();
  }

  private async discard({ id }: RegisterImport): Promise<void> {
    this.preview.reset();
    this.confirming.reset();
    // One that is gone already is what was wanted.
    await send('DELETE', `/api/housing/imports/${encodeURIComponent(id)}`).catch(() => undefined);
  }
}

customElements.define('register-import', RegisterImportElement);
