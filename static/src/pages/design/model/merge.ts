/**
 * Two people changed the same draft: what came of it, and what has to be chosen. Each text, each setting of the route
 * and each field of a stop is compared on its own, against the state that both began from. What only one of them
 * changed is taken by itself; what both changed differently is a conflict, and a person chooses.
 */
import type { Design, Stop, Text, Waypoint } from '../api';
import { indexOfStop, isStop, same, TEXT_LANGUAGES } from './design';
import { mergeOrder, type OrderConflict, rebuild } from './merge-order';

export type Side = 'mine' | 'theirs';

/** What both changed differently. */
export interface Conflict {
  /** Tells it from the others. */
  key: string;
  /** `order`: which points there are and in which order. `removed`: one took the stop away that the other changed. */
  kind: 'field' | 'order' | 'removed';
  /** The stop; null for the route. */
  stopId: string | null;
  /** The field, such as `story`; empty for whole stops and the order. */
  field: string;
  /** The language of a text. */
  language: keyof Text | null;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface Merged {
  design: Design;
  conflicts: readonly Conflict[];
  /** Whether anything of theirs is in it that was not in mine. */
  tookTheirs: boolean;
}

/** What was chosen, by the keys of conflicts. What is not chosen yet counts as mine. */
export type Choices = Readonly<Record<string, Side>>;

const ROUTE_TEXTS = ['title', 'summary', 'accessibility'] as const;
const ROUTE_FIELDS = [
  'languages',
  'district',
  'themes',
  'seasons',
  'hosts',
  'profile',
  'slot_min',
  'round_trip',
  'straight_home',
] as const;
const STOP_TEXTS = ['name', 'story'] as const;
const STOP_FIELDS = [
  'radius_m',
  'stay_min',
  'required',
  'evidence',
  'question',
  'photo',
  'outside_meant',
  'straight',
] as const;

/** What belongs together: a stop at another place has another address. */
const placeOf = ({ location, place, address }: Stop) => ({ location, place, address });

/** Both changes in one design, as far as they go together and as was chosen. */
export function merge(base: Design, mine: Design, theirs: Design, choices: Choices = {}): Merged {
  const conflicts: Conflict[] = [];
  const choose = (conflict: Conflict): Side => {
    conflicts.push(conflict);
    return choices[conflict.key] ?? 'mine';
  };
  const field = <T>(
    where: Pick<Conflict, 'stopId' | 'field' | 'language'>,
    values: readonly [T, T, T],
  ): T => {
    const [was, my, their] = values;
    if (same(my, their) || same(their, was)) return my;
    if (same(my, was)) return their;
    const key = [where.stopId ?? 'route', where.field, where.language ?? ''].join('/');
    const conflict = { key, kind: 'field', ...where, base: was, mine: my, theirs: their } as const;
    return choose(conflict) === 'mine' ? my : their;
  };
  const text = (stopId: string | null, name: string, values: readonly [Text, Text, Text]): Text => {
    const merged: Text = { ...values[1] };
    for (const language of TEXT_LANGUAGES) {
      const [was, my, their] = values.map((value) => value[language].trim()) as [
        string,
        string,
        string,
      ];
      const chosen = field({ stopId, field: name, language }, [was, my, their]);
      // What is being typed keeps its blanks.
      merged[language] = chosen === my ? values[1][language] : chosen;
    }
    return merged;
  };

  const design: Design = { ...mine };
  const all = [base, mine, theirs] as const;
  for (const name of ROUTE_TEXTS) {
    design[name] = text(
      null,
      name,
      pick3(all, (one) => one[name]),
    );
  }
  design.alternative = {
    step_free_route: field(
      { stopId: null, field: 'step_free_route', language: null },
      pick3(all, ({ alternative }) => alternative.step_free_route ?? null),
    ),
    desk_based: text(
      null,
      'desk_based',
      pick3(all, ({ alternative }) => alternative.desk_based),
    ),
  };
  for (const name of ROUTE_FIELDS) mergeRouteField(design, name, all, field);

  const stops = new Map<string, Stop>();
  const gone = new Set<string>();
  for (const stopId of stopIds(...all)) {
    const [was, my, their] = all.map((one) => stopOf(one, stopId)) as [Stop?, Stop?, Stop?];
    if (my && their) stops.set(stopId, mergeStop(stopId, [was ?? my, my, their], field, text));
    else if (was && (my ?? their)) {
      const rest = (my ?? their) as Stop;
      const conflict: Conflict = {
        key: `${stopId}/removed`,
        kind: 'removed',
        stopId,
        field: '',
        language: null,
        base: was,
        mine: my ?? null,
        theirs: their ?? null,
      };
      const isKept = !same(rest, was) && (choose(conflict) === 'mine' ? my : their) !== undefined;
      if (isKept) stops.set(stopId, rest);
      else gone.add(stopId);
    } else if (my ?? their) stops.set(stopId, (my ?? their) as Stop);
    else gone.add(stopId);
  }

  const asOrder = (conflict: OrderConflict): Side =>
    choose({ key: 'order', kind: 'order', stopId: null, field: '', language: null, ...conflict });
  const order = mergeOrder([base.waypoints, mine.waypoints, theirs.waypoints], asOrder);
  design.waypoints = rebuild(order, stops, gone);
  return { design, conflicts, tookTheirs: !same(design, mine) };
}

type Three<T> = readonly [T, T, T];
type Field = <T>(where: Pick<Conflict, 'stopId' | 'field' | 'language'>, values: Three<T>) => T;
type MergeText = (stopId: string, name: string, values: Three<Text>) => Text;

const pick3 = <S, T>([a, b, c]: Three<S>, read: (one: S) => T): [T, T, T] => [
  read(a),
  read(b),
  read(c),
];

function mergeRouteField(
  design: Design,
  name: (typeof ROUTE_FIELDS)[number],
  all: Three<Design>,
  field: Field,
): void {
  const value = field(
    { stopId: null, field: name, language: null },
    pick3(all, (one) => one[name]),
  );
  Object.assign(design, { [name]: value });
}

function mergeStop(stopId: string, all: Three<Stop>, field: Field, text: MergeText): Stop {
  const merged: Stop = { ...all[1] };
  const at = (name: string) => ({ stopId, field: name, language: null });
  Object.assign(merged, field(at('location'), pick3(all, placeOf)));
  for (const name of STOP_TEXTS) {
    merged[name] = text(
      stopId,
      name,
      pick3(all, (stop) => stop[name]),
    );
  }
  for (const name of STOP_FIELDS) {
    const value = field(
      at(name),
      pick3(all, (stop) => stop[name]),
    );
    Object.assign(merged, { [name]: value });
  }
  return merged;
}

const stopOf = (design: Design, stopId: string): Stop | undefined => {
  const waypoint: Waypoint | undefined = design.waypoints[indexOfStop(design, stopId)];
  return waypoint && isStop(waypoint) ? waypoint : undefined;
};

const stopIds = (...designs: Design[]): Set<string> =>
  new Set(designs.flatMap(({ waypoints }) => waypoints.filter(isStop).map((stop) => stop.stop_id)));
