import { expect, test } from 'vitest';
import type { Shape } from '../../geo/shape';
import {
  begin,
  choose,
  clear,
  insert,
  isDrawing,
  move,
  remove,
  ringOf,
  turnTo,
  undo,
} from './area-state';

const SHAPE: Shape = [
  [
    [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ],
    [
      [1, 1],
      [2, 1],
      [2, 2],
    ],
  ],
];

test('each change can be taken back, in the ring in which it was made', () => {
  const start = begin(SHAPE);
  const outline = move(start, 2, [5, 5]);
  const hole = insert(turnTo(outline, { polygon: 0, ring: 1 }), 3, [1, 2]);
  expect(hole.chosen).toBe(3);
  expect(ringOf(hole)).toHaveLength(4);
  expect(hole.shape[0]![0]).toEqual(outline.shape[0]![0]);
  const back = undo(undo(turnTo(hole, { polygon: 0, ring: 0 })));
  expect(back.shape).toEqual(SHAPE);
  expect(back.edited).toEqual({ polygon: 0, ring: 0 });
  expect(undo(back)).toBe(back);
});

test('what changes nothing needs no way back', () => {
  const start = begin(SHAPE);
  expect(move(start, 0, [0, 0]).past).toEqual([]);
  expect(choose(start, 1).past).toEqual([]);
});

test('a ring is drawn anew', () => {
  const empty = clear(begin(SHAPE));
  expect(isDrawing(empty)).toBe(true);
  const drawn = [
    [0, 0],
    [1, 0],
    [1, 1],
  ].reduce((state, at, index) => insert(state, index, at as [number, number]), empty);
  expect(isDrawing(drawn)).toBe(false);
  expect(drawn.shape[0]![1]).toEqual(SHAPE[0]![1]);
  expect(undo(undo(undo(undo(drawn)))).shape).toEqual(SHAPE);
  // Nothing at all is the beginning of an outline.
  expect(insert(begin([]), 0, [1, 2]).shape).toEqual([[[[1, 2]]]]);
});

test('a corner that is in hand exists', () => {
  const start = choose(begin(SHAPE), 3);
  expect(remove(start, 3).chosen).toBe(2);
  expect(remove(start, 0).chosen).toBe(0);
  expect(undo(insert(start, 4, [0, 2])).chosen).toBe(3);
});
