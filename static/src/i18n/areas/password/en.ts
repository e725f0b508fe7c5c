/** English: the texts of setting a password. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'password.new': 'New password',
  'password.again': 'New password, once more',
  'password.rules':
    'At least 12 characters; a short sentence is easy to remember. Without the staff number, and not the same few characters over and over.',
  'password.too_short': '{count} more {count|character is|characters are} needed.',
  'password.different': 'The two are not the same. Please enter the same password twice.',
};
