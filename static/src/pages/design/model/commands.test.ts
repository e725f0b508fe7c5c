import { expect, test } from 'vitest';
import type { Design } from '../api';
import { apply, type Command, sendable } from './commands';
import { emptyDesign, MOST_STOPS, MOST_WAYPOINTS, newControl, straightLegs } from './design';
import { chances, design, stop, written } from './fixtures';
import {
  begin,
  canRedo,
  canUndo,
  type History,
  MOST_STEPS,
  PAUSE_MS,
  perform,
  redo,
  seal,
  undo,
} from './history';

test('points are added, moved and taken away', () => {
  const abc = design('abc');
  expect(written(apply(abc, { do: 'insert', index: 1, waypoint: stop('x') }))).toBe('axbc');
  expect(written(apply(abc, { do: 'insert', index: 99, waypoint: newControl([0, 0]) }))).toBe(
    'abc.',
  );
  expect(written(apply(abc, { do: 'move', from: 0, to: 2 }))).toBe('bca');
  expect(written(apply(abc, { do: 'move', from: 2, to: 0 }))).toBe('cab');
  expect(written(apply(abc, { do: 'remove', index: 1 }))).toBe('ac');
});

test('what cannot be done changes nothing', () => {
  const abc = design('abc');
  const impossible: Command[] = [
    { do: 'remove', index: 7 },
    { do: 'move', from: 0, to: 9 },
    { do: 'move', from: 1, to: 1 },
    { do: 'locate', index: -1, location: [0, 0] },
    { do: 'order', order: [0, 0, 1] },
    { do: 'order', order: [0, 1] },
    { do: 'round_trip', value: false },
  ];
  for (const command of impossible) expect(apply(abc, command), command.do).toBe(abc);
});

test('there is room for so many stops and points, and no more', () => {
  const stops = Array.from({ length: MOST_STOPS }, (_, index) => stop(`s${index}`));
  const full: Design = { ...emptyDesign(), waypoints: stops };
  expect(apply(full, { do: 'insert', index: 0, waypoint: stop('x') })).toBe(full);
  const more = apply(full, { do: 'insert', index: 0, waypoint: newControl([0, 0]) });
  expect(more.waypoints).toHaveLength(MOST_STOPS + 1);
  const points = Array.from({ length: MOST_WAYPOINTS }, () => newControl([0, 0]));
  const crowded: Design = { ...emptyDesign(), waypoints: points };
  expect(apply(crowded, { do: 'insert', index: 0, waypoint: newControl([0, 0]) })).toBe(crowded);
});

test('a leg that is straight stays straight the other way round', () => {
  const one = apply(design('abc'), { do: 'straight', leg: 0, straight: true });
  expect(straightLegs(one)).toEqual([true, false]);
  const back = apply(one, { do: 'reverse' });
  expect(written(back)).toBe('cba');
  expect(straightLegs(back)).toEqual([false, true]);
});

test('a round trip the other way round begins where it began', () => {
  let round = apply(design('abcd'), { do: 'round_trip', value: true });
  round = apply(round, { do: 'straight', leg: 3, straight: true });
  expect(round.straight_home).toBe(true);
  const back = apply(round, { do: 'reverse' });
  expect(written(back)).toBe('adcb');
  expect(straightLegs(back)).toEqual([true, false, false, false]);
});

test.each(['ab', 'a.b.c', 'abcde'])('reversing %s twice changes nothing', (points) => {
  for (const round_trip of [false, true]) {
    const before = apply(design(points, { round_trip }), {
      do: 'straight',
      leg: 1,
      straight: true,
    });
    const after = apply(apply(before, { do: 'reverse' }), { do: 'reverse' });
    expect(after).toEqual(before);
  }
});

test('the best order keeps stops and drops what led the old way', () => {
  const ordered = apply(design('a.bc'), { do: 'order', order: [0, 2, 1] });
  expect(written(ordered)).toBe('acb');
});

test('a stop becomes another place, a via point and a stop again', () => {
  const abc = design('abc');
  expect(written(apply(abc, { do: 'renew', index: 1, stopId: 'z' }))).toBe('azc');
  const via = apply(abc, { do: 'to_control', index: 1 });
  expect(written(via)).toBe('a.c');
  expect(via.waypoints[1]!.location).toEqual(abc.waypoints[1]!.location);
  expect(written(apply(via, { do: 'to_stop', index: 1, stop: stop('y') }))).toBe('ayc');
});

test('lines that nobody has filled in are not sent', () => {
  const typing: Design = {
    ...design(''),
    themes: ['防災', ' '],
    hosts: [{ kind: 'guide', name: '', place: null }],
    waypoints: [
      stop('a', { question: { text: { ja: '?', en: '', easy: '' }, answers: ['', '坂'] } }),
    ],
  };
  const sent = sendable(typing);
  expect(sent.themes).toEqual(['防災']);
  expect(sent.hosts).toEqual([]);
  expect(sent.waypoints[0]).toMatchObject({ question: { answers: ['坂'] } });
});

/** Any command, by chance; many of them cannot be done. */
function anyCommand(chance: () => number, count: number): Command {
  const place = (): number => Math.floor(chance() * (count + 1));
  const commands: (() => Command)[] = [
    () => ({ do: 'insert', index: place(), waypoint: stop(`n${chance()}`) }),
    () => ({ do: 'insert', index: place(), waypoint: newControl([139 + chance(), 35]) }),
    () => ({ do: 'remove', index: place() }),
    () => ({ do: 'move', from: place(), to: place() }),
    () => ({ do: 'locate', index: place(), location: [139 + chance(), 35] }),
    () => ({ do: 'straight', leg: place(), straight: chance() < 0.5 }),
    () => ({ do: 'reverse' }),
    () => ({ do: 'round_trip', value: chance() < 0.5 }),
    () => ({ do: 'to_control', index: place() }),
    () => ({ do: 'stop', stopId: 'a', patch: { stay_min: Math.floor(chance() * 100) } }),
    () => ({ do: 'route', patch: { slot_min: 15 + Math.floor(chance() * 400) } }),
  ];
  return commands[Math.floor(chance() * commands.length)]!();
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('what was done is undone and done again (%i)', (seed) => {
  const chance = chances(seed);
  let history = begin(design('a.bc'));
  for (let step = 0; step < 60; step += 1) {
    const before = history.present;
    history = perform(history, anyCommand(chance, before.waypoints.length));
    const after = history.present;
    if (after === before) continue;
    const undone = undo(history);
    expect(undone.present).toBe(before);
    expect(redo(undone).present).toBe(after);
  }
  let all: History = history;
  while (canUndo(all)) all = undo(all);
  expect(all.present).toEqual(design('a.bc'));
  while (canRedo(all)) all = redo(all);
  expect(all.present).toBe(history.present);
});

test('what is typed without a pause is one step', () => {
  const type = (history: History, ja: string, at: number): History =>
    perform(
      history,
      { do: 'route', patch: { title: { ja, en: '', easy: '' } } },
      { name: 'title', at },
    );
  let history = begin(design('a'));
  history = type(history, '坂', 0);
  history = type(history, '坂の', 500);
  expect(history.past).toHaveLength(1);
  history = type(history, '坂の上', 500 + PAUSE_MS);
  expect(history.past).toHaveLength(2);
  history = type(seal(history), '坂の上へ', 600 + PAUSE_MS);
  expect(history.past).toHaveLength(3);
  expect(undo(history).present.title.ja).toBe('坂の上');
});

test('doing something new forgets what was undone', () => {
  let history = perform(begin(design('abc')), { do: 'remove', index: 0 });
  history = perform(undo(history), { do: 'reverse' });
  expect(canRedo(history)).toBe(false);
  expect(written(history.present)).toBe('cba');
});

test('the past does not grow for ever', () => {
  let history = begin(design('ab'));
  for (let step = 0; step < MOST_STEPS + 20; step += 1)
    history = perform(history, { do: 'reverse' });
  expect(history.past).toHaveLength(MOST_STEPS);
});
