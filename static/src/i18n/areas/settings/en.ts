/** English: the texts of the settings page. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'settings.title': 'Settings',
  'settings.lead':
    'Changes count at once and are recorded in the audit log. The base map and network are set by the options with which the server is started.',
  'settings.failed': 'The settings could not be loaded.',
  'settings.support': 'Whom to ask',
  'settings.support_help':
    'Shown on the sign-in page. Name a section and its extension, not a person. At most 300 characters.',
  'settings.support_contact': 'In Japanese',
  'settings.support_contact_en': 'In English',
  'settings.registrar': 'The registrar of disaster housing',
  'settings.registrar_help':
    'Shown on “My council” and on the page that chairs open by a link. Where it is empty, the contact above is shown. Please name an office and an extension, no person. Up to 300 characters.',
  'settings.registrar_contact': 'The registrar, in Japanese',
  'settings.registrar_contact_en': 'The registrar, in English',
  'settings.routes': 'Publishing walking routes',
  'settings.routes_help':
    'The licence of published routes and their stops. It counts from the next publication on. While it is empty, 利用条件未確認 (licence not confirmed) is shown.',
  'settings.route_licence': 'Licence (such as CC BY 4.0)',
  'settings.route_licence_url': 'Where it can be read (https://…)',
  'settings.sessions': 'Signing in',
  'settings.session_idle_hours': 'Signed out when unused for (hours)',
  'settings.session_absolute_hours': 'Signed out in any case after (hours)',
  'settings.activation_days': 'Activation links work for (days)',
  'settings.range': '{least} to {most}. Without a change it is {default}.',
  'settings.save': 'Save',
  'settings.saved': 'The settings are saved.',
  'settings.nothing': 'Nothing was changed.',
  'settings.reload': 'Load the present settings',
};
