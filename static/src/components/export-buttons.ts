import { html, nothing, type TemplateResult } from 'lit';
import { download } from '../api/client';
import { t } from '../i18n/areas/exports';
import { Task } from '../state/task';
import { failure } from './failure';
import { icon } from './icon';
import { LightElement } from './light-element';
import { say } from './messages';
import { save } from './save';

const FORMATS = [
  ['xlsx', 'exports.excel'],
  ['csv', 'exports.csv'],
  ['csv_cp932', 'exports.csv_cp932'],
] as const;
type Format = (typeof FORMATS)[number][0];

/**
 * `<export-buttons>`: a list as Excel or CSV, to be saved. `path` is the address of the list; its exports are below it,
 * with the same query.
 */
export class ExportButtons extends LightElement {
  static override properties = {
    path: { attribute: false },
    recorded: { type: Boolean },
    name: { attribute: false },
  };
  declare path: string;
  /** Whether names are in it. */
  declare recorded: boolean;
  /** What is exported, for a screen reader. */
  declare name: string;
  private readonly exporting = new Task(this);
  private format: Format = 'xlsx';

  protected override render(): TemplateResult {
    const label = t(this.recorded ? 'exports.label_recorded' : 'exports.label');
    return html`<div class="export-buttons" role="group" aria-label="${this.name}: ${label}">
        <span class="export-label" aria-hidden="true">${icon('download')}${label}</span>
        <span class="button-row">
          ${FORMATS.map(
            ([format, words]) =>
              html`<button
                type="button"
                class="button button-small"
                data-format=${format}
                ?disabled=${this.exporting.busy}
                @click=${() => {
                  this.format = format;
                  void this.export();
                }}
              >
                ${t(words)}
              </button>`,
          )}
        </span>
        ${this.recorded ? html`<p class="section-text">${t('exports.help')}</p>` : nothing}
      </div>
      ${
        this.exporting.error
          ? failure(t('exports.failed'), this.exporting.error, () => void this.export())
          : nothing
      }`;
  }

  private async export(): Promise<void> {
    if (this.exporting.busy) return;
    const [path = '', query] = this.path.split('?');
    const address = `${path}/export/${this.format}${query ? `?${query}` : ''}`;
    await this.exporting.run(async (signal) => {
      const file = await download(address, { signal });
      if (signal.aborted) return;
      save(file);
      say(() => t('exports.saved', { name: file.name }));
    });
  }
}

customElements.define('export-buttons', ExportButtons);
