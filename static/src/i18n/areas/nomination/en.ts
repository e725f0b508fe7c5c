/** The texts of putting people forward for outings from the figures, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'nomination.title': 'Put people forward for an outing',
  'nomination.text':
    'The people ticked above are put forward; the outing’s trainers decide, and they are told. Where people work in shifts, put some forward for each day.',
  'nomination.select': 'Choose {name}',
  'nomination.column': 'Put forward',
  'nomination.all': 'Choose all shown',
  'nomination.none': 'Choose nobody',
  'nomination.outing': 'Outing',
  'nomination.option': '{when} {title} ({free} free)',
  'nomination.no_outing': 'No outing is planned. Please ask the trainers for one.',
  'nomination.failed': 'The outings could not be loaded.',
  'nomination.go': 'Put {count} {count|person|people} forward',
  'nomination.nobody': 'Please tick people in the table above.',
  'nomination.ask': '{when} {title}',
  'nomination.ask_title': 'Put {count} {count|person|people} forward for this outing?',
  'nomination.done': '{count} {count|person|people} put forward.',
  'nomination.known': '{count} had signed up or been put forward already, or cannot be.',
};
