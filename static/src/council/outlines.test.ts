import { expect, test } from 'vitest';
import type { Feature } from '../api/types';
import { light } from './outlines';

const square: Feature = {
  type: 'Feature',
  id: 'a',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
        [0, 0],
      ],
    ],
  },
  properties: { name: '見本町' },
};

test('of a locality its name stays and where it stands; other outlines stay whole', () => {
  expect(light('localities', [square])).toEqual([
    { ...square, geometry: { type: 'Point', coordinates: [1, 1] } },
  ]);
  expect(light('boundary', [square])).toEqual([square]);
});
