/** English. */
import type { Dictionary } from '.';

export const en: Dictionary = {
  // The app.
  'app.name': 'Machiaruki',
  'demo.banner': 'This is sample data. Do not rely on it in a real emergency or for procedures.',
  'sample.badge': 'Sample',
  'language.label': 'Language / 言語',
  'language.later':
    'No connection, so the language cannot be changed now. It will be, the next time you open a page with a connection.',
  'text.separator': ', ',
  'link.new_tab': ' (opens in a new tab)',

  // Fiscal years.
  'fiscal_year.name': '{year} (Reiwa {era})',

  // Freshness.
  'freshness.as_of': 'As of {day}',
  'freshness.confirmed': 'confirmed on {day}',
  'freshness.overdue': 'The promised update is late',
  'freshness.overdue_since': 'The update promised by {day} is late',
  'freshness.unknown': 'Date of the information unknown',
  'freshness.empty': 'No information yet',

  // List.
  'distance.m': '{value} m',
  'distance.km': '{value} km',

  // Details.
  'feature.unnamed': '(no name)',
  'feature.retired': 'Retired',
  'flag.yes': '○ Yes',
  'flag.no': '× No',
  'stop.number': 'Stop {number}',

  // Sharing and tools.
  'share.copied': 'Copied.',
  'share.copy_by_hand': 'Copying is not allowed here. Please copy this text: {text}',

  // Map.
  'map.cluster': '{count} places close together. Choose to zoom in.',

  // Errors.
  'action.retry': 'Try again',
  'action.dismiss': 'Close',
  'error.offline': 'No connection. Check your network and try again.',
  'error.timeout': 'The service took too long. Try again in a while.',
  'error.missing': 'Not found: it no longer exists or is not published.',
  'error.busy': 'The service is busy. Try again in a minute.',
  'error.server': 'Something went wrong on the server. If it goes on, please tell the ward.',
  'error.unreadable': 'The answer could not be read. Please reload the page.',
  'error.number': ' (reference {id})',

  // The frame of each page.
  'skip.to_main': 'Skip to the content',
  'leaving.title': 'Some records are unsent',
  'leaving.text':
    '{count} of your records on this device are unsent. After signing out they wait until you sign in here again.',
  'bell.label': 'Notices',
  'bell.unread': 'Notices ({count} unread)',
  'menu.label': 'Menu',
  'menu.of': 'Menu of {name}',
  'menu.map': 'Map',
  'menu.walk': 'Walk',
  'menu.record': 'My record',
  'menu.council': 'My council',
  'menu.training': 'My training',
  'menu.completion': 'Completion',
  'menu.coverage': 'Where walks went',
  'menu.programmes': 'Training programmes',
  'menu.visits': 'Checking visits',
  'menu.outings': 'Outings',
  'menu.lead': 'Lead outings',
  'menu.people': 'Accounts and roles',
  'menu.roster': 'Staff roster',
  'menu.data': 'Map data',
  'menu.design': 'Designing routes',
  'menu.edit': 'Edit places',
  'menu.housing': 'Housing register',
  'menu.introductions': 'Introducing residents',
  'menu.activations': 'Activations',
  'menu.gatherings': 'Council gatherings',
  'menu.audit': 'Audit log',
  'menu.retention': 'Retention',
  'menu.settings': 'Settings',
  'menu.account': 'My account',
  'session.sign_in': 'Sign in',
  'session.sign_out': 'Sign out',
  'session.signed_in_as': 'Signed in:',
  'session.failed': 'Could not find out whether you are signed in.',
  'session.going': 'Going to the sign-in page…',
  'update.waits': 'There is a newer version of this page.',
  'update.go': 'Use it',
  'page.loading': 'Loading…',
  'page.closed': 'This page cannot be shown.',
  'page.closed_why':
    'You do not have a role that uses this page. If you need it, please ask your manager or the system administrators.',

  // Lists and forms.
  'list.show_more': 'Show more',
  'form.required': 'Required',
  'form.sending': 'Sending…',
  'form.missing': 'Please fill this in.',
  'form.check_fields': 'Something is not right yet. Please correct the marked fields.',
  'password.show': 'Show the characters: {label}',
  'dialog.no': 'Cancel',

  // Failures of what is sent.
  'error.signed_out': 'You are no longer signed in. Please sign in again.',
  'error.forbidden': 'This was not accepted. Please reload the page.',
  'error.invalid': 'This could not be accepted. Please check what you entered.',
  'error.conflict': 'This does not fit how things are now. Please reload the page.',
  'error.changed': 'Somebody else changed it first. Please reload, then do it again.',
};
