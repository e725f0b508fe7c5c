/** The way of a design, whoever laid it: the service with the draft, the network on request, or a ruler. */
import type { Position } from '../../../api/types';
import { distance } from '../../../geo/measure';
import type { Design, Line, PathFeature } from '../api';
import { pointsOf, stayOf } from './design';

export interface WayLeg {
  first: number;
  last: number;
  distance_m: number;
  stairs: number;
  crossings: number;
  lifts: number;
  /** By wish, or because the network is too far. */
  isStraight: boolean;
}

export interface Way {
  coordinates: readonly Position[];
  distance_m: number;
  /** 表示規約式, in seconds, without stays. */
  duration_s: number;
  /** With crossings, stairs, lifts and stays, in seconds; null when nobody has asked the network. */
  estimated_duration_s: number | null;
  stairs: number;
  crossings: number;
  lifts: number;
  stairs_m: number;
  steep_m: number;
  legs: readonly WayLeg[];
  attributions: readonly string[];
  sample: boolean;
  /** Whether it is drawn with a ruler while the network is asked, or cannot be. */
  isGuess: boolean;
}

const METRES_PER_MINUTE = 80;

/** 表示規約式: 80 metres are a minute, and each minute begun counts; in seconds. */
export const conventionSeconds = (metres: number): number =>
  Math.ceil(Math.round(metres * 1000) / 1000 / METRES_PER_MINUTE) * 60;

interface LegLike {
  first_coordinate: number;
  last_coordinate: number;
  distance_m: number;
  stairs: number;
  crossings: number;
  lifts: number;
  straight: boolean;
}

const leg = (one: LegLike): WayLeg => ({
  first: one.first_coordinate,
  last: one.last_coordinate,
  distance_m: one.distance_m,
  stairs: one.stairs,
  crossings: one.crossings,
  lifts: one.lifts,
  isStraight: one.straight,
});

/** The line that came with a draft. */
export const wayOfLine = (line: Line): Way => ({
  coordinates: line.coordinates,
  distance_m: line.distance_m,
  duration_s: line.duration_s,
  estimated_duration_s: line.estimated_duration_s,
  stairs: line.stairs,
  crossings: line.crossings,
  lifts: line.lifts,
  stairs_m: line.stairs_m,
  steep_m: line.steep_m,
  legs: line.legs.map(leg),
  attributions: line.attributions,
  sample: line.sample,
  isGuess: false,
});

/** The network's answer. */
export const wayOfPath = ({ geometry, properties: path }: PathFeature): Way => ({
  coordinates: geometry.coordinates,
  distance_m: path.distance_m,
  duration_s: path.duration_s,
  estimated_duration_s: path.estimated_duration_s,
  stairs: path.stairs,
  crossings: path.crossings,
  lifts: path.lifts,
  stairs_m: path.stairs_m,
  steep_m: path.steep_m,
  legs: path.legs.map(leg),
  attributions: path.sources.map(({ attribution }) => attribution),
  sample: path.sources.some(({ sample }) => sample),
  isGuess: false,
});

/** Straight lines from point to point; null when there are fewer than two. */
export function straightWay(design: Design): Way | null {
  const points = pointsOf(design);
  if (points.length < 2) return null;
  const legs = points.slice(1).map((point, index): WayLeg => {
    const before = points[index] ?? point;
    return {
      first: index,
      last: index + 1,
      distance_m: distance(before, point),
      stairs: 0,
      crossings: 0,
      lifts: 0,
      isStraight: true,
    };
  });
  const metres = legs.reduce((sum, { distance_m: one }) => sum + one, 0);
  return {
    coordinates: points,
    distance_m: metres,
    duration_s: conventionSeconds(metres),
    estimated_duration_s: null,
    stairs: 0,
    crossings: 0,
    lifts: 0,
    stairs_m: 0,
    steep_m: 0,
    legs,
    attributions: [],
    sample: false,
    isGuess: true,
  };
}

/**
 * The last way with straight lines where it no longer fits: while a point is dragged, the legs to and from it are a
 * ruler's and the others stay as they were.
 */
export function previewWay(last: Laid | null, design: Design): Way | null {
  const guess = straightWay(design);
  if (!guess || last?.way.legs.length !== guess.legs.length) return guess;
  const points = guess.coordinates;
  const coordinates: Position[] = [];
  const legs = guess.legs.map((ruled, index): WayLeg => {
    const known = last.way.legs[index] ?? ruled;
    const piece = last.way.coordinates.slice(known.first, known.last + 1);
    const [from, to] = [points[index], points[index + 1]];
    const isThere = near(last.points[index], from) && near(last.points[index + 1], to);
    const line = isThere ? piece : [from ?? [0, 0], to ?? [0, 0]];
    const first = coordinates.length;
    coordinates.push(...line);
    return { ...(isThere ? known : ruled), first, last: coordinates.length - 1 };
  });
  const metres = legs.reduce((sum, { distance_m: one }) => sum + one, 0);
  return { ...guess, coordinates, legs, distance_m: metres, duration_s: conventionSeconds(metres) };
}

/** A way with the points that it was laid through. */
export interface Laid {
  way: Way;
  points: readonly Position[];
}

/** So far a point may be dragged before its legs are a ruler's, in metres. */
const NEAR_M = 25;

const near = (a: Position | undefined, b: Position | undefined): boolean =>
  a !== undefined && b !== undefined && distance(a, b) < NEAR_M;

/** The times of a walk, in minutes. */
export interface Minutes {
  /** 表示規約式, without stays. */
  convention: number;
  /** With crossings, stairs and stays; null when nobody has asked the network. */
  estimate: number | null;
  /** The longer one with stays: what has to fit into the training, as the checklist counts. */
  longest: number;
}

export function minutesOf(way: Way, design: Design): Minutes {
  const convention = way.duration_s / 60;
  const estimate =
    way.estimated_duration_s === null ? null : Math.ceil(way.estimated_duration_s / 60);
  return { convention, estimate, longest: Math.max(convention + stayOf(design), estimate ?? 0) };
}
