import { expect, test } from 'vitest';
import type { Position } from '../../../api/types';
import { cornerOf, tilesWithin, zoomOf } from '../../../geo/tiles';
import { nearby, wholeRoute } from './pictures';
import { tilesOf } from './tiles';

const LINE: Position[] = [
  [139.745, 35.655],
  [139.758, 35.655],
  [139.758, 35.662],
];

const key = ({ z, x, y }: { z: number; x: number; y: number }): string =>
  `${String(z)}/${String(x)}/${String(y)}`;

test('wherever one is on the line, its picture is covered', () => {
  const kept = new Set(tilesOf(LINE, 18).map(key));
  for (let part = 0; part <= 1; part += 0.01) {
    const place: Position = [139.745 + 0.013 * part, 35.655];
    for (const picture of [nearby(place), wholeRoute(LINE)]) {
      for (const tile of tilesWithin(picture.bounds, zoomOf(picture, 18))) {
        expect(kept).toContain(key(tile));
      }
    }
  }
});

test('each once, and none deeper than the server has', () => {
  const tiles = tilesOf(LINE, 16);
  expect(new Set(tiles.map(key)).size).toBe(tiles.length);
  expect(Math.max(...tiles.map(({ z }) => z))).toBe(16);
  expect(cornerOf(tiles[0] ?? { z: 0, x: 0, y: 0 })[1]).toBeGreaterThan(35.6);
});

test('of a route that is too long only the overview is kept', () => {
  const long: Position[] = [
    [139.7, 35.6],
    [139.8, 35.8],
  ];
  expect(tilesOf(long, 18).length).toBeLessThan(26);
});
