/** The pages behind the sign-in, and for whom each is. */
import type { Me } from '../api/types';
import type { Key } from '../i18n';
import { may } from './session';

export interface MenuEntry {
  href: string;
  label: Key;
  /** Any one of these is enough. */
  needs: readonly string[];
}

const ENTRIES: readonly MenuEntry[] = [
  { href: '/walk', label: 'menu.walk', needs: ['write_visits'] },
  { href: '/training', label: 'menu.training', needs: ['read_me'] },
  { href: '/record', label: 'menu.record', needs: ['read_visits'] },
  { href: '/council', label: 'menu.council', needs: ['read_my_council'] },
  { href: '/completion', label: 'menu.completion', needs: ['read_completion'] },
  { href: '/coverage', label: 'menu.coverage', needs: ['read_coverage'] },
  { href: '/programmes', label: 'menu.programmes', needs: ['write_programmes'] },
  { href: '/visits', label: 'menu.visits', needs: ['decide_visits'] },
  { href: '/outings', label: 'menu.outings', needs: ['read_outings'] },
  { href: '/lead', label: 'menu.lead', needs: ['write_outings'] },
  { href: '/people', label: 'menu.people', needs: ['read_accounts', 'read_grants'] },
  { href: '/roster', label: 'menu.roster', needs: ['read_staff', 'import_staff'] },
  { href: '/data', label: 'menu.data', needs: ['read_datasets'] },
  { href: '/edit', label: 'menu.edit', needs: ['read_places'] },
  { href: '/design', label: 'menu.design', needs: ['read_designs'] },
  { href: '/housing', label: 'menu.housing', needs: ['read_register'] },
  { href: '/introductions', label: 'menu.introductions', needs: ['read_introductions'] },
  { href: '/activations', label: 'menu.activations', needs: ['read_roll_call'] },
  { href: '/gatherings', label: 'menu.gatherings', needs: ['write_gatherings'] },
  { href: '/audit', label: 'menu.audit', needs: ['read_audit'] },
  { href: '/retention', label: 'menu.retention', needs: ['read_retention'] },
  { href: '/settings', label: 'menu.settings', needs: ['read_settings'] },
  { href: '/account', label: 'menu.account', needs: ['read_me'] },
];

/** The pages that this person can use. */
export const menuOf = (who: Me): MenuEntry[] =>
  ENTRIES.filter(({ needs }) => needs.some((permission) => may(permission, who)));
