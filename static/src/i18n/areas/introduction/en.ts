/** The texts of the page that chairs of councils open by a link, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'chair.title': 'Introducing residents',
  'chair.no_link': 'The link seems to be cut off. Please open the whole link that you were sent.',
  'chair.missing': 'This link does not work',
  'chair.missing_why':
    'It was changed on the way, a newer one was sent, or everybody on it has withdrawn.',
  'chair.failed': 'It could not be checked.',
  'chair.waiting': 'An introduction sheet for {recipient}',
  'chair.council': 'Council: {council}',
  'chair.once':
    'It opens once. Please open it where you can print, or write down what you need once it is open.',
  'chair.until': 'It can be opened until {time}.',
  'chair.open': 'Open the sheet',
  'chair.opened_now':
    'Once you close this page it does not open again. Please print it now, or write down what you need.',
  'chair.opened': 'This link was opened at {time}',
  'chair.opened_why': 'A link opens once. If it was not you, please tell us at once.',
  'chair.expired': 'This link has expired',
  'chair.expired_why': 'It could be opened for 14 days.',
  'chair.revoked': 'This link was revoked',
  'chair.revoked_why': 'Whoever sent it has revoked it.',
  'chair.another': 'If you need it again, please ask for another link, or for a sheet on paper.',
  'chair.contact': 'Whom to ask: {contact}',
  'chair.contact_none': 'Whom to ask: whoever at the city sent the link',
};
