/** The register in words. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatDay } from '../../format/dates';
import { formatDistance } from '../../format/distance';
import { type Key, t } from '../../i18n/areas/housing';
import {
  type AssignmentItem,
  type Candidate,
  type Doubt,
  type Reason,
  standing,
  type TaskItem,
  type TaskName,
  type View,
} from './model';

const VIEW_NAMES: Record<View, Key> = {
  tasks: 'housing.view_tasks',
  housing: 'housing.view_housing',
  links: 'housing.view_links',
  planning: 'housing.view_planning',
  import: 'housing.view_import',
};

const KINDS: Record<TaskName, { title: Key; text: Key }> = {
  assign: { title: 'housing.kind_assign', text: 'housing.kind_assign_text' },
  reassign: { title: 'housing.kind_reassign', text: 'housing.kind_reassign_text' },
  undecided: { title: 'housing.kind_undecided', text: 'housing.kind_undecided_text' },
  moved_out: { title: 'housing.kind_moved_out', text: 'housing.kind_moved_out_text' },
};

/** What a view is called. */
export const viewName = (view: View): string => t(VIEW_NAMES[view]);

/** Tasks of a kind, with how many. */
export const kindTitle = (kind: TaskName, count: number): string => t(KINDS[kind].title, { count });

/** Why such tasks wait, and what to do. */
export const kindText = (kind: TaskName): string => t(KINDS[kind].text);

/** A unit with its building. */
export const homeText = (task: Pick<TaskItem, 'housing_name' | 'unit_name'>): string =>
  t('housing.home', { housing: task.housing_name, unit: task.unit_name });

/** Somebody by name and number; whoever is on the roster no more has none. */
export function personText(person: {
  staff_name?: string | null;
  staff_number?: string | null;
}): string {
  const { staff_name: name, staff_number: number } = person;
  if (name && number) return t('housing.person', { name, number });
  return name ?? number ?? t('housing.nobody');
}

/** Since when a task waits. */
export function sinceText(task: TaskItem, day: string): string {
  const since = formatDay(task.since);
  switch (task.kind) {
    case 'assign':
      return t(standing(task, day) === 'coming' ? 'housing.moves_in' : 'housing.moved_in_on', {
        day: since,
      });
    case 'reassign':
      // The service knows when it was decided, but not when the council went.
      return t('housing.decided_from', { day: formatDay(task.assignment.from ?? task.since) });
    case 'undecided':
      return t('housing.undecided_since', { day: since });
    case 'moved_out':
      return t('housing.moved_out_on', { day: since });
  }
}

/** From when until when. */
export const periodText = ({ from, until }: { from: string; until?: string | null }): string =>
  until
    ? t('housing.from_until', { from: formatDay(from), until: formatDay(until) })
    : t('housing.from', { from: formatDay(from) });

const SECONDS = 60;

/** How far a meeting place is; nothing where that is not known. */
export function wayText({ walk_m, walk_s, on_network }: Candidate): string | null {
  if (walk_m === null || walk_m === undefined) return null;
  const distance = formatDistance(walk_m);
  if (!on_network || walk_s === null || walk_s === undefined)
    return t('housing.way_straight', { distance });
  return t('housing.way_walk', { minutes: Math.ceil(walk_s / SECONDS), distance });
}

/** A reason, in words. */
export function reasonText(reason: Reason, candidate: Candidate): string {
  switch (reason.kind) {
    case 'address_rule':
      return t('housing.reason_address', { beginning: reason.beginning });
    case 'building':
      return t('housing.reason_building', { homes: reason.homes });
    case 'in_area':
      return t('housing.reason_area');
    case 'school_district':
      return t('housing.reason_district', { name: reason.name });
    case 'nearest': {
      const way = wayText(candidate);
      return way
        ? t(candidate.on_network ? 'housing.reason_nearest' : 'housing.reason_nearest_straight', {
            way,
          })
        : t('housing.reason_nearest_alone');
    }
  }
}

/** All that hints at a council, the way to its meeting place too. */
export function hints(candidate: Candidate): string[] {
  const { reasons } = candidate;
  const way = wayText(candidate);
  const isSaid = reasons.some(({ kind }) => kind === 'nearest');
  return [
    ...reasons.map((reason) => reasonText(reason, candidate)),
    ...(way && !isSaid ? [t('housing.way', { way })] : []),
  ];
}

/** A doubt, in words. */
export function doubtText(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'near_border':
      return t('housing.doubt_border', { metres: Math.round(doubt.metres) });
    case 'no_area':
      return t('housing.doubt_no_area');
    case 'several':
      return t('housing.doubt_several');
    case 'disagreement':
      return t('housing.doubt_disagreement');
    case 'undecided':
      return t('housing.doubt_undecided');
    case 'gone':
      return t('housing.doubt_gone');
    case 'no_hint':
      return t('housing.doubt_no_hint');
  }
}

/** Which council a home belongs to, or how that stands. */
export function councilText({ state, council_name }: AssignmentItem): string {
  switch (state) {
    case 'decided':
      return council_name ?? t('housing.council_gone');
    case 'gone':
      return t('housing.council_gone');
    case 'undecided':
      return t('housing.undecided');
    case 'open':
      return t('housing.open');
  }
}

/** The same, marked where something waits. */
export const councilBadge = (assignment: AssignmentItem): TemplateResult =>
  assignment.state === 'decided'
    ? html`${councilText(assignment)}`
    : html`<span class="badge badge-warning">${councilText(assignment)}</span>`;

/** A council that a rule or a district names. */
export const linkedCouncil = ({
  council_id: id,
  council_name: name,
}: {
  council_id?: string | null;
  council_name?: string | null;
}): TemplateResult | string =>
  name ??
  html`<span class="badge badge-warning"
    >${t(id ? 'housing.council_gone' : 'housing.undecided')}</span
  >`;

/** A remark, where there is one. */
export const noteLine = (note: string): TemplateResult | typeof nothing =>
  note ? html`<p class="section-text housing-note">${t('housing.note')}: ${note}</p>` : nothing;
