/** English: the texts of the activation page. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'activate.title': 'Start using your account',
  'activate.lead': 'Set a password; you are then signed in.',
  'activate.checking': 'Checking the link…',
  'activate.no_link':
    'Please open this page with the link or QR code that the administrators gave you.',
  'activate.check_failed': 'The link could not be checked.',
  'activate.unusable':
    'This link was used already, or is too old. Please ask the administrators for a new one.',
  'activate.to_sign_in': 'Go to sign-in',
  'activate.login': 'Staff number',
  'activate.until': 'The link works until',
  'activate.not_you': 'If this is not your number, do not go on, and tell the administrators.',
  'activate.submit': 'Set the password and start',
};
