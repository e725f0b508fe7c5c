/** Roles, accounts and what is recorded, in words. */
import type { AccountState, Action, Role, SignInMethod } from '../api/types';
import { type Key, t } from '../i18n/areas/access';

/** Every role that can be granted, with what it is for. */
const ROLES: Record<Role, { name: Key; can: Key }> = {
  staff: { name: 'role.staff', can: 'role_can.staff' },
  trainer: { name: 'role.trainer', can: 'role_can.trainer' },
  manager: { name: 'role.manager', can: 'role_can.manager' },
  coordinator: { name: 'role.coordinator', can: 'role_can.coordinator' },
  hr: { name: 'role.hr', can: 'role_can.hr' },
  registrar: { name: 'role.registrar', can: 'role_can.registrar' },
  editor: { name: 'role.editor', can: 'role_can.editor' },
  admin: { name: 'role.admin', can: 'role_can.admin' },
  approver: { name: 'role.approver', can: 'role_can.approver' },
};

const ACTIONS: Record<Action, Key> = {
  sign_in: 'done.sign_in',
  sign_out: 'done.sign_out',
  set_password: 'done.set_password',
  create_account: 'done.create_account',
  create_activation: 'done.create_activation',
  change_account: 'done.change_account',
  link_identity: 'done.link_identity',
  read_accounts: 'done.read_accounts',
  request_role: 'done.request_role',
  grant_role: 'done.grant_role',
  refuse_role: 'done.refuse_role',
  end_role: 'done.end_role',
  read_staff: 'done.read_staff',
  change_staff: 'done.change_staff',
  preview_roster: 'done.preview_roster',
  import_roster: 'done.import_roster',
  change_tiers: 'done.change_tiers',
  read_audit: 'done.read_audit',
  export: 'done.export',
  import_dataset: 'done.import_dataset',
  change_dataset: 'done.change_dataset',
  read_place: 'done.read_place',
  change_place: 'done.change_place',
  publish_route: 'done.publish_route',
  change_route: 'done.change_route',
  change_outing: 'done.change_outing',
  read_participants: 'done.read_participants',
  change_participants: 'done.change_participants',
  read_visits: 'done.read_visits',
  decide_visit: 'done.decide_visit',
  import_visits: 'done.import_visits',
  answer_observation: 'done.answer_observation',
  change_office: 'done.change_office',
  change_programme: 'done.change_programme',
  read_completion: 'done.read_completion',
  send_reminders: 'done.send_reminders',
  decide_exemption: 'done.decide_exemption',
  make_archive: 'done.make_archive',
  read_roll_call: 'done.read_roll_call',
  declare_activation: 'done.declare_activation',
  enter_answer: 'done.enter_answer',
  end_activation: 'done.end_activation',
  read_register: 'done.read_register',
  change_register: 'done.change_register',
  decide_assignment: 'done.decide_assignment',
  change_gathering: 'done.change_gathering',
  read_gathering_attendance: 'done.read_gathering_attendance',
  change_gathering_attendance: 'done.change_gathering_attendance',
  read_handovers: 'done.read_handovers',
  decide_handover: 'done.decide_handover',
  change_council_link: 'done.change_council_link',
  read_introductions: 'done.read_introductions',
  give_introduction: 'done.give_introduction',
  open_introduction: 'done.open_introduction',
  change_retention: 'done.change_retention',
  erase: 'done.erase',
  change_settings: 'done.change_settings',
};

const ACCOUNT_STATES: Record<AccountState, Key> = {
  new: 'account_state.new',
  active: 'account_state.active',
  disabled: 'account_state.disabled',
  left: 'account_state.left',
};

const METHODS: Record<SignInMethod, Key> = {
  password: 'method.password',
  oidc: 'method.oidc',
  persona: 'method.persona',
};

/** Every action that is recorded. */
export const ALL_ACTIONS = Object.keys(ACTIONS) as readonly Action[];
/** Every role that can be granted: everybody is staff already. */
export const GRANTABLE = (Object.keys(ROLES) as Role[]).filter((role) => role !== 'staff');
/** Those that a second person has to approve, as the service has it. */
export const SENSITIVE: readonly Role[] = ['hr', 'registrar', 'admin', 'approver'];

/** What a role is called. One that this page does not know yet stays as the service calls it. */
export const roleName = (role: string): string =>
  Object.hasOwn(ROLES, role) ? t(ROLES[role as Role].name) : role;

/** What somebody with the role does. */
export const roleCan = (role: Role): string => t(ROLES[role].can);

/** Several roles; whoever has none besides is staff. */
export const roleNames = (roles: readonly string[]): string => {
  const others = roles.filter((role) => role !== 'staff');
  return (others.length > 0 ? others : ['staff']).map(roleName).join(t('text.separator'));
};

/** What was done. */
export const actionName = (action: string): string =>
  Object.hasOwn(ACTIONS, action) ? t(ACTIONS[action as Action]) : action;

/** How far an account has come. */
export const accountState = (state: AccountState): string => t(ACCOUNT_STATES[state]);

/** How somebody signed in. */
export const methodName = (method: SignInMethod): string => t(METHODS[method]);
