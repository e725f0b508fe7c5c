/** An area while it is edited: the shape, which ring and corner are in hand, and the way back. No HTML. */
import type { Position } from '../../api/types';
import {
  FEWEST_CORNERS,
  inserted,
  isSameShape,
  moved,
  removed,
  type Ring,
  ringAt,
  type RingPlace,
  type Shape,
  withRing,
} from '../../geo/shape';

export interface AreaState {
  readonly shape: Shape;
  /** The ring that is edited; all others stay as they are. */
  readonly edited: RingPlace;
  /** The corner in hand, counted from 0. */
  readonly chosen: number | null;
  /** The states before, the latest last. */
  readonly past: readonly { readonly shape: Shape; readonly edited: RingPlace }[];
}

const FIRST: RingPlace = { polygon: 0, ring: 0 };
const LONGEST_PAST = 200;

export const begin = (shape: Shape): AreaState => ({
  shape,
  edited: FIRST,
  chosen: null,
  past: [],
});

export const ringOf = ({ shape, edited }: AreaState): Ring => ringAt(shape, edited);

/** Whether the ring still needs corners. */
export const isDrawing = (state: AreaState): boolean => ringOf(state).length < FEWEST_CORNERS;

function change(state: AreaState, ring: Ring, chosen: number | null): AreaState {
  const shape = withRing(state.shape, state.edited, ring);
  if (isSameShape(shape, state.shape)) return { ...state, chosen };
  const past = [...state.past, { shape: state.shape, edited: state.edited }].slice(-LONGEST_PAST);
  return { ...state, shape, chosen, past };
}

export const move = (state: AreaState, corner: number, to: Position): AreaState =>
  change(state, moved(ringOf(state), corner, to), corner);

/** Puts a new corner in; it is then the one in hand. */
export const insert = (state: AreaState, corner: number, at: Position): AreaState =>
  change(state, inserted(ringOf(state), corner, at), corner);

/** Takes a corner away; the one before it is then in hand. */
export function remove(state: AreaState, corner: number): AreaState {
  const ring = removed(ringOf(state), corner);
  return change(state, ring, ring.length === 0 ? null : Math.max(0, corner - 1));
}

/** Takes all corners of the ring away, to draw it anew. */
export const clear = (state: AreaState): AreaState => change(state, [], null);

export const choose = (state: AreaState, corner: number | null): AreaState => ({
  ...state,
  chosen: corner,
});

/** Takes another ring in hand. */
export const turnTo = (state: AreaState, edited: RingPlace): AreaState => ({
  ...state,
  edited,
  chosen: null,
});

/** Goes back to the state before. */
export function undo(state: AreaState): AreaState {
  const before = state.past.at(-1);
  if (!before) return state;
  const last = ringAt(before.shape, before.edited).length - 1;
  const chosen = state.chosen === null || last < 0 ? null : Math.min(state.chosen, last);
  return { ...before, chosen, past: state.past.slice(0, -1) };
}
