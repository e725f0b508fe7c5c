/** The register of disaster housing: what the page asks for, and what follows from it. Pure. */
import type { components } from '../../api/schema';
import type { OwnMuster } from '../../activation/types';
import type { Position } from '../../api/types';

type Schemas = components['schemas'];

export type HousingList = Schemas['HousingList'];
/** A building in a list. */
export type HousingItem = Schemas['HousingItem'];
/** A building with its units. */
export type HousingDocument = Omit<Schemas['HousingDocument'], 'location' | 'units'> & {
  location: Position;
  units: UnitItem[];
};
/** A unit with who lives or lived in it. */
export type UnitItem = Omit<Schemas['UnitItem'], 'residencies'> & { residencies: ResidencyItem[] };
/** Somebody lives in a unit, or did. */
export type ResidencyItem = Schemas['ResidencyItem'] & {
  /** Where they gather; none where that is the meeting place of their council. */
  muster?: OwnMuster | null;
};
export type AssignmentItem = Schemas['AssignmentItem'];
export type TaskList = Schemas['TaskList'];
/** Something that waits for the registrar. */
export type TaskItem = Schemas['TaskItem'];
export type TaskName = Schemas['TaskName'];
/** What is suggested of a home. */
export type Suggestion = Schemas['SuggestionDocument'];
export type Candidate = Schemas['CandidateItem'];
export type Reason = Schemas['ReasonItem'];
export type Doubt = Schemas['DoubtItem'];
export type CouncilChoice = Schemas['CouncilChoice'];
export type LinkList = Schemas['LinkList'];
export type DistrictLink = Schemas['DistrictLinkItem'];
export type AddressRule = Schemas['AddressRuleItem'];
export type DistrictChoice = Schemas['DistrictChoice'];

/** What the page can show. */
export const VIEWS = ['tasks', 'housing', 'links', 'planning', 'import'] as const;
export type View = (typeof VIEWS)[number];

/** What the part of the address behind the `#` names. Never a person. */
export interface Address {
  view: View;
  /** The building that is open. */
  housing: string | null;
}

/** What an address such as `#housing/…` names; the tasks where it names nothing. */
export function addressOf(hash: string): Address {
  const housing = /^#housing\/([\w-]+)$/.exec(hash)?.[1];
  if (housing) return { view: 'housing', housing };
  return { view: VIEWS.find((view) => hash === `#${view}`) ?? 'tasks', housing: null };
}

/** The version of something as `If-Match` has it. */
export const versionTag = (version: number): string => `"${String(version)}"`;

/** How many tasks wait in all buildings. */
export const waitingIn = (housing: readonly HousingItem[]): number =>
  housing.reduce((sum, { tasks }) => sum + tasks, 0);

/** Tasks of one kind. */
export interface TaskGroup {
  kind: TaskName;
  tasks: readonly TaskItem[];
}

const KINDS: readonly TaskName[] = ['assign', 'reassign', 'undecided', 'moved_out'];

/** The tasks by their kind, the oldest first. Kinds of which nothing waits are left out. */
export const grouped = (tasks: readonly TaskItem[]): TaskGroup[] =>
  KINDS.map((kind) => ({
    kind,
    tasks: tasks
      .filter((task) => task.kind === kind)
      .toSorted((one, other) => one.since.localeCompare(other.since)),
  })).filter((group) => group.tasks.length > 0);

/** The council that is suggested; null where the registrar has to choose. */
export const suggested = ({ suggestion }: Pick<TaskItem, 'suggestion'>): string | null =>
  suggestion?.council_id ?? null;

/** Whether a task can be decided together with others, as suggested. */
export const isTickable = (task: TaskItem): boolean => suggested(task) !== null;

/**
 * Whether a task may be ticked with all that are like it. Where there is a doubt, somebody has to
 * look; where somebody left it undecided on purpose, as well.
 */
export const isUndoubted = (task: TaskItem): boolean =>
  isTickable(task) && task.kind !== 'undecided' && task.suggestion?.doubts.length === 0;

/** As many decisions as the service takes at once. */
const MOST = 500;

/** The residencies that are ticked, each with the council that was suggested when it was. */
export type Ticks = ReadonlyMap<string, string>;

/** Ticks of all tasks without a doubt. */
export const undoubtedTicks = (tasks: readonly TaskItem[]): Ticks =>
  new Map(
    tasks
      .filter(isUndoubted)
      .slice(0, MOST)
      .map((task) => [task.residency_id, suggested(task) ?? '']),
  );

/** Ticks with one more or one less. */
export function ticked(ticks: Ticks, task: TaskItem, isTicked: boolean): Ticks {
  const council = suggested(task);
  const next = new Map(ticks);
  if (isTicked && council) next.set(task.residency_id, council);
  else next.delete(task.residency_id);
  return next;
}

/** Whether a task is ticked, and what is suggested is still what it was then. */
export const isTicked = (ticks: Ticks, task: TaskItem): boolean =>
  isTickable(task) && ticks.get(task.residency_id) === suggested(task);

/** What several decisions come to: how many homes go to which council, the most first. */
export function totals(
  tasks: readonly TaskItem[],
  councils: readonly CouncilChoice[],
): { name: string; homes: number }[] {
  const homes = new Map<string, number>();
  for (const task of tasks) {
    const council = suggested(task);
    if (council) homes.set(council, (homes.get(council) ?? 0) + 1);
  }
  const name = (id: string): string => councils.find((council) => council.id === id)?.name ?? id;
  return [...homes]
    .map(([id, count]) => ({ name: name(id), homes: count }))
    .toSorted((one, other) => other.homes - one.homes || one.name.localeCompare(other.name, 'ja'));
}

/** In place of a council: it is undecided. No id is so short. */
export const UNDECIDED = 'undecided';

/** Whether a choice needs a reason: whatever is not as suggested does. */
export const needsReason = (choice: string, suggestion: Suggestion | null): boolean =>
  choice !== '' && choice !== (suggestion?.council_id ?? null);

/** The councils to choose from: those that something hints at first. */
export function inOrder(
  councils: readonly CouncilChoice[],
  suggestion: Suggestion | null,
): CouncilChoice[] {
  const hinted = (suggestion?.candidates ?? []).map(({ council_id }) => council_id);
  const rank = ({ id }: CouncilChoice): number =>
    hinted.includes(id) ? hinted.indexOf(id) : hinted.length;
  return councils.toSorted((one, other) => rank(one) - rank(other));
}

/** What is decided of one home. */
export interface Decision {
  residency: string;
  /** How many decisions there were when it was looked at. */
  decisions: number;
  /** A council, or {@link UNDECIDED}. */
  choice: string;
  reason?: string;
  /** From which day on; the service's default where it is empty. */
  from?: string;
}

/** The request that takes decisions: all of them, or none. */
export const decideBody = (
  decisions: readonly Decision[],
): { decisions: Schemas['DecideOne'][] } => ({
  decisions: decisions.map(({ residency, decisions: seen, choice, reason = '', from = '' }) => ({
    residency_id: residency,
    council_id: choice === UNDECIDED ? null : choice,
    reason: reason.trim(),
    decisions: seen,
    ...(from ? { from } : {}),
  })),
});

/** Decisions that follow the suggestions. */
export const asSuggested = (tasks: readonly TaskItem[]): Decision[] =>
  tasks.filter(isTickable).map((task) => ({
    residency: task.residency_id,
    decisions: task.assignment.decisions,
    choice: suggested(task) ?? '',
  }));

/** Where days stand to a day. Both ends belong to them. */
export function standing(
  { from, until }: { from: string; until?: string | null },
  day: string,
): 'past' | 'now' | 'coming' {
  if (until && until < day) return 'past';
  return from > day ? 'coming' : 'now';
}

/** The school districts of which nothing is said on a day. */
export const unsaid = (
  { districts, school_districts }: Pick<LinkList, 'districts' | 'school_districts'>,
  day: string,
): DistrictChoice[] =>
  school_districts.filter(
    ({ id }) => !districts.some((link) => link.district_id === id && standing(link, day) === 'now'),
  );
