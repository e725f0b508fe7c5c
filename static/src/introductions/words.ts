/** What fields and states are called. */
import { type Key, t } from '../i18n/areas/introduction-words';
import type { Field, Standing } from './types';

const FIELDS: Readonly<Record<Field, Key>> = {
  name: 'introduction.field.name',
  reading: 'introduction.field.reading',
  housing: 'introduction.field.housing',
  unit: 'introduction.field.unit',
  phone: 'introduction.field.phone',
  email: 'introduction.field.email',
  contact: 'introduction.field.contact',
  languages: 'introduction.field.languages',
  skills: 'introduction.field.skills',
  message: 'introduction.field.message',
};

const STATES: Readonly<Record<Standing, Key>> = {
  printed: 'introduction.state.printed',
  waiting: 'introduction.state.waiting',
  opened: 'introduction.state.opened',
  expired: 'introduction.state.expired',
  revoked: 'introduction.state.revoked',
};

/** What a field is called. */
export const fieldName = (field: Field): string => t(FIELDS[field]);

/** What several fields are called, in one line. */
export const fieldNames = (fields: readonly Field[]): string =>
  fields.map(fieldName).join(t('text.separator'));

/** How a sheet stands, in words. */
export const stateName = (state: Standing): string => t(STATES[state]);

/** The look of a state's badge. */
export const stateTone = (state: Standing): string =>
  state === 'waiting'
    ? 'badge-warning'
    : state === 'printed' || state === 'opened'
      ? 'badge-key'
      : 'badge-retired';
