/** The texts of what is unsent on this device in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'outbox.unsent_title': 'Unsent records',
  'outbox.unsent_none': 'Everything has been sent.',
  'outbox.unsent': '{count} unsent',
  'outbox.unsent_more': 'Details',
  'outbox.why_offline': 'No network. They go when it is back.',
  'outbox.why_signed_out': 'You are signed out, so they cannot go.',
  'outbox.why_other': 'They are somebody else’s and go when that person signs in.',
  'outbox.why_waiting': 'They are tried again soon.',
  'outbox.why_sending': 'Sending…',
  'outbox.others': '{count} of them are somebody else’s.',
  'outbox.failed_items': '{count} were not taken.',
  'outbox.not_taken': 'It was not taken.',
  'outbox.send_now': 'Send now',
  'outbox.export': 'Save as a file',
  'outbox.export_why':
    'If the device cannot send them, give the file to a trainer. They stay on the device as well.',
  'outbox.export_without': 'Answers to questions before and after a training are not in the file.',
  'outbox.export_without_answer':
    'Answers to an activation are not in the file. If they do not arrive, tell them by phone.',
  'outbox.exported': 'Saved as a file.',
  'outbox.retry': 'Send again',
  'outbox.dismiss': 'Discard',
  'outbox.dismiss_title': 'Discard this record?',
  'outbox.dismiss_ask': 'It is deleted from this device, with its photo. This cannot be undone.',
  'outbox.kind_answer': 'Answer to an activation',
  'outbox.kind_sheet': 'Answers to questions',
  'outbox.kind_visit': 'Visit',
  'outbox.kind_addition': 'Addition to a visit',
  'outbox.kind_observation': 'What you noticed',
  'outbox.kind_photo': 'Photo',
  'outbox.kind_check_in': 'Being at an outing',
  'outbox.kind_mark': 'Mark of a roll-call',
  'outbox.kind_gathering_check_in': 'Presence at a gathering',
  'outbox.kind_gathering_mark': 'A mark of a gathering’s roll-call',
};
