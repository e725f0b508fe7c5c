import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../../../components/dialog';
import { failure, failureText } from '../../../components/failure';
import { checkField, fileField, formError } from '../../../components/form';
import { icon } from '../../../components/icon';
import { say } from '../../../components/messages';
import { asApiError } from '../../../api/client';
import { language } from '../../../i18n';
import { t } from '../../../i18n/areas/design';
import { go, may } from '../../../shell/session';
import { Watch } from '../../../state/store';
import { Task } from '../../../state/task';
import { discardDraft, type CoverageItem, type ImportedTrack, outputsOf } from '../api';
import { coverageStore, loadCoverage, notVisited, placeName } from '../model/coverage';
import type { EditorState } from '../model/editor';
import { keepGuide } from '../model/guide';
import { metresText } from '../words';
import { EditorElement } from './editor-element';
import { readTrack, TRACK_FILES } from './import-form';

/** So many places of a kind are listed; the map shows all. */
const LISTED = 30;

/** `<tools-panel>`: what helps to design, and what comes out. */
export class ToolsPanel extends EditorElement {
  private readonly reading = new Task<ImportedTrack>(this);

  constructor() {
    super();
    new Watch(this, coverageStore, (state) => [state]);
  }

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    return [state.guide, state.overlay, state.document];
  }

  protected override render(): TemplateResult {
    const { document } = this.state;
    return html`
      ${this.outputs()} ${this.editor.isEditable ? this.guide() : nothing} ${this.coverage()}
      ${
        document.state === 'editing' && document.may.edit && may('write_designs')
          ? this.discarding()
          : nothing
      }
    `;
  }

  private outputs(): TemplateResult {
    const { base_number: base } = this.state.document;
    const links = outputsOf(this.editor.route, language());
    const all = [
      [links.a4, t('output.a4')],
      [links.a3, t('output.a3')],
      [links.posters, t('output.posters')],
      [links.gpx, 'GPX'],
      [links.kml, 'KML'],
      [links.geojson, 'GeoJSON'],
    ] as const;
    return html`<section class="section" aria-labelledby="outputs-title">
      <h2 id="outputs-title" class="section-title">${t('output.title')}</h2>
      ${
        base
          ? html`<p class="section-text">${t('output.text', { number: `v${base}` })}</p>
              <ul class="output-list">
                ${all.map(
                  ([href, label]) =>
                    html`<li>
                      <a class="button button-small" href=${href} download>
                        ${icon('download')}${label}
                      </a>
                    </li>`,
                )}
              </ul>`
          : html`<p class="section-text">${t('output.none')}</p>`
      }
    </section>`;
  }

  private guide(): TemplateResult {
    const { guide } = this.state;
    return html`<section class="section" aria-labelledby="guide-title">
      <h2 id="guide-title" class="section-title">${t('guide.title')}</h2>
      <p class="section-text">${t('guide.text')}</p>
      ${fileField({
        name: 'guide',
        label: t('import.file'),
        accept: TRACK_FILES,
        onFile: (file) => {
          if (file) void this.read(file);
        },
      })}
      ${this.reading.busy ? html`<p class="loading" role="status">${t('import.reading')}</p>` : nothing}
      ${formError(this.reading.error)}
      ${
        guide
          ? html`<div class="button-row">
              <span>${t('guide.shown', { count: guide.length })}</span>
              <button
                type="button"
                class="button button-small"
                @click=${() => {
                  keepGuide(this.editor.route, null);
                  this.editor.store.set({ guide: null });
                }}
              >
                ${t('guide.remove')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  private async read(file: File): Promise<void> {
    const isRead = await this.reading.run(() => readTrack(file));
    const track = this.reading.value?.track;
    if (!isRead || !track) return;
    keepGuide(this.editor.route, track);
    this.editor.store.set({ guide: track });
    say(() => t('guide.done'));
  }

  private coverage(): TemplateResult {
    const { coverage, error } = coverageStore.state;
    const { overlay } = this.state;
    return html`<section class="section" aria-labelledby="coverage-title">
      <h2 id="coverage-title" class="section-title">${t('coverage.title')}</h2>
      <p class="section-text">${t('coverage.text')}</p>
      ${checkField({
        name: 'overlay',
        label: t('coverage.show'),
        checked: overlay,
        onChange: (checked) => {
          this.editor.store.set({ overlay: checked });
          if (checked) void loadCoverage();
        },
      })}
      ${error && overlay ? failure(t('coverage.failed'), error, () => void loadCoverage()) : nothing}
      ${
        overlay && coverage
          ? html`
              ${this.places(t('coverage.localities'), coverage.localities)}
              ${this.places(t('coverage.councils'), coverage.councils)}
              ${this.places(t('coverage.organisations'), coverage.organisations)}
            `
          : nothing
      }
    </section>`;
  }

  private places(title: string, items: readonly CoverageItem[]): TemplateResult {
    const missing = notVisited(items);
    return html`<details class="coverage-kind">
      <summary>
        ${title}
        <span class="badge ${missing.length > 0 ? 'badge-warning' : 'badge-key'}"
          >${t('coverage.count', { missing: missing.length, all: items.length })}</span
        >
      </summary>
      <ul class="coverage-list">
        ${missing.slice(0, LISTED).map(
          (item) =>
            html`<li>
              <span>${placeName(item)}</span>
              ${
                item.nearest_m === null || item.nearest_m === undefined
                  ? nothing
                  : html`<span class="section-text"
                      >${t('coverage.nearest', { metres: metresText(item.nearest_m) })}</span
                    >`
              }
              ${
                this.editor.isEditable
                  ? html`<button
                      type="button"
                      class="button button-small"
                      @click=${() => {
                        this.add(item);
                      }}
                    >
                      ${t('coverage.add')}<span class="visually-hidden"> ${placeName(item)}</span>
                    </button>`
                  : nothing
              }
            </li>`,
        )}
      </ul>
    </details>`;
  }

  private add(item: CoverageItem): void {
    const { location, name, name_en: english, id } = item;
    const picked = { location, name, nameEn: english ?? '', place: id };
    const isAdded = this.editor.addPlace(picked);
    say(
      () => t(isAdded ? 'add.added' : 'add.full', { name: placeName(item) }),
      isAdded ? 'plain' : 'error',
    );
  }

  private discarding(): TemplateResult {
    return html`<section class="section" aria-labelledby="discard-title">
      <h2 id="discard-title" class="section-title">${t('discard.title')}</h2>
      <p class="section-text">
        ${t(this.state.document.base_number ? 'discard.text' : 'discard.text_new')}
      </p>
      <button
        type="button"
        class="button button-small button-remove"
        @click=${() => void this.discard()}
      >
        ${icon('trash')}${t('discard.go')}
      </button>
    </section>`;
  }

  private async discard(): Promise<void> {
    const isMeant = await ask({
      title: () => t('discard.sure'),
      text: () => t('discard.sure_text'),
      yes: () => t('discard.go'),
      danger: true,
    });
    if (!isMeant) return;
    try {
      await discardDraft(this.editor.route, this.editor.etag);
      this.editor.forget();
      go('/design');
    } catch (thrown) {
      const error = asApiError(thrown);
      say(() => failureText(error), 'error');
    }
  }
}

customElements.define('tools-panel', ToolsPanel);
