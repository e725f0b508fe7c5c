import { expect, test } from 'vitest';
import type { Geometry, Position } from '../../api/types';
import type { MyCouncilDocument, MyFeature } from '../../council/types';
import { mailLink, pageLink, telephoneLink } from './links';
import { boxAround, drawnOf, minutesOf, nameIn, placesOf, waysOf } from './model';
import { stampOf } from './saved';

const point = (longitude: number, latitude: number): Geometry => ({
  type: 'Point',
  coordinates: [longitude, latitude],
});

const feature = (
  properties: MyFeature['properties'],
  geometry: MyFeature['geometry'] = null,
): MyFeature => ({ type: 'Feature', geometry, properties });

const line = (...coordinates: Position[]): Geometry => ({ type: 'LineString', coordinates });

const area = feature(
  { role: 'area', name: '見本協議会' },
  {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [9, 0],
        [9, 9],
        [0, 0],
      ],
    ],
  },
);
const meeting = feature({ role: 'meeting_place', name: '集会所' }, point(3, 3));
const shelter = feature({ role: 'shelter', name: '見本小学校', address: '見本町1' }, point(8, 8));
const unknown = feature({ role: 'shelter', name: '見本会館' });
const walk = feature(
  {
    role: 'way',
    profile: 'walk',
    distance_m: 412,
    duration_s: 361,
    stairs: 1,
    crossings: 2,
    on_network: true,
  },
  line([2, 2], [3, 3]),
);
const stepFree = feature(
  { ...walk.properties, profile: 'step_free', distance_m: 500, stairs: 0 },
  line([2, 2], [2, 3], [3, 3]),
);

const document = (features: MyFeature[], home = true): MyCouncilDocument => ({
  type: 'FeatureCollection',
  as_of: '2026-11-29T00:30:00Z',
  state: 'decided',
  home: home
    ? {
        housing_name: '見本の寮',
        unit_name: '101',
        address: '',
        location: [2, 2],
        from: '2026-04-01',
      }
    : null,
  attributions: [],
  features,
});

test('a name in the language of the reader, as far as there is one', () => {
  const both = { name: '見本', name_en: 'Sample' };
  expect([nameIn('ja', both), nameIn('easy', both), nameIn('en', both)]).toEqual([
    '見本',
    '見本',
    'Sample',
  ]);
  expect(nameIn('en', { name: '見本', name_en: null })).toBe('見本');
  expect(nameIn('ja', { name_en: 'Sample' })).toBe('Sample');
  expect(nameIn('ja', {})).toBeNull();
});

test('places of a kind, those that the map does not have too', () => {
  expect(placesOf(document([shelter, meeting, unknown]), 'shelter')).toEqual([
    { name: '見本小学校', name_en: null, address: '見本町1', isOnMap: true },
    { name: '見本会館', name_en: null, address: null, isOnMap: false },
  ]);
});

test('a minute that has begun counts', () => {
  expect([0, 1, 60, 61, 360].map(minutesOf)).toEqual([0, 1, 1, 2, 6]);
});

test('the ways, with and without steps', () => {
  const { walk: one, stepFree: other, areSame } = waysOf(document([stepFree, walk]));
  expect(one).toEqual({ minutes: 7, metres: 412, crossings: 2, stairs: 1, onNetwork: true });
  expect([other?.metres, areSame]).toEqual([500, false]);
  expect(waysOf(document([walk])).stepFree).toBeNull();
  expect(waysOf(document([]))).toEqual({ walk: null, stepFree: null, areSame: false });
  const same = { ...stepFree, geometry: walk.geometry ?? null };
  expect(waysOf(document([walk, same])).areSame).toBe(true);
});

test('a way that is a straight line in part says so', () => {
  const straight = feature({ ...walk.properties, on_network: false }, walk.geometry);
  expect(waysOf(document([straight])).walk?.onNetwork).toBe(false);
});

test('what covers others is drawn first, and what has no place is not drawn', () => {
  const drawn = drawnOf(document([meeting, unknown, stepFree, shelter, walk, area]));
  expect(drawn.map(({ sign }) => sign)).toEqual([
    'area',
    'walk',
    'step_free',
    'shelter',
    'meeting_place',
    'home',
  ]);
});

test('the map looks at the way; at everything where it is not known where one meets', () => {
  expect(boxAround(drawnOf(document([area, shelter, walk, meeting])))).toEqual([2, 2, 3, 3]);
  expect(boxAround(drawnOf(document([area])))).toEqual([0, 0, 9, 9]);
  expect(boxAround(drawnOf(document([unknown], false)))).toBeNull();
});

test('only numbers, mail addresses and pages can be followed', () => {
  expect(telephoneLink('03-3578-2111')).toBe('tel:0335782111');
  expect(telephoneLink('０３（３５７８）２１１１')).toBe('tel:0335782111');
  expect(telephoneLink('なし')).toBeNull();
  expect(mailLink('kyogikai@example.jp')).toBe('mailto:kyogikai@example.jp');
  expect(mailLink('a@example.jp?cc=b@example.jp')).toBeNull();
  expect(mailLink('a?bcc=b@example.jp')).toBe('mailto:a%3Fbcc%3Db@example.jp');
  expect(mailLink('電話のみ')).toBeNull();
  expect(pageLink('https://example.jp/a')).toBe('https://example.jp/a');
  expect(pageLink('javascript:alert(1)')).toBeNull();
  expect(pageLink('見本')).toBeNull();
});

test('a copy says when it was made, by the clock of the ward', () => {
  expect(stampOf('2026-11-29T00:30:00Z')).toBe('2026-11-29 09:30');
  expect(stampOf('いつか')).toBe('いつか');
});
