import { html, nothing, type TemplateResult } from 'lit';
import { upload } from '../../../api/upload';
import { fileField, formError } from '../../../components/form';
import { icon } from '../../../components/icon';
import { LightElement } from '../../../components/light-element';
import { t } from '../../../i18n/areas/design';
import { go } from '../../../shell/session';
import { Task } from '../../../state/task';
import { createDesign, type ImportedTrack, importPath, type TrackNote } from '../api';
import { emptyDesign, emptyText, isStop } from '../model/design';
import { keepGuide } from '../model/guide';

/** The formats that are read. */
export const TRACK_FILES = '.gpx,.geojson,.json,.kml,application/gpx+xml,application/geo+json';

const NOTES: Record<TrackNote, Parameters<typeof t>[0]> = {
  simplified: 'import.note_simplified',
  lines_joined: 'import.note_lines_joined',
  stops_at_ends: 'import.note_stops_at_ends',
  far_points_left_out: 'import.note_far_points_left_out',
  too_many_points: 'import.note_too_many_points',
  areas_left_out: 'import.note_areas_left_out',
  leaves_track: 'import.note_leaves_track',
};

/** Reads a file of a track. */
export const readTrack = (file: File): Promise<ImportedTrack> =>
  upload<ImportedTrack>(importPath(file.name), file);

/** `<import-form>`: a draft that is made of a track; the track itself lies under it as a guide. */
export class ImportForm extends LightElement {
  private readonly reading = new Task<ImportedTrack>(this);
  private readonly creating = new Task(this);
  private file: File | null = null;

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const { value: track } = this.reading;
    return html`<div class="form">
      ${fileField({
        name: 'track',
        label: t('import.file'),
        help: t('import.help'),
        accept: TRACK_FILES,
        onFile: (file) => {
          this.file = file;
          if (file) void this.reading.run(() => readTrack(file));
          else this.reading.reset();
        },
      })}
      ${formError(this.reading.error ?? this.creating.error)}
      ${this.reading.busy ? html`<p class="loading" role="status">${t('import.reading')}</p>` : nothing}
      ${track && !this.reading.busy ? this.found(track) : nothing}
    </div>`;
  }

  private found(track: ImportedTrack): TemplateResult {
    const stops = track.waypoints.filter(isStop).length;
    return html`
      <p role="status">${t('import.found', { points: track.track.length, stops })}</p>
      ${
        track.notes.length > 0
          ? html`<ul class="section-text">
              ${track.notes.map((note) => html`<li>${t(NOTES[note])}</li>`)}
            </ul>`
          : nothing
      }
      <div class="button-row">
        <button
          type="button"
          class="button button-primary"
          ?disabled=${this.creating.busy}
          @click=${() => void this.create(track, true)}
        >
          ${t('import.as_draft')}
        </button>
        <button
          type="button"
          class="button"
          ?disabled=${this.creating.busy}
          @click=${() => void this.create(track, false)}
        >
          ${icon('pin')}${t('import.draw_over')}
        </button>
      </div>
    `;
  }

  /** A draft with the track's points, or an empty one under which the track lies. */
  private async create(track: ImportedTrack, withPoints: boolean): Promise<void> {
    const name =
      track.title?.trim() || this.file?.name.replace(/\.\w+$/, '') || t('import.untitled');
    const title = { ...emptyText(), ja: name.slice(0, 100) };
    await this.creating.run(async () => {
      const { document } = await createDesign({
        title,
        ...(withPoints ? { design: { ...emptyDesign(), title, waypoints: track.waypoints } } : {}),
      });
      keepGuide(document.route_id, track.track);
      go(`/design?route=${document.route_id}`);
    });
  }
}

customElements.define('import-form', ImportForm);
