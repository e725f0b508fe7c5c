/**
 * Undo and redo. Designs are values, so that the past is a list of them: undoing is going back to one, and cannot go
 * wrong. What follows from one gesture, such as the letters of a word, is one step.
 */
import type { Design } from '../api';
import { apply, type Command } from './commands';

/** The steps that can be taken back. */
export const MOST_STEPS = 200;
/** Whoever pauses that long begins a new step, in milliseconds. */
export const PAUSE_MS = 1_500;

export interface History {
  readonly past: readonly Design[];
  readonly present: Design;
  readonly future: readonly Design[];
  /** The gesture that the last step belongs to, and when it went on; null when it has ended. */
  readonly open: { readonly gesture: string; readonly at: number } | null;
}

export const begin = (present: Design): History => ({ past: [], present, future: [], open: null });

/** A gesture: a name that its commands share, and the moment in milliseconds. */
export interface Gesture {
  name: string;
  at: number;
}

/** Does something to the present. Doing something new forgets what was undone. */
export function perform(history: History, command: Command, gesture?: Gesture): History {
  const present = apply(history.present, command);
  if (present === history.present) return history;
  const open = gesture ? { gesture: gesture.name, at: gesture.at } : null;
  const goesOn =
    gesture !== undefined &&
    history.open?.gesture === gesture.name &&
    gesture.at - history.open.at < PAUSE_MS &&
    history.past.length > 0;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present, future: [], open };
}

/** Ends a gesture: what comes is a step of its own. */
export const seal = (history: History): History =>
  history.open ? { ...history, open: null } : history;

export const canUndo = ({ past }: History): boolean => past.length > 0;
export const canRedo = ({ future }: History): boolean => future.length > 0;

export function undo(history: History): History {
  const present = history.past.at(-1);
  if (!present) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present, future, open: null };
}

export function redo(history: History): History {
  const [present, ...future] = history.future;
  if (!present) return history;
  return { past: [...history.past, history.present], present, future, open: null };
}
