/**
 * All that can be done to a design, as one pure function. A command makes a new design of an old one;
 * what it does not touch stays the same object, so that a cheap comparison says what changed.
 */
import type { Position } from '../../../api/types';
import type { Design, Stop, Waypoint } from '../api';
import {
  emptyText,
  isStop,
  MOST_STOPS,
  MOST_WAYPOINTS,
  newControl,
  rounded,
  stopsOf,
} from './design';

export type Command =
  /** A point before the one at `index`; at the end when there is none. */
  | { do: 'insert'; index: number; waypoint: Waypoint }
  | { do: 'remove'; index: number }
  /** A point takes the place of another; those between move up. */
  | { do: 'move'; from: number; to: number }
  | { do: 'locate'; index: number; location: Position }
  /** Leg `leg` leads from point `leg` to the next; the last of a round trip leads home. */
  | { do: 'straight'; leg: number; straight: boolean }
  | { do: 'reverse' }
  | { do: 'round_trip'; value: boolean }
  /** The stops in a new order, by their places in the old one. Control points belong to the old order and go. */
  | { do: 'order'; order: readonly number[] }
  | { do: 'to_control'; index: number }
  | { do: 'to_stop'; index: number; stop: Stop }
  /** It is another place than the stop of that id was: it becomes a stop of its own. */
  | { do: 'renew'; index: number; stopId: string }
  | { do: 'stop'; stopId: string; patch: Partial<Omit<Stop, 'kind' | 'stop_id'>> }
  | { do: 'route'; patch: Partial<Omit<Design, 'waypoints'>> }
  /** Something else altogether, such as an import or what a merge came to. */
  | { do: 'replace'; design: Design };

/** The design after a command. A command that cannot be done leaves it as it is. */
export function apply(design: Design, command: Command): Design {
  const { waypoints } = design;
  const points = (next: Waypoint[]): Design => ({ ...design, waypoints: next });
  switch (command.do) {
    case 'insert':
      return mayAdd(design, command.waypoint) ? points(inserted(waypoints, command)) : design;
    case 'remove':
      return waypoints[command.index]
        ? points(waypoints.filter((_, index) => index !== command.index))
        : design;
    case 'move':
      return move(design, command.from, command.to);
    case 'locate':
      return locate(design, command.index, command.location);
    case 'straight':
      return setStraight(design, command.leg, command.straight);
    case 'reverse':
      return reverse(design);
    case 'round_trip':
      return design.round_trip === command.value
        ? design
        : { ...design, round_trip: command.value };
    case 'order':
      return order(design, command.order);
    case 'to_control':
      return replaceAt(design, command.index, ({ location, straight }) => ({
        ...newControl(location),
        straight,
      }));
    case 'to_stop':
      return mayAdd(design, command.stop)
        ? replaceAt(design, command.index, ({ straight }) => ({ ...command.stop, straight }))
        : design;
    case 'renew':
      return replaceAt(design, command.index, (waypoint) =>
        isStop(waypoint) ? { ...waypoint, stop_id: command.stopId } : waypoint,
      );
    case 'stop':
      return points(
        waypoints.map((waypoint) =>
          isStop(waypoint) && waypoint.stop_id === command.stopId
            ? { ...waypoint, ...command.patch }
            : waypoint,
        ),
      );
    case 'route':
      return { ...design, ...command.patch };
    case 'replace':
      return command.design;
  }
}

/** Whether there is room for one more point of that kind. */
export function mayAdd(design: Design, { kind }: Pick<Waypoint, 'kind'>): boolean {
  const isFull = kind === 'stop' && stopsOf(design).length >= MOST_STOPS;
  return design.waypoints.length < MOST_WAYPOINTS && !isFull;
}

function inserted(waypoints: readonly Waypoint[], command: { index: number; waypoint: Waypoint }) {
  const at = Math.min(Math.max(0, command.index), waypoints.length);
  return [...waypoints.slice(0, at), command.waypoint, ...waypoints.slice(at)];
}

function replaceAt(design: Design, at: number, make: (old: Waypoint) => Waypoint): Design {
  if (!design.waypoints[at]) return design;
  const waypoints = design.waypoints.map((old, index) => (index === at ? make(old) : old));
  return { ...design, waypoints };
}

function locate(design: Design, index: number, location: Position): Design {
  const at = rounded(location);
  return replaceAt(design, index, (waypoint) => ({ ...waypoint, location: at }));
}

function move(design: Design, from: number, to: number): Design {
  const { waypoints } = design;
  const moved = waypoints[from];
  if (!moved || !waypoints[to] || from === to) return design;
  const rest = waypoints.filter((_, index) => index !== from);
  return { ...design, waypoints: [...rest.slice(0, to), moved, ...rest.slice(to)] };
}

function setStraight(design: Design, leg: number, straight: boolean): Design {
  if (leg === design.waypoints.length - 1 && design.round_trip) {
    return { ...design, straight_home: straight };
  }
  return replaceAt(design, leg + 1, (waypoint) => ({ ...waypoint, straight }));
}

/**
 * The other way round. A leg that was straight stays so. A round trip keeps its start; what the first point says of
 * the leg that leads to it means nothing, and stays where it is, so that reversing twice changes nothing.
 */
function reverse(design: Design): Design {
  const { waypoints, round_trip: isRound } = design;
  const [first, ...rest] = waypoints;
  if (!first || rest.length === 0) return design;
  const legs = [...rest.map(({ straight }) => straight), design.straight_home];
  const points = isRound ? [first, ...rest.reverse()] : [...waypoints].reverse();
  const turned = isRound ? legs.reverse() : [...legs.slice(0, -1).reverse(), design.straight_home];
  const next = points.map((waypoint, index) => ({
    ...waypoint,
    straight: index === 0 ? first.straight : (turned[index - 1] ?? false),
  }));
  return { ...design, waypoints: next, straight_home: turned.at(-1) ?? false };
}

function order(design: Design, places: readonly number[]): Design {
  const stops = stopsOf(design);
  const isOrder =
    places.length === stops.length &&
    new Set(places).size === stops.length &&
    places.every((place) => stops[place]);
  if (!isOrder) return design;
  const waypoints = places.flatMap((place) => {
    const stop = stops[place];
    return stop ? [{ ...stop, straight: false }] : [];
  });
  return { ...design, waypoints, straight_home: false };
}

/** A design as it can be sent: lines that nobody has filled in yet stay on this device. */
export function sendable(design: Design): Design {
  const filled = (line: string): boolean => line.trim() !== '';
  return {
    ...design,
    themes: design.themes.filter(filled),
    hosts: design.hosts.filter(({ name }) => filled(name)),
    waypoints: design.waypoints.map((waypoint) =>
      isStop(waypoint) && waypoint.question
        ? {
            ...waypoint,
            question: { ...waypoint.question, answers: waypoint.question.answers.filter(filled) },
          }
        : waypoint,
    ),
  };
}

/** An empty question, as it begins. */
export const newQuestion = (): NonNullable<Stop['question']> => ({
  text: emptyText(),
  answers: [],
});
