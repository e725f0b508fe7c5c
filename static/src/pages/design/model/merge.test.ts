import { expect, test } from 'vitest';
import type { Design, Stop } from '../api';
import { apply, type Command } from './commands';
import { isStop, newControl, same } from './design';
import { chances, design, stop, written } from './fixtures';
import { merge } from './merge';

const base = design('abc');
const after = (...commands: Command[]): Design => commands.reduce(apply, base);
const change = (stopId: string, patch: Partial<Stop>): Command => ({ do: 'stop', stopId, patch });
const titled = (ja: string): Command => ({
  do: 'route',
  patch: { title: { ja, en: '', easy: '' } },
});
const stopOf = (one: Design, id: string): Stop =>
  one.waypoints.filter(isStop).find(({ stop_id: stopId }) => stopId === id)!;

test('what only one of them changed is taken by itself', () => {
  const mine = after(titled('坂'), change('a', { stay_min: 9 }));
  const theirs = after(change('a', { radius_m: 80 }), change('b', { required: false }));
  const { design: merged, conflicts, tookTheirs } = merge(base, mine, theirs);
  expect(conflicts).toEqual([]);
  expect(tookTheirs).toBe(true);
  expect(merged.title.ja).toBe('坂');
  expect(stopOf(merged, 'a')).toMatchObject({ stay_min: 9, radius_m: 80 });
  expect(stopOf(merged, 'b').required).toBe(false);
});

test('one language of a text is not the other', () => {
  const name = { ja: 'a', en: '', easy: '' };
  const mine = after(change('a', { name: { ...name, en: 'Hill' } }));
  const theirs = after(change('a', { name: { ...name, easy: 'さか' } }));
  const { design: merged, conflicts } = merge(base, mine, theirs);
  expect(conflicts).toEqual([]);
  expect(stopOf(merged, 'a').name).toEqual({ ja: 'a', en: 'Hill', easy: 'さか' });
});

test('what both changed differently is chosen by somebody', () => {
  const [mine, theirs] = [after(titled('坂')), after(titled('橋'))];
  const { conflicts, design: kept } = merge(base, mine, theirs);
  expect(conflicts).toMatchObject([
    { key: 'route/title/ja', kind: 'field', mine: '坂', theirs: '橋', base: '' },
  ]);
  expect(kept.title.ja).toBe('坂');
  const chosen = merge(base, mine, theirs, { 'route/title/ja': 'theirs' });
  expect(chosen.design.title.ja).toBe('橋');
});

test('what both changed alike is no conflict, and blanks are none', () => {
  expect(merge(base, after(titled('坂 ')), after(titled('坂'))).conflicts).toEqual([]);
});

test('a position goes with its address', () => {
  const mine = after(change('a', { location: [139.8, 35.6], address: '甲1' }));
  const theirs = after(change('a', { location: [139.9, 35.7], address: '乙2' }));
  const { conflicts } = merge(base, mine, theirs);
  expect(conflicts.map(({ key }) => key)).toEqual(['a/location/']);
  const chosen = merge(base, mine, theirs, { 'a/location/': 'theirs' }).design;
  expect(stopOf(chosen, 'a')).toMatchObject({ location: [139.9, 35.7], address: '乙2' });
});

test('stops of both are kept, each where it was put', () => {
  const mine = after({ do: 'insert', index: 1, waypoint: stop('m') });
  const theirs = after({ do: 'insert', index: 3, waypoint: stop('t') });
  const { design: merged, conflicts } = merge(base, mine, theirs);
  expect(conflicts).toEqual([]);
  expect(written(merged)).toBe('ambct');
});

test('both at the same place come one after the other', () => {
  const mine = after({ do: 'insert', index: 1, waypoint: stop('m') });
  const theirs = after({ do: 'insert', index: 1, waypoint: stop('t') });
  const merged = written(merge(base, mine, theirs).design);
  expect(Array.from(merged).sort().join('')).toBe('abcmt');
  expect(merged.startsWith('a')).toBe(true);
});

test('a stop that one took away goes, unless the other changed it', () => {
  const mine = after({ do: 'remove', index: 1 });
  expect(written(merge(base, mine, after(titled('坂'))).design)).toBe('ac');
  const theirs = after(change('b', { stay_min: 30 }));
  const { conflicts } = merge(base, mine, theirs);
  expect(conflicts).toMatchObject([{ key: 'b/removed', kind: 'removed', mine: null }]);
  expect(written(merge(base, mine, theirs, { 'b/removed': 'mine' }).design)).toBe('ac');
  const kept = merge(base, mine, theirs, { 'b/removed': 'theirs' }).design;
  expect(written(kept)).toBe('abc');
  expect(stopOf(kept, 'b').stay_min).toBe(30);
});

test('a stop that I changed and they took away is chosen too', () => {
  const mine = after(change('b', { stay_min: 30 }));
  const theirs = after({ do: 'remove', index: 1 });
  expect(written(merge(base, mine, theirs, { 'b/removed': 'mine' }).design)).toBe('abc');
  expect(written(merge(base, mine, theirs, { 'b/removed': 'theirs' }).design)).toBe('ac');
});

test('one new order is taken, of two somebody chooses', () => {
  const mine = after({ do: 'move', from: 0, to: 2 });
  expect(written(merge(base, mine, after(titled('坂'))).design)).toBe('bca');
  expect(written(merge(base, after(titled('坂')), mine).design)).toBe('bca');
  const theirs = after({ do: 'reverse' });
  expect(merge(base, mine, theirs).conflicts).toMatchObject([{ key: 'order', kind: 'order' }]);
  expect(written(merge(base, mine, theirs, { order: 'mine' }).design)).toBe('bca');
  expect(written(merge(base, mine, theirs, { order: 'theirs' }).design)).toBe('cba');
});

test('a new order and a new stop go together', () => {
  const mine = after({ do: 'reverse' });
  const theirs = after({ do: 'insert', index: 3, waypoint: stop('t') });
  expect(written(merge(base, mine, theirs).design)).toBe('ctba');
});

test('control points are led by who moved them', () => {
  const before = design('a.b');
  const moved = apply(before, { do: 'locate', index: 1, location: [139.7, 35.7] });
  const renamed = apply(before, change('a', { stay_min: 1 }));
  const merged = merge(before, renamed, moved).design;
  expect(written(merged)).toBe('a.b');
  expect(merged.waypoints[1]!.location).toEqual([139.7, 35.7]);
});

/** A few changes, by chance. */
function changed(from: Design, seed: number): Design {
  const chance = chances(seed);
  let now = from;
  for (let step = 0; step < 5; step += 1) {
    const place = Math.floor(chance() * now.waypoints.length);
    const commands: Command[] = [
      { do: 'insert', index: place, waypoint: stop(`n${seed}${step}`) },
      { do: 'insert', index: place, waypoint: newControl([139 + chance(), 35]) },
      { do: 'remove', index: place },
      { do: 'move', from: place, to: 0 },
      change('a', { stay_min: Math.floor(chance() * 99) }),
      titled(`題${Math.floor(chance() * 9)}`),
    ];
    now = apply(now, commands[Math.floor(chance() * commands.length)]!);
  }
  return now;
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))('laws of merging hold (%i)', (seed) => {
  const start = design('ab.cde');
  const [mine, theirs] = [changed(start, seed), changed(start, seed + 1_000)];
  // Who changed nothing gets what the other did, without a question.
  expect(merge(start, start, theirs)).toMatchObject({ conflicts: [] });
  expect(same(merge(start, start, theirs).design, theirs)).toBe(true);
  expect(same(merge(start, mine, start).design, mine)).toBe(true);
  expect(same(merge(start, mine, mine).design, mine)).toBe(true);
  // No stop is lost that one of them added, and none is there twice.
  const merged = merge(start, mine, theirs).design;
  const ids = merged.waypoints.filter(isStop).map(({ stop_id: id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const known = new Set(start.waypoints.filter(isStop).map(({ stop_id: id }) => id));
  for (const one of [mine, theirs]) {
    for (const { stop_id: id } of one.waypoints.filter(isStop)) {
      if (!known.has(id)) expect(ids).toContain(id);
    }
  }
});
