import { t } from '../i18n';
import { say } from './messages';

/** Copies text, and says so; where copying is forbidden the text is shown to be copied by hand. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(() => t('share.copied'));
  } catch {
    say(() => t('share.copy_by_hand', { text }), 'error');
  }
}
