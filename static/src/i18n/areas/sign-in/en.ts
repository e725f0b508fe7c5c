/** English: the texts of the sign-in page. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'sign_in.title': 'Sign in',
  'sign_in.lead': 'For members of staff. The map can be seen without signing in.',
  'sign_in.number': 'Staff number',
  'sign_in.number_help': 'For an account that is not on the roster, enter its name.',
  'sign_in.password': 'Password',
  'sign_in.submit': 'Sign in',
  'sign_in.wrong':
    'The staff number or the password is wrong. Check upper and lower case, and try again.',
  'sign_in.forgotten':
    'If you have forgotten the password, or are new, please ask the system administrators for a new link.',
  'sign_in.contact': 'Contact: {contact}',
  'sign_in.sso': 'Sign in with {name}',
  'sign_in.or_password': 'Or sign in with a password',
  'sign_in.already': 'You are signed in as {name}.',
  'sign_in.go_on': 'Go on',

  // The demo.
  'sign_in.personas': 'Sign in as a sample person',
  'sign_in.personas_lead': 'For the sample data only. No password is needed.',
  'persona.staff': 'Member of staff',
  'persona.staff_can': 'Sees their own account, and who looked at their record.',
  'persona.resident': 'Staff in disaster housing',
  'persona.resident_can': 'Can do what every member of staff can.',
  'persona.trainer': 'Trainer',
  'persona.trainer_can': 'Is in charge of walking routes and training.',
  'persona.reviewer': 'Route reviewer',
  'persona.reviewer_can': 'Reviews routes that other trainers designed, and publishes them.',
  'persona.manager': 'Manager',
  'persona.manager_can':
    'Sees the staff of their department, names a coordinator, and puts people forward for outings.',
  'persona.hr': 'Personnel',
  'persona.hr_can': 'Keeps the roster and retention, and approves roles.',
  'persona.registrar': 'Housing registrar',
  'persona.registrar_can': 'Is in charge of the register of disaster housing.',
  'persona.editor': 'Map editor',
  'persona.editor_can': 'Imports map data and edits places.',
  'persona.admin': 'System administrator',
  'persona.admin_can': 'Keeps accounts and settings and searches the audit log. Sees no names.',
};
