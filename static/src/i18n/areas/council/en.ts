/** The texts of one's own council, in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'council.title': 'My council',
  'council.lead':
    'A local disaster-prevention council is made of neighbours who help each other in a disaster. Staff who live in disaster housing help the council that they are assigned to.',
  'council.failed': 'Your council could not be loaded.',

  // How it stands.
  'council.no_home': 'This page is for staff who live in disaster housing',
  'council.no_home_text': 'The register of disaster housing has no home of yours.',
  'council.no_home_ask':
    'If you live in disaster housing and see this, or have just moved in, please ask those in charge of disaster housing.',
  'council.support': 'If you do not know whom to ask: {contact}',
  'council.registrar': 'The registrar of disaster housing',
  'council.registrar_text':
    'Ask here about your home and your council, or when something is registered wrongly.',
  'council.waiting': 'Your council has not been decided yet',
  'council.waiting_text':
    'Those in charge of disaster housing decide by where you live. Once they have, this page shows the council’s name and where to meet.',
  'council.waiting_ask':
    'If it is urgent or takes long, please ask those in charge of disaster housing. If a disaster happens before that, follow the ward’s instructions.',

  // Without a network, and what is kept.
  'council.offline_none':
    'There is no network, so this cannot be shown. Nothing is saved on this device either.',
  'council.offline_next':
    'Next time you open this page with a network, turn on “Save on this device” to see it without one.',
  'council.saved_at': 'This is what was saved at {time}.',
  'council.signed_out': 'You are no longer signed in. Sign in to see what is new.',
  'council.keep_title': 'For when there is no network',
  'council.keep': 'Save on this device',
  'council.keep_what':
    'What is saved: all that this page says (name and address of your home, council, meeting place, way, contact) and the shapes of the map. It is encrypted, stays in this browser, and is shown to this account only.',
  'council.keep_open':
    'Once saved, you can see it without a network or after your session has ended, without signing in. Lock your device’s screen, and do not save it on a device that others use.',
  'council.keep_erased':
    'It is erased when you turn this off, when you sign out, and after you have moved out of disaster housing. It is brought up to date whenever you open this page with a network.',
  'council.keep_cannot':
    'This browser cannot save it. Please open the page in a normal window (not a private one), or print it.',
  'council.keep_failed': 'It could not be saved. Please try again where there is a network.',
  'council.erase_title': 'Erase what is saved?',
  'council.erase_text':
    'What you see is the saved copy. Once erased, you cannot see it until you sign in where there is a network.',
  'council.erase_yes': 'Erase',
  'council.erase_failed':
    'It could not be erased. Please try again, or erase this site’s data in your browser’s settings.',
  'council.kept': 'Saved.',
  'council.erased': 'Erased from this device.',

  // The council.
  'council.yours': 'Your council',
  'council.since': 'Since {day}',
  'council.home': 'Your home',
  'council.housing': 'Building',
  'council.unit': 'Room',
  'council.address': 'Address',
  'council.home_from': 'Moved in',
  'council.home_until': 'Moving out',
  'council.muster': 'Where you gather',
  'council.muster_text':
    'Go there when there is an activation. It is not where your council meets.',
  'council.muster_map': 'See it on the map',
  'council.meet': 'Where to meet',
  'council.meet_none': 'No meeting place has been registered yet. Please ask the council.',
  'council.meet_shelter': 'It may be a different place from the shelter.',
  'council.way': 'The way to the meeting place',
  'council.way_none': 'No way is known. Please look for the place on the map.',
  'council.way_walk': 'On foot',
  'council.way_minutes': 'About {minutes} min on foot',
  'council.way_crossings': '{count} {count|street|streets} to cross',
  'council.way_stairs': '{count} {count|flight|flights} of stairs',
  'council.way_no_stairs': 'No stairs',
  'council.way_step_free': 'Without steps',
  'council.way_step_free_none': 'No way without steps is known.',
  'council.way_same': 'The same as above.',
  'council.way_straight':
    'For part of it there is no data of streets: that part is measured as the crow flies, and takes longer.',
  'council.way_note':
    'Minutes are counted at 80 m each. In a disaster some streets cannot be passed: look around you and choose a safe way.',
  'council.contact': 'Contact',
  'council.contact_none': 'No contact has been registered yet.',
  'council.contact_person': 'Person',
  'council.call': 'Call {number}',
  'council.mail': 'Write to {address}',
  'council.call_council': 'The council’s telephone: {number}',
  'council.page': 'The council’s page',
  'council.shelters': 'Shelters that the council runs',
  'council.shelters_none': 'None registered.',
  'council.members': 'Organisations in the council',
  'council.members_none': 'None registered.',
  'council.not_on_map': '(not on the map)',

  // What is expected.
  'council.expected': 'What is expected of you',
  'council.before': 'Before a disaster',
  'council.before_place': 'Walk to the meeting place once, so that you know it and the way',
  'council.before_hello': 'Say hello to the council, and show up at drills and meetings',
  'council.before_contact':
    'Keep the contact details that the ward and the council have up to date',
  'council.before_stock':
    'Have water and food for yourself and your family (3 days, better a week)',
  'council.during': 'When it happens',
  'council.during_safe': 'First make yourself and your family safe',
  'council.during_tell': 'Tell the ward whether you are safe',
  'council.during_go': 'Go where the ward musters you (it may not be the council)',
  'council.during_help': 'Help the council when you can',
  'council.precedence':
    'This is a plain summary, not an official rule. Where the ward’s plan or instructions say otherwise, they take precedence.',

  // The map.
  'council.map': 'Map',
  'council.map_same': 'The places and ways on the map are described in words on this page as well.',
  'council.map_failed': 'The map could not be loaded.',
  'council.map_area': 'The council’s area',

  // On paper.
  'council.paper': 'Keep it on paper',
  'council.paper_what':
    'Prints one A4 page: a sheet, and a card for your wallet (91 × 55 mm). The address of your home is not printed.',
  'council.print': 'Print',
  'council.paper_way': 'Way',
  'council.paper_shelters': 'Shelters',
  'council.paper_made': 'As of {time}',
  'council.paper_cut': 'Cut along the corner marks and keep the card in your wallet.',
};
