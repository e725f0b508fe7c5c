/** The texts of the page on which a registrar introduces residents, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'giving.title': 'Introducing residents to councils',
  'giving.lead':
    'Introduces those who consent, with what they consent to, to the chair of their own council. What was given to whom is kept, and they see it.',
  'giving.failed': 'The introductions could not be loaded.',
  'giving.make': 'Make a sheet',
  'giving.council': 'Council',
  'giving.choose_council': 'Please choose a council',
  'giving.council_option': '{council} ({count} consent, {homes} homes)',
  'giving.none':
    'No home that is lived in has a council yet. Decide it in the housing register, and it is here.',
  'giving.nobody':
    'Nobody has consented to be introduced to {council} yet. Residents can on their page “My council”.',
  'giving.people': 'Who is introduced',
  'giving.all': 'Everybody',
  'giving.shares': 'Shares: {fields}',
  'giving.last': 'Last introduced: {time}',
  'giving.never': 'Not introduced yet',
  'giving.choose_people': 'Please choose who is introduced.',
  'giving.recipient': 'For whom',
  'giving.recipient_help':
    'Such as: the chair, by name. It stands on the sheet and in the residents’ record.',
  'giving.how': 'How it is given',
  'giving.how_printed': 'Printed',
  'giving.how_printed_text': 'It counts as given when the sheet is made.',
  'giving.how_link': 'By a link that opens once',
  'giving.how_link_text':
    'It opens once within 14 days, and shows what is consented to at that moment. It counts as given when it is opened.',
  'giving.make_printed': 'Make the sheet to print',
  'giving.make_link': 'Make the link',
  'giving.made_printed': 'The sheet is ready: please print it',
  'giving.made_link': 'The link is ready: please send it to them alone',
  'giving.link_once':
    'The link is shown this once. It opens once, until {time}. Send it to a mail address that you know is theirs, or let them scan the code.',
  'giving.qr': 'QR code of the link to the introduction sheet',
  'giving.copy': 'Copy the link',
  'giving.another': 'Make another sheet',
  'giving.sheets': 'Sheets that were made',
  'giving.sheets_none': 'No sheet was made yet.',
  'giving.made_at': 'Made',
  'giving.to': 'For whom',
  'giving.state': 'How it stands',
  'giving.who': 'Who is on it',
  'giving.unknown': '(not on the roster)',
  'giving.withdrawn': 'Withdrawn',
  'giving.withdrawn_help':
    'Somebody withdrew after it was given. Please ask whoever has it to throw their part away.',
  'giving.until': 'until {time}',
  'giving.revoke': 'Revoke',
  'giving.revoke_title': 'Revoke the link?',
  'giving.revoke_text': 'The link for {recipient} does not open any more. This cannot be undone.',
  'giving.revoked': 'The link was revoked.',
  'giving.revoke_failed': 'The link could not be revoked.',
  'giving.register': 'To the housing register',
};
