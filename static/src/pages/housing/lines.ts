/** Homes and their councils, put together for the map: what lies at one place is drawn once. Pure. */
import type { components } from '../../api/schema';
import type { Bbox, Geometry, Position } from '../../api/types';

type Schemas = components['schemas'];

/** A home and its council. */
export type AssignmentLine = Omit<Schemas['AssignmentLine'], 'geometry'> & {
  geometry: Extract<Geometry, { type: 'LineString' | 'Point' }>;
};
/** All homes that are lived in. */
export type AssignmentLines = Omit<Schemas['AssignmentLines'], 'features'> & {
  features: AssignmentLine[];
};

/** A building in which somebody lives. */
export interface Building {
  name: string;
  at: Position;
  homes: number;
  /** How many of them belong to no council yet, or to one that is no more. */
  open: number;
}

/** From a building to where a council meets. */
export interface Way {
  housing: string;
  council: string;
  from: Position;
  to: Position;
  homes: number;
}

/** What is drawn. */
export interface Drawing {
  buildings: Building[];
  ways: Way[];
}

const endsOf = ({ geometry }: AssignmentLine): { from: Position; to: Position | null } | null => {
  const [from, to] = geometry.type === 'Point' ? [geometry.coordinates] : [...geometry.coordinates];
  return from ? { from, to: to ?? null } : null;
};

/** Puts the homes of a building together, and its lines to one council. */
export function drawing(lines: readonly AssignmentLine[]): Drawing {
  const buildings = new Map<string, Building>();
  const ways = new Map<string, Way>();
  for (const line of lines) {
    const ends = endsOf(line);
    if (!ends) continue;
    const { from, to } = ends;
    const { housing_name: name, assignment } = line.properties;
    const place = JSON.stringify([name, from]);
    const building = buildings.get(place) ?? { name, at: from, homes: 0, open: 0 };
    building.homes += 1;
    if (assignment.state !== 'decided') building.open += 1;
    buildings.set(place, building);
    if (!to || !assignment.council_name) continue;
    const key = JSON.stringify([place, assignment.council_id]);
    const council = assignment.council_name;
    const way = ways.get(key) ?? { housing: name, council, from, to, homes: 0 };
    way.homes += 1;
    ways.set(key, way);
  }
  return { buildings: [...buildings.values()], ways: [...ways.values()] };
}

/** The box around all that is drawn; null where nothing is. */
export function boxOf({ buildings, ways }: Drawing): Bbox | null {
  const all = [...buildings.map(({ at }) => at), ...ways.map(({ to }) => to)];
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
