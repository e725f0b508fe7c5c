import { html, nothing, type TemplateResult } from 'lit';
import { areaField, fileField, textField } from '../../../components/form';
import { icon } from '../../../components/icon';
import { say } from '../../../components/messages';
import { type Key, t } from '../../../i18n/areas/walk';
import { type Asked, type Offered, offers } from '../model/asked';
import type { Given } from '../model/check-in';
import { shrink } from '../model/photo';
import { canScan } from '../model/scan';
import { scanCode } from './scan-dialog';

/** How kinds of evidence are called. */
export const ASKED_WORDS: Record<Asked, Key> = {
  self: 'walk.asked_self',
  gps: 'walk.asked_gps',
  qr: 'walk.asked_qr',
  trainer: 'walk.asked_trainer',
  photo: 'walk.asked_photo',
  answer: 'walk.asked_answer',
};

/** What the form works on. */
export interface EvidenceForm {
  /** Begins the fields' names, unique on the page. */
  name: string;
  asked: readonly Asked[];
  given: Given;
  /** Changes some of it; the rest may have changed meanwhile. */
  change: (patch: Partial<Given>) => void;
}

/** What a walker can show besides the position: what the stop asks for first, then a note. */
export const evidenceForm = (form: EvidenceForm): TemplateResult =>
  html`<div class="walk-evidence">
    ${offers(form.asked).map(({ kind, asked }) => html`<div>${field(form, kind, asked)}</div>`)}
    ${areaField({
      name: `${form.name}-note`,
      label: t('walk.note'),
      value: form.given.note,
      maxLength: 1000,
      rows: 2,
      onInput: (note) => {
        form.change({ note });
      },
    })}
  </div>`;

function field(form: EvidenceForm, kind: Offered, asked: boolean): TemplateResult {
  const help = asked ? t('walk.asked_here') : undefined;
  const text = (name: 'code' | 'trainer' | 'answer', label: string): TemplateResult =>
    textField({
      name: `${form.name}-${name}`,
      label,
      help,
      value: form.given[name],
      maxLength: name === 'answer' ? 500 : 200,
      onInput: (value) => {
        form.change({ [name]: value });
      },
    });
  switch (kind) {
    case 'qr':
      return html`${text('code', t('walk.qr'))} ${canScan() ? scanButton(form) : nothing}`;
    case 'trainer':
      return text('trainer', t('walk.trainer'));
    case 'answer':
      return text('answer', t('walk.answer'));
    case 'photo':
      return photoField(form, help);
  }
}

const photoField = (form: EvidenceForm, help: string | undefined): TemplateResult =>
  html`${fileField({
    name: `${form.name}-photo`,
    label: t('walk.photo'),
    help,
    accept: 'image/*',
    onFile: (file) => void takePhoto(form, file),
  })}
  ${
    form.given.photo
      ? html`<p class="walk-kept" role="status">
          ${icon('check')}${t('walk.photo_there', { size: Math.ceil(form.given.photo.byteLength / 1024) })}
        </p>`
      : nothing
  }`;

/** A button that reads a code with the camera. Under the thumb it has room for two letters. */
export const scanButton = (
  { change }: Pick<EvidenceForm, 'change'>,
  isSmall = false,
): TemplateResult =>
  html`<button
    type="button"
    class="button walk-big walk-scan"
    aria-label=${t('walk.scan')}
    @click=${() => {
      void scanCode().then((code) => {
        if (code) change({ code });
      });
    }}
  >
    ${icon('fit')}${isSmall ? 'QR' : t('walk.scan')}
  </button>`;

async function takePhoto({ change }: EvidenceForm, file: File | null): Promise<void> {
  try {
    change({ photo: file ? await shrink(file) : null });
  } catch {
    say(() => t('walk.photo_unreadable'), 'error');
  }
}
