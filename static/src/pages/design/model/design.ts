/** Designs of routes as values: what they are made of, and what can be read off them. Nothing here changes a design. */
import type { Position } from '../../../api/types';
import type { Control, Design, Evidence, Language, Stop, Text, Waypoint } from '../api';

/** The languages in which texts can be promised, in the order of the tabs. */
export const TEXT_LANGUAGES: readonly Language[] = ['ja', 'en', 'easy'];
/** What can show a visit, from the strictest to the most trusting. */
export const EVIDENCE: readonly Evidence[] = ['qr', 'gps', 'answer', 'photo', 'trainer', 'self'];
export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;
/** As the service has it. */
export const MOST_WAYPOINTS = 49;
export const MOST_STOPS = 30;
export const RADIUS_M = { least: 10, most: 300 } as const;
export const STAY_MIN = { least: 0, most: 180 } as const;
export const SLOT_MIN = { least: 15, most: 480 } as const;

export const emptyText = (): Text => ({ ja: '', en: '', easy: '' });

/** A text in a language, or in the next best one, as the service chooses it. */
export function bestText(text: Text, language: Language): string {
  const order: Record<Language, readonly Language[]> = {
    ja: ['ja', 'easy', 'en'],
    en: ['en', 'ja', 'easy'],
    easy: ['easy', 'ja', 'en'],
  };
  return order[language].map((one) => text[one]).find((part) => part.trim() !== '') ?? '';
}

export const isEmptyText = (text: Text): boolean =>
  TEXT_LANGUAGES.every((language) => text[language].trim() === '');

/** An empty design: Japanese alone, two hours. */
export const emptyDesign = (): Design => ({
  title: emptyText(),
  summary: emptyText(),
  languages: ['ja'],
  district: '',
  themes: [],
  seasons: [],
  accessibility: emptyText(),
  hosts: [],
  profile: 'walk',
  slot_min: 120,
  waypoints: [],
  round_trip: false,
  straight_home: false,
  alternative: { step_free_route: null, desk_based: emptyText() },
});

/** What is known of a place that a stop is made of. */
export interface Picked {
  location: Position;
  name?: string;
  nameEn?: string;
  place?: string | null;
  address?: string;
}

/** A new stop. Its id is made here and stays, wherever the stop goes. */
export const newStop = (picked: Picked, stopId: string): Stop => ({
  kind: 'stop',
  stop_id: stopId,
  name: { ...emptyText(), ja: picked.name ?? '', en: picked.nameEn ?? '' },
  location: picked.location,
  place: picked.place ?? null,
  address: picked.address ?? '',
  radius_m: 50,
  stay_min: 5,
  required: true,
  evidence: ['gps', 'qr', 'trainer'],
  story: emptyText(),
  question: null,
  photo: null,
  outside_meant: false,
  straight: false,
});

export const newControl = (location: Position): Control => ({
  kind: 'control',
  location,
  straight: false,
});

export const isStop = (waypoint: Waypoint): waypoint is Stop => waypoint.kind === 'stop';

export const stopsOf = (design: Design): Stop[] => design.waypoints.filter(isStop);

/** The numbers that stops bear, by the places of waypoints; control points bear none. */
export function numbersOf(waypoints: readonly Waypoint[]): (number | null)[] {
  let number = 0;
  return waypoints.map((waypoint) => (isStop(waypoint) ? (number += 1) : null));
}

/** What tells a waypoint from the others: a stop's id, a control point's place in the order. */
export const keyOf = (waypoint: Waypoint, index: number): string =>
  isStop(waypoint) ? waypoint.stop_id : `control-${index}`;

export const indexOfStop = (design: Design, stopId: string): number =>
  design.waypoints.findIndex((waypoint) => isStop(waypoint) && waypoint.stop_id === stopId);

/** The points of the way, the start once more at the end of a round trip. */
export function pointsOf({ waypoints, round_trip: isRound }: Design): Position[] {
  const points = waypoints.map(({ location }) => location);
  const [start] = points;
  return isRound && start && points.length > 1 ? [...points, start] : points;
}

/** For each leg between the points, whether it is a straight line by wish. */
export function straightLegs({ waypoints, round_trip: isRound, straight_home: home }: Design) {
  const legs = waypoints.slice(1).map(({ straight }) => straight);
  return isRound && waypoints.length > 1 ? [...legs, home] : legs;
}

/** Minutes that one stays at each point of the way. */
export function staysOf(design: Design): number[] {
  const stays = design.waypoints.map((waypoint) => (isStop(waypoint) ? waypoint.stay_min : 0));
  return stays.length < pointsOf(design).length ? [...stays, 0] : stays;
}

/** Minutes that one stays in all. */
export const stayOf = (design: Design): number =>
  staysOf(design).reduce((sum, minutes) => sum + minutes, 0);

/** Whether what leads the way, or how long it takes, is the same: then the line is too. */
export const hasSameWay = (a: Design, b: Design): boolean =>
  a === b ||
  (a.profile === b.profile &&
    same(pointsOf(a), pointsOf(b)) &&
    same(straightLegs(a), straightLegs(b)) &&
    same(staysOf(a), staysOf(b)));

/** Whether two values of JSON are the same. Objects here have their keys in one order. */
export const same = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

/** Languages, seasons and evidence are sets: their order says nothing. */
const SETS: readonly string[] = ['languages', 'seasons', 'evidence'];

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [
        key,
        SETS.includes(key) && Array.isArray(part)
          ? [...(part as string[])].sort()
          : canonical(part),
      ]),
  );
}

/** A position to the decimetre, as it is stored. */
export const rounded = ([lon, lat]: Position): Position => [
  Math.round(lon * 1e6) / 1e6,
  Math.round(lat * 1e6) / 1e6,
];

/** A position moved by metres to the east and to the north. */
export function nudged([lon, lat]: Position, east: number, north: number): Position {
  const perDegree = 111_320;
  const scale = Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return rounded([lon + east / (perDegree * scale), lat + north / perDegree]);
}

/** A number of a form as a whole number within its bounds. */
export const within = (value: number, { least, most }: { least: number; most: number }): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : least;
