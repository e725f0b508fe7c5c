import { expect, test } from 'vitest';
import { decodePermalink, encodePermalink, type Permalink } from './permalink';

const EMPTY: Permalink = {
  view: null,
  layers: null,
  selection: null,
  language: null,
  filter: null,
};

test('brings back what it was given', () => {
  const link: Permalink = {
    view: { zoom: 15.25, lat: 35.65812, lon: 139.7454 },
    layers: ['routes', 'stops'],
    selection: { layer: 'stops', id: '0123456789abcdef' },
    language: 'easy',
    filter: '橋 & 坂=?#',
  };
  const text = encodePermalink(link);
  expect(text).toContain('map=15.25/35.65812/139.74540&layers=routes,stops&select=stops/0123');
  expect(decodePermalink(`#${text}`)).toEqual(link);
});

test('tells no layers from not having been told', () => {
  expect(decodePermalink(`#${encodePermalink({ ...EMPTY, layers: [] })}`).layers).toEqual([]);
  expect(decodePermalink('').layers).toBeNull();
});

test.each([
  '#map=',
  '#map=a/b/c',
  '#map=15/35.6',
  '#map=15/95/139',
  '#map=99/35/139',
  '#map=15//139',
  '#map=NaN/NaN/NaN',
  '#select=stops',
  '#select=stops/a/b',
  '#select=<script>/x',
  '#select=stops/%00',
  '#lang=xx',
  '#%E0%A4%A',
  '#&&&===',
])('a part that makes no sense is left out: %s', (text) => {
  expect({ ...decodePermalink(text), filter: null, layers: null }).toEqual(EMPTY);
});

test('names that cannot be layers are left out, and none is there twice', () => {
  expect(decodePermalink('#layers=routes,,routes,a b,../x,stops').layers).toEqual([
    'routes',
    'stops',
  ]);
});

test('an overlong filter is cut', () => {
  expect(decodePermalink(`#find=${'x'.repeat(5000)}`).filter).toHaveLength(200);
});

test('a query written by hand works, too', () => {
  expect(decodePermalink('?lang=en&layers=stops')).toMatchObject({
    language: 'en',
    layers: ['stops'],
  });
});
