/** English: the texts of where residents gather. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'muster.of': 'Change where {who} gathers',
  'muster.change': 'Where to gather',
  'muster.name': 'Where they gather',
  'muster.help':
    'Empty means where their council meets. While an activation goes on, they see it at once.',
  'muster.placed': 'Say where it lies, too',
  'muster.wrong': 'Give latitude and longitude as numbers.',
  'muster.save': 'Save',
  'muster.saved': 'Where {who} gathers was changed.',
  'muster.council': 'where the council meets',
};
