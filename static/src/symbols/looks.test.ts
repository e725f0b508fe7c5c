import { expect, test } from 'vitest';
import type { Feature } from '../api/types';
import { drawLegend, drawPoint } from './draw';
import { kindOf, learnRoutes, lookOf, routeColour } from './looks';

const LAYERS = [
  'routes',
  'stops',
  'organisations',
  'councils',
  'shelters',
  'facilities',
  'schools',
  'school_districts',
  'districts',
  'localities',
  'boundary',
];

const feature = (properties: Feature['properties']): Feature => ({
  type: 'Feature',
  id: 'x',
  geometry: null,
  properties,
});

function contrastWithWhite(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

test.each(LAYERS)('a white glyph can be read on the colour of %s', (layer) => {
  expect(contrastWithWhite(lookOf(layer).colour)).toBeGreaterThanOrEqual(4.5);
});

test('layers of points differ in shape, not only in colour', () => {
  const points = ['organisations', 'councils', 'shelters', 'facilities', 'schools', 'stops'];
  expect(new Set(points.map((layer) => lookOf(layer).outline)).size).toBe(points.length);
});

test('neighbouring routes get different colours that can be read, whatever the order', () => {
  const codes = ['c-01', 'a-02', 'a-01'];
  learnRoutes(codes.map((route_code) => feature({ route_code })));
  const colours = codes.map(routeColour);
  expect(new Set(colours).size).toBe(3);
  for (const colour of colours) expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(4.5);
});

test('a shelter is told by its roles', () => {
  expect(kindOf('shelters', feature({ emergency: true }))).toBe('emergency');
  expect(kindOf('shelters', feature({ evacuation: true, emergency: false }))).toBe('evacuation');
  expect(kindOf('shelters', feature({ evacuation: true, emergency: true }))).toBeNull();
});

test('drawings use no inline style and are silent', () => {
  for (const layer of LAYERS) {
    for (const shape of ['point', 'line', 'area', 'area_or_point'] as const) {
      const drawing = drawLegend(lookOf(layer), shape);
      expect(drawing.getAttribute('aria-hidden')).toBe('true');
      expect(drawing.querySelector('[style]')).toBeNull();
    }
  }
  expect(drawPoint({ ...lookOf('stops'), number: '12' }).textContent).toBe('12');
});
