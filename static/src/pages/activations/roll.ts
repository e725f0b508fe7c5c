/** The roll-call as the registrar looks at it: what changes, how many, who is shown and in what order. Pure. */
import type { Standing } from '../../activation/answers';
import type { ActivationDocument, Counts, RollEvent, RollRow } from '../../activation/types';

/** Who needs looking after comes first: those of whom nothing is known, those who cannot come. */
export const STANDINGS: readonly Standing[] = ['none', 'unable', 'safe', 'on_the_way', 'arrived'];

/** How somebody stands. */
export const standingOf = ({ answer }: Pick<RollRow, 'answer'>): Standing => answer ?? 'none';

/** A roll-call, and the latest change that is in it. */
export interface Roll {
  rows: readonly RollRow[];
  sequence: number;
}

/** A roll-call after something changed. What is older than what is there changes nothing; how telling somebody goes is not counted as a change of its own. */
export function applied(roll: Roll, event: RollEvent): Roll {
  if (event.sequence < roll.sequence) return roll;
  const news = new Map(event.rows.map((row) => [row.residency_id, row]));
  const rows = roll.rows.map((row) => news.get(row.residency_id) ?? row);
  const known = new Set(roll.rows.map((row) => row.residency_id));
  const added = event.rows.filter((row) => !known.has(row.residency_id));
  return { rows: [...rows, ...added], sequence: event.sequence };
}

/** How many have answered what. */
export function countsOf(rows: readonly RollRow[]): Counts {
  const counts: Counts = { none: 0, unable: 0, safe: 0, on_the_way: 0, arrived: 0 };
  for (const row of rows) counts[standingOf(row)] += 1;
  return counts;
}

/** How many there are. */
export const residentsIn = (counts: Counts): number =>
  STANDINGS.reduce((sum, standing) => sum + counts[standing], 0);

/** Whether two counts are the same. */
export const sameCounts = (one: Counts, other: Counts): boolean =>
  STANDINGS.every((standing) => one[standing] === other[standing]);

/** A part of the bar of all residents, in their order. */
export interface Share {
  standing: Standing;
  count: number;
  /** Where it begins, and how long it is, in hundredths of all. */
  from: number;
  length: number;
}

/** The parts of the bar. Of what nobody answered there is none. */
export function shares(counts: Counts): Share[] {
  const all = residentsIn(counts);
  let from = 0;
  return STANDINGS.filter((standing) => counts[standing] > 0).map((standing) => {
    const length = (counts[standing] / all) * 100;
    const share = { standing, count: counts[standing], from, length };
    from += length;
    return share;
  });
}

/** Who is shown. What is empty leaves nobody out. */
export interface Filter {
  standing: Standing | '';
  /** A council's id, or {@link NO_COUNCIL}. */
  council: string;
  /** What a building is called. */
  building: string;
}

export const NO_FILTER: Filter = { standing: '', council: '', building: '' };
/** In place of a council: none is decided. No id is so short. */
export const NO_COUNCIL = 'none';

const councilOf = ({ council_id: id }: RollRow): string => id ?? NO_COUNCIL;

/** Whether somebody is shown. */
export const isShown = (row: RollRow, { standing, council, building }: Filter): boolean =>
  (standing === '' || standingOf(row) === standing) &&
  (council === '' || councilOf(row) === council) &&
  (building === '' || row.housing_name === building);

/** In the order of {@link STANDINGS}, then by home. */
export const inOrder = (rows: readonly RollRow[]): RollRow[] =>
  rows.toSorted(
    (one, other) =>
      STANDINGS.indexOf(standingOf(one)) - STANDINGS.indexOf(standingOf(other)) ||
      one.housing_name.localeCompare(other.housing_name, 'ja') ||
      one.unit_name.localeCompare(other.unit_name, 'ja', { numeric: true }),
  );

/** What can be chosen, with how many residents it has. */
export interface Choice {
  value: string;
  label: string;
  count: number;
}

const choices = (pairs: readonly [value: string, label: string][]): Choice[] => {
  const found = new Map<string, Choice>();
  for (const [value, label] of pairs) {
    const count = (found.get(value)?.count ?? 0) + 1;
    found.set(value, { value, label, count });
  }
  return [...found.values()].toSorted((one, other) => one.label.localeCompare(other.label, 'ja'));
};

/** The councils of a roll-call; `none` is what it is called where none is decided. */
export const councilsIn = (rows: readonly RollRow[], none: string): Choice[] =>
  choices(rows.map((row) => [councilOf(row), row.council_id ? (row.council_name ?? none) : none]));

/** The buildings of a roll-call. */
export const buildingsIn = (rows: readonly RollRow[]): Choice[] =>
  choices(rows.map(({ housing_name: name }) => [name, name]));

/** The activation that goes on; only one does. */
export const openOf = (all: readonly ActivationDocument[]): ActivationDocument | null =>
  all.find(({ ended_at: ended }) => !ended) ?? null;

/** Those that are over, the latest first. */
export const pastOf = (all: readonly ActivationDocument[]): ActivationDocument[] =>
  all
    .filter(({ ended_at: ended }) => ended)
    .toSorted((one, other) => Date.parse(other.declared_at) - Date.parse(one.declared_at));
