import type { Persona } from '../../api/types';
import { t } from '../../i18n/areas/sign-in';

/** What the demo's people are called, and what they can do. */
export function personaTexts(persona: Persona): { name: string; can: string } {
  switch (persona) {
    case 'staff':
      return { name: t('persona.staff'), can: t('persona.staff_can') };
    case 'resident':
      return { name: t('persona.resident'), can: t('persona.resident_can') };
    case 'trainer':
      return { name: t('persona.trainer'), can: t('persona.trainer_can') };
    case 'reviewer':
      return { name: t('persona.reviewer'), can: t('persona.reviewer_can') };
    case 'manager':
      return { name: t('persona.manager'), can: t('persona.manager_can') };
    case 'hr':
      return { name: t('persona.hr'), can: t('persona.hr_can') };
    case 'registrar':
      return { name: t('persona.registrar'), can: t('persona.registrar_can') };
    case 'editor':
      return { name: t('persona.editor'), can: t('persona.editor_can') };
    case 'admin':
      return { name: t('persona.admin'), can: t('persona.admin_can') };
  }
}
