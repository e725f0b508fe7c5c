/** The roll-call put together for a map: what lies at one place is drawn once. Pure. */
import type { Standing } from '../../activation/answers';
import type { Counts, RollRow } from '../../activation/types';
import type { Bbox, Position } from '../../api/types';
import { countsOf, standingOf, STANDINGS } from './roll';

/** A building, with how its residents stand. */
export interface Building {
  name: string;
  at: Position;
  counts: Counts;
  /** The first, in the order in which they need looking after, of what is known of them. */
  worst: Standing;
}

/** Where residents gather. */
export interface Place {
  name: string;
  at: Position;
  /** How many of those who gather there have arrived. */
  arrived: number;
  expected: number;
}

export interface Drawing {
  buildings: Building[];
  places: Place[];
  /** How many residents of those shown have no place on the map. */
  missing: number;
}

function grouped(
  rows: readonly RollRow[],
  key: (row: RollRow) => string | null,
): Map<string, RollRow[]> {
  const groups = new Map<string, RollRow[]>();
  for (const row of rows) {
    const name = key(row);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
}

/** What the map shows of these residents. */
export function drawing(rows: readonly RollRow[]): Drawing {
  const homes = grouped(rows, ({ home, housing_name: name }) =>
    home ? JSON.stringify([name, home]) : null,
  );
  const musters = grouped(rows, ({ muster }) =>
    muster?.location ? JSON.stringify([muster.name, muster.location]) : null,
  );
  const buildings = [...homes].map(([key, group]) => {
    const [name, at] = JSON.parse(key) as [string, Position];
    const counts = countsOf(group);
    const worst = STANDINGS.find((standing) => counts[standing] > 0) ?? 'none';
    return { name, at, counts, worst };
  });
  const places = [...musters].map(([key, group]) => {
    const [name, at] = JSON.parse(key) as [string, Position];
    const arrived = group.filter((row) => standingOf(row) === 'arrived').length;
    return { name, at, arrived, expected: group.length };
  });
  return { buildings, places, missing: rows.filter(({ home }) => !home).length };
}

/** The box around all that is drawn; null where nothing is. */
export function boxOf({ buildings, places }: Drawing): Bbox | null {
  const all = [...buildings, ...places].map(({ at }) => at);
  if (all.length === 0) return null;
  const longitudes = all.map(([longitude]) => longitude);
  const latitudes = all.map(([, latitude]) => latitude);
  return [
    Math.min(...longitudes),
    Math.min(...latitudes),
    Math.max(...longitudes),
    Math.max(...latitudes),
  ];
}
