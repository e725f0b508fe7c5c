/** The words of introductions to councils, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'introduction.field.name': 'Name',
  'introduction.field.reading': 'Reading',
  'introduction.field.housing': 'Building',
  'introduction.field.unit': 'Unit',
  'introduction.field.phone': 'Telephone',
  'introduction.field.email': 'Mail',
  'introduction.field.contact': 'How and when to contact',
  'introduction.field.languages': 'Languages',
  'introduction.field.skills': 'Licences and skills',
  'introduction.field.message': 'Message',
  'introduction.sheet': 'Introduction sheet',
  'introduction.sheet_for': 'To {recipient}',
  'introduction.sheet_lead':
    'This introduces members of the city’s staff who live in disaster housing, with no more than they have consented to.',
  'introduction.no_name': 'Name not shared',
  'introduction.sheet_use':
    'Please use it for the council’s work alone, give it to nobody else, and shred it when you need it no more.',
  'introduction.sheet_made': 'Made {time}',
  'introduction.people': '{count} people',
  'introduction.print': 'Print',
  'introduction.state.printed': 'Given on paper',
  'introduction.state.waiting': 'The link was not opened yet',
  'introduction.state.opened': 'The link was opened',
  'introduction.state.expired': 'Nobody opened the link in time',
  'introduction.state.revoked': 'Revoked before it was opened',
};
