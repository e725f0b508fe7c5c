import { html, nothing, type TemplateResult } from 'lit';
import { upload } from '../../../api/upload';
import { fileField, formError, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import { Task } from '../../../state/task';
import { type Photo, photosPath, photoUrl, type Stop } from '../api';
import { emptyText } from '../model/design';
import type { EditorState } from '../model/editor';
import { ownText } from '../words';
import { Watch } from '../../../state/store';
import { EditorElement } from './editor-element';
import { textInput, writingStore } from './text-tabs';

/** `<photo-field>`: the photo of a stop, with who took it and what it shows. */
export class PhotoField extends EditorElement {
  static override properties = {
    editor: { attribute: false },
    stop: { attribute: false },
    sent: { state: true },
  };

  declare stop: Stop;
  /** Which part of the file has been sent. */
  declare private sent: number;
  private readonly sending = new Task<{ photo_id: string }>(this);

  constructor() {
    super();
    this.sent = 0;
    new Watch(this, writingStore, ({ language }) => [language]);
  }

  protected override reads({ history }: Readonly<EditorState>): readonly unknown[] {
    return [history];
  }

  protected override render(): TemplateResult {
    const { photo } = this.stop;
    return html`<fieldset class="form-group">
      <legend>${t('field.photo')}</legend>
      ${photo ? this.shown(photo) : nothing}
      ${fileField({
        name: 'photo',
        label: t(photo ? 'photo.other' : 'photo.choose'),
        help: t('photo.help'),
        accept: 'image/jpeg,image/png,image/webp',
        onFile: (file) => {
          if (file) void this.send(file);
        },
      })}
      ${
        this.sending.busy
          ? html`<progress
              class="progress"
              max="1"
              .value=${this.sent}
              aria-label=${t('photo.sending')}
            ></progress>`
          : nothing
      }
      ${formError(this.sending.error)}
    </fieldset>`;
  }

  private shown(photo: Photo): TemplateResult {
    return html`
      <img class="stop-photo" src=${photoUrl(photo.photo_id)} alt=${ownText(photo.alt)} />
      ${textField({
        name: 'photo-credit',
        label: t('photo.credit'),
        help: t('photo.credit_help'),
        required: true,
        maxLength: 100,
        value: photo.credit,
        onInput: (credit) => {
          this.change({ ...photo, credit }, 'credit');
        },
      })}
      ${textInput({
        name: 'photo-alt',
        label: t('photo.alt'),
        help: t('photo.alt_help'),
        text: photo.alt,
        maxLength: 300,
        rows: 2,
        promised: this.editor.design.languages,
        onInput: (alt) => {
          this.change({ ...photo, alt }, 'alt');
        },
      })}
      <button
        type="button"
        class="button button-small"
        @click=${() => {
          this.change(null, 'remove');
          this.editor.seal();
        }}
      >
        ${icon('trash')}${t('photo.remove')}
      </button>
    `;
  }

  private change(photo: Photo | null, field: string): void {
    const { stop_id: stopId } = this.stop;
    this.editor.perform({ do: 'stop', stopId, patch: { photo } }, `${stopId} photo ${field}`);
  }

  private async send(file: File): Promise<void> {
    this.sent = 0;
    const { stop } = this;
    const isSent = await this.sending.run((signal) =>
      upload<{ photo_id: string }>(photosPath(this.editor.route), file, {
        signal,
        type: file.type,
        onProgress: (part) => {
          this.sent = part;
        },
      }),
    );
    const id = this.sending.value?.photo_id;
    if (!isSent || !id) return;
    const known = stop.photo ?? { credit: '', alt: emptyText() };
    this.editor.perform({
      do: 'stop',
      stopId: stop.stop_id,
      patch: { photo: { ...known, photo_id: id } },
    });
  }
}

customElements.define('photo-field', PhotoField);
