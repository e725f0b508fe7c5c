/** English: the texts of activations that every page has. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'activation.drill': 'DRILL',
  'activation.real': 'REAL',
  'activation.marked': '[{kind}] {title}',
  'activation.drill_what': 'This is a drill.',
  'activation.real_what': 'This is not a drill.',
  'activation.muster': 'Gather at',
  'activation.muster_none': 'It is not settled yet where you gather. Please wait to be told.',
  'activation.muster_other': '(not where your council meets)',
  'activation.way': 'The way there',
  'activation.map': 'See it on the map',
  'activation.choose': 'How are you now?',
  'activation.none': 'No answer',
  'activation.safe': 'Safe',
  'activation.on_the_way': 'On the way',
  'activation.arrived': 'Arrived',
  'activation.unable': 'Cannot come',
  'activation.not_yet': 'You have not answered yet.',
  'activation.mine': 'Your answer: {answer} ({time})',
  'activation.sent': 'It has arrived. If things change, choose again.',
  'activation.unsent':
    'It is kept on this device and has not arrived yet. It goes when there is a network.',
  'activation.unsent_signed_out': 'It is kept on this device. It goes when you sign in.',
  'activation.failed': 'It was not taken. {reason}',
  'activation.failed_next': 'Choose again, or tell it by phone.',
  'activation.not_kept':
    'It could neither be kept on this device nor sent. Choose again, or tell it by phone.',
  'activation.kept_at': 'As of {time} (there is no network now).',
  'activation.fold': 'Fold',
  'activation.unfold': 'Open',
  'activation.declared': 'Declared {time}',
  'activation.announce': '{kind}: {title}. {what} Gather at: {muster}. How are you now?',
};
