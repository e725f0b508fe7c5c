/** Names of tiers, employments and departments in the reader's language. */
import { get, request } from '../../api/client';
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/roster';
import { Store } from '../../state/store';
import type { AbsenceKind, Department, Employment, Tier } from './types';

export interface Organisation {
  departments: readonly Department[];
  tiers: readonly Tier[];
  /** The version of the tiers, for who changes them. */
  tiersTag: string | null;
}

/** Departments and tiers, which every part of the page needs. */
export const organisation = new Store<Organisation>({ departments: [], tiers: [], tiersTag: null });

/** Loads departments and tiers. */
export async function loadOrganisation(): Promise<void> {
  const [{ departments }, { body, etag }] = await Promise.all([
    get<{ departments: Department[] }>('/api/departments'),
    request<{ tiers: Tier[] }>('/api/tiers'),
  ]);
  organisation.set({ departments, tiers: body?.tiers ?? [], tiersTag: etag });
}

export const EMPLOYMENTS: readonly Employment[] = [
  'regular',
  'reappointed',
  'fixed_term',
  'fiscal_year_appointment',
  'temporary',
  'special_service',
  'seconded_in',
];

const EMPLOYMENT: Readonly<Record<Employment, Key>> = {
  regular: 'roster.e_regular',
  reappointed: 'roster.e_reappointed',
  fixed_term: 'roster.e_fixed_term',
  fiscal_year_appointment: 'roster.e_fiscal_year_appointment',
  temporary: 'roster.e_temporary',
  special_service: 'roster.e_special_service',
  seconded_in: 'roster.e_seconded_in',
};

export const employmentName = (employment: Employment): string => t(EMPLOYMENT[employment]);

/** Why somebody does not work here. */
export const absenceName = (kind: AbsenceKind): string =>
  t(kind === 'leave' ? 'roster.leave' : 'roster.secondment');

/** A tier's name; what is no tier stays as it is. */
export function tierName(id: string): string {
  const tier = organisation.state.tiers.find((one) => one.id === id);
  return tier ? pick(tier.name) : id;
}

/** The departments for a choice, those below set off. */
export const departmentOptions = (): { value: string; label: string }[] =>
  organisation.state.departments.map(({ id, name, depth }) => ({
    value: id,
    label: `${'　'.repeat(depth)}${name}`,
  }));

/**
 * The grades for a choice, each with its tier: one that is mapped to none cannot be given. What somebody has
 * already is among them all the same.
 */
export function gradeOptions(present = ''): { value: string; label: string }[] {
  const mapped = organisation.state.tiers.flatMap(({ name, grades }) =>
    grades.map((grade) => ({
      value: grade,
      label: t('roster.grade_of', { grade, tier: pick(name) }),
    })),
  );
  return present && !mapped.some(({ value }) => value === present)
    ? [{ value: present, label: present }, ...mapped]
    : mapped;
}

/** What the service calls a field, in words. */
export const fieldName = (field: string): string =>
  field in FIELDS ? t(FIELDS[field] as Key) : field;

const FIELDS: Readonly<Record<string, Key>> = {
  name: 'roster.name',
  name_kana: 'roster.name_kana',
  department: 'roster.department',
  tier: 'roster.tier',
  grade: 'roster.grade',
  employment: 'roster.employment',
  email: 'roster.email',
  hired_on: 'roster.hired_on',
  left_on: 'roster.left_on',
  left: 'roster.left',
  stays: 'roster.state_current',
  joined: 'roster.joined',
  absences: 'roster.absences',
};
