/** The texts of one's own introduction, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'mine.title': 'Introducing you to the council’s chair',
  'mine.lead':
    'You can be made known to the chair of {council}. Whether, and with what, is for you to decide. Nothing depends on it.',
  'mine.how_1': 'You choose what is shared. What you do not choose is not given to the chair.',
  'mine.how_2':
    'The registrar of disaster housing gives it to the chair on paper, or by a link that opens once. Each time is noted below.',
  'mine.how_3':
    'You can withdraw whenever you like. What was given cannot be taken back, but no more is given. It ends by itself when another council is decided, and when you move out.',
  'mine.failed': 'Your introduction could not be loaded.',
  'mine.begin': 'Choose what is shared',
  'mine.change': 'Change it',
  'mine.cancel': 'Cancel',
  'mine.consented': 'You have consented (since {time})',
  'mine.consented_text': 'This is what the chair is given. It is given to {council} alone.',
  'mine.withdraw': 'Withdraw',
  'mine.withdraw_title': 'Withdraw your introduction?',
  'mine.withdraw_text':
    'No more is given from now on, and you are taken out of links that were not opened yet. What was given on paper or opened cannot be taken back: tell the registrar if you want it thrown away.',
  'mine.withdrawn': 'You have withdrawn.',
  'mine.withdraw_failed': 'It could not be withdrawn.',
  'mine.choose': 'What is shared',
  'mine.choose_help':
    'Only what you choose is given. You can change the texts; building and unit are as they are registered.',
  'mine.text_of': '{field}: text',
  'mine.help.phone': 'Such as 03-0000-0000',
  'mine.help.contact': 'Such as: by phone on weekdays from 18:00 to 20:00, otherwise by mail',
  'mine.help.languages': 'Such as: Japanese, English',
  'mine.help.skills': 'Such as: first-aid course, helping with wheelchairs',
  'mine.help.message': 'Up to 500 characters. Please write nothing about others.',
  'mine.preview': 'What the chair is given',
  'mine.preview_none': 'Choose something, and you see here what is given.',
  'mine.agree': 'I consent that this is given to the chair of {council}',
  'mine.agree_missing': 'Please tick this if you consent.',
  'mine.nothing': 'Please choose something to share.',
  'mine.no_phone': 'Please give a telephone number in digits, such as 03-0000-0000.',
  'mine.no_email': 'Please give a mail address, such as name@example.jp.',
  'mine.consent': 'Consent',
  'mine.saved': 'We have your consent.',
  'mine.reload': 'Load what is registered now',
  'mine.given': 'What was given to whom',
  'mine.given_none': 'Nothing was given to anybody yet.',
  'mine.given_to': '{council}, {recipient}',
  'mine.given_fields': 'What was given: {fields}',
  'mine.given_nothing': 'Nothing was given.',
  'mine.given_waiting':
    'The link can be opened until {time}. If you withdraw before it is, nothing is given.',
};
