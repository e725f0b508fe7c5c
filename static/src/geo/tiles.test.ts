import { describe, expect, test } from 'vitest';
import type { Position } from '../api/types';
import { around, fitted } from './projection';
import { addressOf, cornerOf, tileAt, tileBounds, tilesWithin, zoomOf } from './tiles';

const PLACE: Position = [139.7514, 35.6581];

describe('tiles', () => {
  // Worked out by hand with the formulas of the OpenStreetMap wiki's "Slippy map tilenames".
  test('a position lies in its tile', () => {
    expect(tileAt([0, 0], 1)).toEqual({ z: 1, x: 1, y: 1 });
    expect(tileAt(PLACE, 15)).toEqual({ z: 15, x: 29_104, y: 12_905 });
    expect(tileAt([180, -90], 3)).toEqual({ z: 3, x: 7, y: 7 });
  });

  test('a tile reaches from its corner to the next one', () => {
    expect(cornerOf({ z: 0, x: 0, y: 0 })[0]).toBe(-180);
    expect(cornerOf({ z: 0, x: 0, y: 0 })[1]).toBeCloseTo(85.0511, 4);
    for (const z of [3, 12, 18]) {
      const tile = tileAt(PLACE, z);
      const [west, south, east, north] = tileBounds(tile);
      expect(west <= PLACE[0] && PLACE[0] < east).toBe(true);
      expect(south < PLACE[1] && PLACE[1] <= north).toBe(true);
    }
  });

  test('a picture is covered, with tiles neither blurred nor tiny', () => {
    for (const picture of [around(PLACE, 400, 400), fitted([PLACE, [139.76, 35.67]], 400)]) {
      const z = zoomOf(picture, 18);
      const tiles = tilesWithin(picture.bounds, z);
      expect(tiles.length).toBeLessThan(26);
      const [x, y] = picture.at(cornerOf(tiles[0] ?? { z, x: 0, y: 0 }));
      expect(x <= 0 && y <= 0).toBe(true);
      const last = tiles.at(-1) ?? { z, x: 0, y: 0 };
      const [right, below] = picture.at(cornerOf({ z, x: last.x + 1, y: last.y + 1 }));
      expect(right >= 400 && below >= 400).toBe(true);
      const wide = (right - x) / (last.x - (tiles[0]?.x ?? 0) + 1);
      expect(wide).toBeGreaterThanOrEqual(128);
      expect(wide).toBeLessThan(256);
    }
    expect(zoomOf(around(PLACE, 400, 400), 14)).toBe(14);
  });

  test('an address has the three numbers', () => {
    expect(addressOf('https://t.example/{z}/{x}/{y}.png', { z: 1, x: 2, y: 3 })).toBe(
      'https://t.example/1/2/3.png',
    );
  });
});
