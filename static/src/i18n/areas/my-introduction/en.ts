/** The texts of one's own introduction, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'my_introduction.title': 'Introducing you to the council’s chair',
  'my_introduction.lead':
    'You can be made known to the chair of {council}. Whether, and with what, is for you to decide. Nothing depends on it.',
  'my_introduction.how_1':
    'You choose what is shared. What you do not choose is not given to the chair.',
  'my_introduction.how_2':
    'The registrar of disaster housing gives it to the chair on paper, or by a link that opens once. Each time is noted below.',
  'my_introduction.how_3':
    'You can withdraw whenever you like. What was given cannot be taken back, but no more is given. It ends by itself when another council is decided, and when you move out.',
  'my_introduction.failed': 'Your introduction could not be loaded.',
  'my_introduction.begin': 'Choose what is shared',
  'my_introduction.change': 'Change it',
  'my_introduction.cancel': 'Cancel',
  'my_introduction.consented': 'You have consented (since {time})',
  'my_introduction.consented_text':
    'This is what the chair is given. It is given to {council} alone.',
  'my_introduction.withdraw': 'Withdraw',
  'my_introduction.withdraw_title': 'Withdraw your introduction?',
  'my_introduction.withdraw_text':
    'No more is given from now on, and you are taken out of links that were not opened yet. What was given on paper or opened cannot be taken back: tell the registrar if you want it thrown away.',
  'my_introduction.withdrawn': 'You have withdrawn.',
  'my_introduction.withdraw_failed': 'It could not be withdrawn.',
  'my_introduction.choose': 'What is shared',
  'my_introduction.choose_help':
    'Only what you choose is given. You can change the texts; building and unit are as they are registered.',
  'my_introduction.text_of': '{field}: text',
  'my_introduction.help.phone': 'Such as 03-0000-0000',
  'my_introduction.help.contact':
    'Such as: by phone on weekdays from 18:00 to 20:00, otherwise by mail',
  'my_introduction.help.languages': 'Such as: Japanese, English',
  'my_introduction.help.skills': 'Such as: first-aid course, helping with wheelchairs',
  'my_introduction.help.message': 'Up to 500 characters. Please write nothing about others.',
  'my_introduction.preview': 'What the chair is given',
  'my_introduction.preview_none': 'Choose something, and you see here what is given.',
  'my_introduction.agree': 'I consent that this is given to the chair of {council}',
  'my_introduction.agree_missing': 'Please tick this if you consent.',
  'my_introduction.nothing': 'Please choose something to share.',
  'my_introduction.no_phone': 'Please give a telephone number in digits, such as 03-0000-0000.',
  'my_introduction.no_email': 'Please give a mail address, such as name@example.jp.',
  'my_introduction.consent': 'Consent',
  'my_introduction.saved': 'We have your consent.',
  'my_introduction.reload': 'Load what is registered now',
  'my_introduction.given': 'What was given to whom',
  'my_introduction.given_none': 'Nothing was given to anybody yet.',
  'my_introduction.given_to': '{council}, {recipient}',
  'my_introduction.given_fields': 'What was given: {fields}',
  'my_introduction.given_nothing': 'Nothing was given.',
  'my_introduction.given_waiting':
    'The link can be opened until {time}. If you withdraw before it is, nothing is given.',
};
