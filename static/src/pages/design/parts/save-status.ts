import { html, nothing, type TemplateResult } from 'lit';
import { failureText } from '../../../components/failure';
import { icon, type IconName } from '../../../components/icon';
import { t } from '../../../i18n/areas/design';
import { signInUrl } from '../../../shell/return-to';
import type { SaveState } from '../model/autosave';
import type { EditorState } from '../model/editor';
import { EditorElement } from './editor-element';

const ICONS: Record<SaveState['kind'], IconName> = {
  saved: 'check',
  saving: 'refresh',
  offline: 'warning',
  waiting: 'warning',
  signed_out: 'warning',
  refused: 'warning',
  contradicted: 'warning',
};

/** `<save-status>`: says at every moment what is saved, and where. */
export class SaveStatus extends EditorElement {
  protected override reads({ save, document }: Readonly<EditorState>): readonly unknown[] {
    return [save, document];
  }

  protected override render(): TemplateResult {
    const { save } = this.state;
    return html`<span class="save-status save-${save.kind}" role="status">
      ${icon(ICONS[save.kind])}<span>${this.words(save)}</span>
      ${
        save.kind === 'signed_out'
          ? html`<a class="button button-small" href=${signInUrl()}>${t('session.sign_in')}</a>`
          : nothing
      }
    </span>`;
  }

  private words({ kind, savedAt, isKept, error }: SaveState): string {
    switch (kind) {
      case 'saved':
        return t('save.saved', {
          time: clock(savedAt ?? Date.parse(this.state.document.updated_at)),
        });
      case 'saving':
        return t('save.saving');
      case 'offline':
        return t(isKept ? 'save.offline' : 'save.not_kept');
      case 'waiting':
        return t(isKept ? 'save.waiting' : 'save.not_kept');
      case 'signed_out':
        return t(isKept ? 'save.signed_out' : 'save.not_kept');
      case 'contradicted':
        return t('save.contradicted');
      case 'refused':
        return t('save.refused', { why: error ? refusal(error) : '' });
    }
  }
}

/** The service names the fields: that says more than that something is wrong. */
const refusal = (error: NonNullable<SaveState['error']>): string =>
  Object.values(error.fields)[0] ?? failureText(error);

const clock = (at: number): string =>
  Number.isNaN(at)
    ? ''
    : new Intl.DateTimeFormat('ja-JP', {
        hour: '2-digit',
        minute: '2-digit',
        timeZone: 'Asia/Tokyo',
      }).format(at);

customElements.define('save-status', SaveStatus);
