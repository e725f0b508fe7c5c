import { expect, test } from 'vitest';
import type { Geometry, Position } from '../api/types';
import { problemAnywhere, problemOf } from './crossings';
import {
  geometryOf,
  inserted,
  moved,
  removed,
  ringAt,
  shapeOf,
  spotBehind,
  withRing,
  type Shape,
} from './shape';

const square = (west: number, south: number, size: number): Position[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
];
const closed = (ring: Position[]): Position[] => [...ring, ring[0]!];

const holed: Geometry = {
  type: 'MultiPolygon',
  coordinates: [
    [closed(square(0, 0, 10)), closed(square(2, 2, 3))],
    [closed(square(20, 0, 5.123456789))],
  ],
};
const OUTLINE = { polygon: 0, ring: 0 };

test('what is not edited stays as it is, to the last digit', () => {
  const shape = shapeOf(holed)!;
  expect(geometryOf(shape)).toEqual(holed);
  const changed = withRing(shape, OUTLINE, moved(ringAt(shape, OUTLINE), 2, [11, 11]));
  const geometry = geometryOf(changed) as Geometry & { type: 'MultiPolygon' };
  expect(geometry.coordinates[0]![0]).toContainEqual([11, 11]);
  expect(geometry.coordinates[0]![1]).toEqual(holed.coordinates[0]![1]);
  expect(geometry.coordinates[1]).toEqual(holed.coordinates[1]);
  expect(
    geometryOf(shapeOf({ type: 'Polygon', coordinates: [closed(square(0, 0, 1))] })!)!.type,
  ).toBe('Polygon');
  expect(shapeOf({ type: 'Point', coordinates: [1, 2] })).toBeNull();
});

test('corners are put between others, and taken away', () => {
  const ring = square(0, 0, 1);
  expect(inserted(ring, 1, [0.5, 0])[1]).toEqual([0.5, 0]);
  expect(removed(ring, 0)).toEqual(ring.slice(1));
  expect(spotBehind(ring, 3, [9, 9])).toEqual([0, 0.5]);
  expect(spotBehind([], -1, [9, 9])).toEqual([9, 9]);
});

test('an area can be drawn without pointing anywhere', () => {
  let ring: readonly Position[] = [];
  for (let index = 0; index < 3; index += 1) {
    ring = inserted(ring, index, spotBehind(ring, index - 1, [139.75, 35.65]));
  }
  expect(problemAnywhere([[ring]])).toBeNull();
  expect(geometryOf([[ring]])?.type).toBe('Polygon');
  expect(geometryOf([[ring.slice(1)]])).toBeNull();
});

test.each<[string, Shape, string | null]>([
  ['nothing', [], 'empty'],
  ['a square', [[square(0, 0, 1)]], null],
  ['two corners', [[square(0, 0, 1).slice(2)]], 'few'],
  [
    'a bow tie',
    [
      [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
        ],
      ],
    ],
    'crossing',
  ],
  [
    'a spike',
    [
      [
        [
          [0, 0],
          [2, 0],
          [1, 0],
          [1, 1],
        ],
      ],
    ],
    'crossing',
  ],
  [
    'a corner on another edge',
    [
      [
        [
          [0, 0],
          [2, 0],
          [2, 2],
          [1, 0],
          [0, 2],
        ],
      ],
    ],
    'crossing',
  ],
  [
    'a straight edge with a corner in it',
    [
      [
        [
          [0, 0],
          [1, 0],
          [2, 0],
          [1, 1],
        ],
      ],
    ],
    null,
  ],
  [
    'a corner twice',
    [
      [
        [
          [0, 0],
          [1, 0],
          [1, 0],
          [1, 1],
        ],
      ],
    ],
    'same',
  ],
  ['a hole', [[square(0, 0, 10), square(1, 1, 2)]], null],
  ['a hole across the outline', [[square(0, 0, 10), square(9, 1, 2)]], 'rings'],
  ['a hole elsewhere', [[square(0, 0, 10), square(20, 1, 2)]], 'outside'],
  ['two parts', [[square(0, 0, 1)], [square(2, 0, 1)]], null],
  ['parts that meet at an edge', [[square(0, 0, 1)], [square(1, 0, 1)]], null],
  ['parts across each other', [[square(0, 0, 2)], [square(1, 1, 2)]], 'rings'],
  ['a part in a part', [[square(0, 0, 10)], [square(1, 1, 2)]], 'outside'],
  ['a part in a hole', [[square(0, 0, 10), square(1, 1, 5)], [square(2, 2, 1)]], null],
])('%s', (_, shape, kind) => {
  expect(problemAnywhere(shape)?.kind ?? null).toBe(kind);
});

test('a crossing is named by its edges', () => {
  const ring: Position[] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, -1],
    [0, 4],
  ];
  expect(problemOf([[ring]], OUTLINE)).toMatchObject({ kind: 'crossing', edges: [0, 2] });
});
