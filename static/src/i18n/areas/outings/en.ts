/** The texts of the page of guided outings in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'outings.title': 'Outings',
  'outings.lead':
    'Walks with a trainer: sign up, wait for a place, and show on the day that you are there.',
  'outings.view': 'Which outings',
  'outings.view_coming': 'To come',
  'outings.view_joined': 'Mine',
  'outings.view_past': 'Past',
  'outings.route_all': 'All routes',
  'outings.only_free': 'With free places only',
  'outings.failed': 'The outings could not be loaded.',
  'outings.none_coming': 'No outing is planned. Those that are will be listed here.',
  'outings.none_joined': 'You have not signed up for any. Choose one under “To come”.',
  'outings.none_past': 'There has been none yet.',
  'outings.none_filtered': 'None fits. Please choose less narrowly.',
  'outings.join': 'Taking part',
  'outings.sign_up': 'Sign up',
  'outings.sign_up_waiting': 'Join the waiting list',
  'outings.full_text':
    'It is full. Those on the waiting list get free places in turn, and are told.',
  'outings.signed_up': 'You have a place.',
  'outings.signed_up_waiting': 'You are number {place} on the waiting list.',
  'outings.confirmed_text': 'You have a place. Please come to the meeting point on the day.',
  'outings.waiting_text':
    'You are number {place} on the waiting list, and will be told when you get a place.',
  'outings.nominated_text':
    'Your department put you forward. A trainer decides, and you will be told.',
  'outings.refused_text':
    'You were not given a place this time. Please ask the trainers if you have questions.',
  'outings.closed_text': 'Signing up is over.',
  'outings.withdraw': 'Withdraw',
  'outings.withdraw_title': 'Withdraw?',
  'outings.withdraw_ask':
    'Your place goes to whoever waits. If you sign up again you may be last on the waiting list.',
  'outings.withdrawn': 'You have withdrawn.',
  'outings.to_lead': 'Open the page for leading it',
  'outings.check_in': 'Being there',
  'outings.check_in_text':
    'Type the six digits on the trainer’s screen. It works without a network, and is sent later.',
  'outings.check_in_hours': 'You can do this from {from} to {until}.',
  'outings.check_in_place': 'This is for those who have a place.',
  'outings.code': 'Code (six digits)',
  'outings.code_wrong': 'Please type six digits.',
  'outings.check_in_go': 'I am here',
  'outings.check_in_kept': 'Kept on this device. It goes when there is a network.',
  'outings.check_in_done': 'It has arrived. Every stop will be in your record.',
  'outings.check_in_again': 'It was not taken. Please type the code again.',
  'outings.cannot_keep':
    'This device cannot keep records. Please leave the private window, or make room.',
  'outings.to_record': 'See my record',
  'outings.offline_text':
    'These are the outings on this device, as of {time}. Signing up and withdrawing need a network.',
  'outings.offline_none':
    'There are no outings on this device. Please open the page again with a network.',
  'outings.calendar': 'In your calendar',
  'outings.calendar_text':
    'Your calendar can show the outings that you joined or lead, and the deadlines of your training. Make an address of your own and add it there, as a subscription or “from URL”.',
  'outings.calendar_make': 'Make an address',
  'outings.calendar_make_new': 'Make a new address',
  'outings.calendar_made': 'Address of your calendar',
  'outings.calendar_once':
    'It is shown only now. Whoever knows it can read when you walk: do not show it to others.',
  'outings.calendar_since': 'An address made on {day} is in use.',
  'outings.calendar_replace_title': 'Make a new address?',
  'outings.calendar_replace_ask':
    'The one before will not work any more. Please add the new one to your calendar.',
  'outings.calendar_remove': 'Take the address away',
  'outings.calendar_remove_title': 'Take the address away?',
  'outings.calendar_remove_ask':
    'Your calendar will get no more news. You can make an address again.',
  'outings.calendar_removed': 'The address is gone.',
  'outings.calendar_failed': 'It could not be loaded whether there is an address.',
  'outings.nominate': 'Put people forward',
  'outings.nominate_text':
    'You can put forward people of your department and below. A trainer decides. They are listed in your order.',
  'outings.nominate_q': 'Staff number, name or reading',
  'outings.nominate_search': 'Search',
  'outings.nominate_failed': 'The staff could not be loaded.',
  'outings.nominate_none': 'Nobody was found. Please try with fewer letters.',
  'outings.nominate_found': 'Whom to put forward',
  'outings.nominate_all': 'Choose all that are shown',
  'outings.nominate_go': 'Put {count} forward',
  'outings.nominate_nobody': 'Please choose somebody.',
  'outings.nominate_title': 'Put {count} {count|person|people} forward?',
  'outings.nominate_ask': 'They will be told: {names}',
  'outings.nominate_yes': 'Put forward',
  'outings.nominate_done': '{count} {count|person was|people were} put forward.',
  'outings.nominate_known': '{count} had signed up or been put forward before: that stays.',
  'outings.nominated_list': 'Put forward by you',
  'outings.nominated_none': 'Nobody yet.',
  'outings.nominated_failed': 'Whom you put forward could not be loaded.',
};
