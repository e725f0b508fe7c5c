import { expect, test } from 'vitest';
import type { Feature, Position } from '../api/types';
import {
  bboxOf,
  boxOf,
  contains,
  distance,
  grow,
  overlaps,
  pointOf,
  representative,
} from './measure';

const square: Position[] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [0, 0],
];

test('a degree of latitude is about 111 km', () => {
  expect(distance([139, 35], [139, 36])).toBeCloseTo(111_195, -2);
  expect(distance([139, 35], [139, 35])).toBe(0);
});

test('boxes', () => {
  expect(bboxOf({ type: 'Polygon', coordinates: [square] })).toEqual([0, 0, 2, 2]);
  expect(bboxOf({ type: 'MultiPoint', coordinates: [] })).toBeNull();
  expect(grow([0, 0, 2, 4], 0.5)).toEqual([-1, -2, 3, 6]);
  expect(overlaps([0, 0, 1, 1], [1, 1, 2, 2])).toBe(true);
  expect(overlaps([0, 0, 1, 1], [2, 2, 3, 3])).toBe(false);
  expect(contains([0, 0, 1, 1], [0.5, 1])).toBe(true);
});

test('one point stands for any geometry', () => {
  const far = square.map(([x, y]): Position => [x / 10 + 50, y / 10]);
  expect(representative({ type: 'Polygon', coordinates: [square] })).toEqual([1, 1]);
  expect(representative({ type: 'MultiPolygon', coordinates: [[far], [square]] })).toEqual([1, 1]);
  expect(representative({ type: 'LineString', coordinates: square })).toEqual([2, 2]);
  expect(representative({ type: 'Polygon', coordinates: [] })).toBeNull();
  const flat: Position[] = [
    [1, 1],
    [2, 2],
    [1, 1],
  ];
  expect(representative({ type: 'Polygon', coordinates: [flat] })).toEqual([1, 1]);
});

test("a council's symbol stands at its meeting place", () => {
  const council: Feature = {
    type: 'Feature',
    id: 'c',
    geometry: { type: 'Polygon', coordinates: [square] },
    properties: { meeting_place_longitude: 1.5, meeting_place_latitude: 0.5 },
  };
  expect(pointOf(council)).toEqual([1.5, 0.5]);
  expect(boxOf(council)).toEqual([0, 0, 2, 2]);
  expect(pointOf({ ...council, properties: {} })).toEqual([1, 1]);
});
