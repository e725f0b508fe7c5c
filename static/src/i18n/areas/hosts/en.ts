/** The texts of the page that hosts see in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'hosts.title': 'A town walk: may we come by?',
  'hosts.thanks_title': 'Thank you for the town walk',
  'hosts.no_link': 'The link seems to be cut off. Please open the whole link that you were sent.',
  'hosts.gone':
    'This link does not work: it is too old, or a newer one was sent. Please ask whoever sent it.',
  'hosts.failed': 'It could not be loaded.',
  'hosts.dear': 'To {host}',
  'hosts.asks': '{department} asks for your help with a town walk of its staff.',
  'hosts.headcount': 'How many come',
  'hosts.headcount_value': '{count} so far',
  'hosts.duration': 'How long it takes',
  'hosts.duration_value': 'about {count} minutes',
  'hosts.answer': 'Your answer',
  'hosts.answer_text': 'You can change it until the walk starts. You need no account.',
  'hosts.yes': 'We will be there',
  'hosts.no': 'Not this time',
  'hosts.message': 'A word (optional)',
  'hosts.message_help':
    'Up to 500 characters, such as where to come or what is prepared. No names or telephone numbers of people.',
  'hosts.choose': 'Please choose one of the two.',
  'hosts.send': 'Send the answer',
  'hosts.change': 'Change the answer',
  'hosts.sent': 'We have your answer. Thank you.',
  'hosts.answered_yes': 'You answered: we will be there.',
  'hosts.answered_no': 'You answered: not this time.',
  'hosts.closed': 'Answers are not taken any more.',
  'hosts.cancelled': 'This town walk is cancelled.',
  'hosts.report': 'Thanks and report',
};
