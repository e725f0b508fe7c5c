/** The camera in a dialog, until it sees a code. */
import { html, render } from 'lit';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/walk';
import { scan } from '../model/scan';

/** Asks for a code; null when nobody shows one. */
export async function scanCode(): Promise<string | null> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog scan-dialog';
  dialog.setAttribute('aria-label', t('walk.scan'));
  render(
    html`<form method="dialog" class="dialog-form">
      <p>${t('walk.scan_how')}</p>
      <video class="scan-video" muted playsinline></video>
      <button type="submit" class="button button-wide walk-big">${t('dialog.no')}</button>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  const abort = new AbortController();
  dialog.addEventListener('close', () => {
    abort.abort();
    dialog.remove();
  });
  dialog.showModal();
  const video = dialog.querySelector('video');
  try {
    return video ? await scan(video, abort.signal) : null;
  } catch {
    if (!abort.signal.aborted) say(() => t('walk.no_camera'), 'error');
    return null;
  } finally {
    dialog.close();
  }
}
