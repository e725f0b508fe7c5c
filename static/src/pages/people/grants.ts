/** Grants of roles: how they are shown, and what can be done about each. */
import { html, nothing, type TemplateResult } from 'lit';
import { asApiError, send } from '../../api/client';
import type { Grant } from '../../api/types';
import { type Column, dataTable } from '../../components/data-table';
import { ask, type Question } from '../../components/dialog';
import { failureText } from '../../components/failure';
import { say } from '../../components/messages';
import { roleName } from '../../format/access';
import { formatTime } from '../../format/dates';
import { type Key, t } from '../../i18n/areas/people';
import { may, me } from '../../shell/session';
import { changed } from './model';

const STATES: Record<Grant['state'], Key> = {
  pending: 'grant_state.pending',
  active: 'grant_state.active',
  refused: 'grant_state.refused',
  ended: 'grant_state.ended',
};

export const GRANT_STATES = Object.keys(STATES) as Grant['state'][];
export const grantStateName = (state: Grant['state']): string => t(STATES[state]);

type Step = 'approve' | 'refuse' | 'end' | 'withdraw';

/** A table of grants, with what whoever looks may do about each. */
export function grantTable(caption: string, grants: readonly Grant[]): TemplateResult {
  const columns: Column<Grant>[] = [
    { label: t('people.grant_role'), isName: true, cell: ({ role }) => roleName(role) },
    {
      label: t('people.grant_for'),
      cell: ({ login, name }) => [login, name].filter(Boolean).join(' '),
    },
    { label: t('people.state'), cell: ({ state }) => grantStateName(state) },
    { label: t('people.grant_reason'), cell: ({ reason }) => reason },
    {
      label: t('people.grant_asked'),
      cell: ({ requested_by: by, requested_at: at }) => byAt(by, at),
    },
    {
      label: t('people.grant_decided'),
      cell: ({ decided_by: by, decided_at: at }) => (at ? byAt(by, at) : '-'),
    },
    { label: t('people.actions'), isAction: true, cell: (grant) => steps(grant) },
  ];
  return dataTable<Grant>({ caption, rows: grants, key: ({ id }) => id, columns });
}

const byAt = (by: string | null | undefined, at: string): string =>
  t('people.by_at', { by: by ?? t('people.set_up'), at: formatTime(new Date(at)) });

/** Managers end only the coordinators whom they named. */
const mayEnd = ({ role, state }: Grant): boolean =>
  (state === 'active' || state === 'pending') &&
  may('write_grants') &&
  (role === 'coordinator' || (me()?.roles.some((own) => own === 'admin' || own === 'hr') ?? false));

function steps(grant: Grant): TemplateResult | typeof nothing {
  const { login, state, can_decide: canDecide } = grant;
  const role = roleName(grant.role);
  const button = (step: Step, text: string, label: string, kind = ''): TemplateResult =>
    html`<button
      type="button"
      class="button button-small ${kind}"
      aria-label=${label}
      @click=${() => void take(step, grant)}
    >
      ${text}
    </button>`;
  const of = { role, login };
  const decide = canDecide
    ? html`${button('approve', t('people.approve'), t('people.approve_of', of), 'button-primary')}
      ${button('refuse', t('people.refuse'), t('people.refuse_of', of))}`
    : state === 'pending' && may('decide_grants')
      ? html`<span class="section-text">${t('people.not_yours')}</span>`
      : nothing;
  const end =
    // Whoever may decide refuses.
    !mayEnd(grant) || canDecide
      ? nothing
      : state === 'pending'
        ? button('withdraw', t('people.withdraw'), t('people.withdraw_of', of))
        : button('end', t('people.end'), t('people.end_of', of));
  if (decide === nothing && end === nothing) return nothing;
  return html`<span class="button-row">${decide} ${end}</span>`;
}

/** What is asked before a step, and said after it. */
const STEPS: Record<Step, { title: Key; text: Key; yes: Key; done: Key; danger: boolean }> = {
  approve: {
    title: 'people.approve_title',
    text: 'people.approve_text',
    yes: 'people.approve',
    done: 'people.approved',
    danger: false,
  },
  refuse: {
    title: 'people.refuse_title',
    text: 'people.refuse_text',
    yes: 'people.refuse',
    done: 'people.refused',
    danger: true,
  },
  end: {
    title: 'people.end_title',
    text: 'people.end_text',
    yes: 'people.end',
    done: 'people.ended',
    danger: true,
  },
  withdraw: {
    title: 'people.withdraw_title',
    text: 'people.withdraw_text',
    yes: 'people.withdraw',
    done: 'people.withdrawn',
    danger: true,
  },
};

/** Where each step is sent. */
const PATHS: Record<Step, string> = {
  approve: 'approve',
  refuse: 'refuse',
  end: 'end',
  withdraw: 'end',
};

async function take(step: Step, { id, login, role, reason }: Grant): Promise<void> {
  const { title, text, yes, done, danger } = STEPS[step];
  const question: Question = {
    title: () => t(title, { login, role: roleName(role) }),
    text: () => t(text, { reason }),
    yes: () => t(yes),
    danger,
  };
  if (!(await ask(question))) return;
  try {
    await send('POST', `/api/grants/${encodeURIComponent(id)}/${PATHS[step]}`);
    say(() => t(done));
  } catch (thrown) {
    const error = asApiError(thrown);
    say(() => failureText(error), 'error');
  }
  changed();
}
