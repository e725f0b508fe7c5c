import { expect, test } from 'vitest';
import { ApiError } from '../../../api/client';
import type { Position } from '../../../api/types';
import type { Design, PathFeature, PathRequest } from '../api';
import { apply } from './commands';
import { readDegrees } from './degrees';
import { pointsOf } from './design';
import { design } from './fixtures';
import { conventionSeconds, previewWay, straightWay, type Way } from './way';
import { THROTTLE_MS, WayFinder } from './way-finder';

/** A network on which each leg has a corner. */
function path({ points }: PathRequest): PathFeature {
  const coordinates = points.flatMap(([lon, lat], index): Position[] =>
    index === 0
      ? [[lon, lat]]
      : [
          [lon, lat + 0.001],
          [lon, lat],
        ],
  );
  const legs = points.slice(1).map((_, leg) => ({
    first_coordinate: leg * 2,
    last_coordinate: leg * 2 + 2,
    distance_m: 200,
    duration_s: 180,
    estimated_duration_s: 200,
    stairs: 1,
    crossings: 0,
    lifts: 0,
    straight: false,
  }));
  return {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates },
    properties: { distance_m: 200 * legs.length, legs, sources: [] },
  } as unknown as PathFeature;
}

test('80 metres are a minute, and each minute begun counts', () => {
  expect([0, 1, 80, 80.5, 160].map(conventionSeconds)).toEqual([0, 60, 60, 120, 120]);
});

test('a ruler joins the points; a round trip leads home', () => {
  expect(straightWay(design('a'))).toBeNull();
  expect(straightWay(design('abc'))?.legs).toHaveLength(2);
  const round = straightWay(design('abc', { round_trip: true }));
  expect(round?.coordinates.at(-1)).toEqual(round?.coordinates[0]);
});

/** A finder with a network that answers when it is told to. */
function world() {
  const shown: (Way | null)[] = [];
  const asked: {
    request: PathRequest;
    signal: AbortSignal;
    answer: () => Promise<void>;
    refuse: (e: ApiError) => Promise<void>;
  }[] = [];
  const timers: (() => void)[] = [];
  const clock = { now: 1_000 };
  const errors: (ApiError | null)[] = [];
  const finder = new WayFinder({
    ask: (request, signal) =>
      new Promise((resolve, reject) => {
        const settle = async (): Promise<void> => {
          for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        };
        asked.push({
          request,
          signal,
          answer: () => {
            resolve(path(request));
            return settle();
          },
          refuse: (error) => {
            reject(error);
            return settle();
          },
        });
      }),
    now: () => clock.now,
    later: (callback) => {
      timers.push(callback);
      return () => timers.splice(timers.indexOf(callback) >>> 0, 1);
    },
    onWay: (way, error) => {
      shown.push(way);
      errors.push(error);
    },
  });
  return { finder, shown, asked, timers, clock, errors };
}
const moved = (of: Design, by: number): Design => {
  const [lon, lat] = of.waypoints[1]!.location;
  return apply(of, { do: 'locate', index: 1, location: [lon + by, lat] });
};

test('a drop asks at once, whatever is on its way, and shows a ruler meanwhile', async () => {
  const { finder, asked, shown } = world();
  finder.drop(design('abc'));
  expect(asked).toHaveLength(1);
  expect(shown.at(-1)?.isGuess).toBe(true);
  const other = moved(design('abc'), 0.01);
  finder.drop(other);
  expect(asked).toHaveLength(2);
  expect(asked[0]!.signal.aborted).toBe(true);
  // The answer to the older question comes late, and is not shown.
  await asked[0]!.answer();
  expect(shown.at(-1)?.isGuess).toBe(true);
  await asked[1]!.answer();
  expect(shown.at(-1)).toMatchObject({ isGuess: false, distance_m: 400 });
  expect(asked[1]!.request.points).toEqual(pointsOf(other));
});

test('while dragging it is asked for now and then, always for the newest place', async () => {
  const { finder, asked, timers, clock } = world();
  finder.drop(design('abc'));
  await asked[0]!.answer();
  for (const by of [0.001, 0.002, 0.003]) finder.drag(moved(design('abc'), by));
  expect(asked).toHaveLength(1);
  expect(timers).toHaveLength(1);
  clock.now += THROTTLE_MS;
  timers.shift()!();
  expect(asked).toHaveLength(2);
  expect(asked[1]!.request.points).toEqual(pointsOf(moved(design('abc'), 0.003)));
  finder.drag(moved(design('abc'), 0.004));
  await asked[1]!.answer();
  clock.now += THROTTLE_MS;
  timers.shift()!();
  expect(asked[2]!.request.points).toEqual(pointsOf(moved(design('abc'), 0.004)));
});

test('legs that are not dragged stay on the network meanwhile', async () => {
  const { finder, asked, shown } = world();
  const start = design('abcd');
  finder.drop(start);
  await asked[0]!.answer();
  finder.drag(moved(start, 0.01));
  const preview = shown.at(-1)!;
  expect(preview.legs.map(({ isStraight }) => isStraight)).toEqual([true, true, false]);
  expect(preview.coordinates.at(-1)).toEqual(start.waypoints[3]!.location);
});

test('no way: a ruler, and the reason', async () => {
  const { finder, asked, shown, errors } = world();
  finder.drop(design('abc'));
  await asked[0]!.refuse(new ApiError('unprocessable', 422, '道がありません'));
  expect(shown.at(-1)?.isGuess).toBe(true);
  expect(errors.at(-1)?.detail).toBe('道がありません');
});

test('too many questions: it waits, and asks again by itself', async () => {
  const { finder, asked, timers } = world();
  finder.drop(design('abc'));
  await asked[0]!.refuse(new ApiError('limited', 429));
  expect(timers).toHaveLength(1);
  timers.shift()!();
  expect(asked).toHaveLength(2);
});

test('one point has no way, and the network is not asked', () => {
  const { finder, asked, shown } = world();
  finder.drop(design('a'));
  expect(asked).toHaveLength(0);
  expect(shown.at(-1)).toBeNull();
  expect(previewWay(null, design(''))).toBeNull();
});

test('coordinates are read as maps write them', () => {
  expect(readDegrees('35.6581, 139.7514')).toEqual([139.7514, 35.6581]);
  expect(readDegrees('３５．６５８１、１３９．７５１４')).toEqual([139.7514, 35.6581]);
  expect(readDegrees('139.7514 35.6581')).toEqual([139.7514, 35.6581]);
  for (const wrong of ['', '35.6', 'a, b', '35, 139, 1', '35, 999']) {
    expect(readDegrees(wrong), wrong).toBeNull();
  }
});
