import { afterEach, expect, test } from 'vitest';
import type { Feature, Position, Properties } from '../../../api/types';
import { setLanguage } from '../../../i18n';
import { fold, type ListQuery, rows, stopsOf } from './list';

const feature = (id: string, properties: Properties, at: Position = [139.75, 35.65]): Feature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: at },
  properties,
});

const ALL: ListQuery = { filter: '', within: null, from: null };
const ids = (features: Feature[], query: Partial<ListQuery> = {}): string[] =>
  rows(features, { ...ALL, ...query }).map(({ feature: { id } }) => id);

afterEach(async () => {
  await setLanguage('ja');
});

const places = [
  feature('tower', { name: '東京タワー', name_kana: 'トウキョウタワー', name_en: 'Tokyo Tower' }),
  feature(
    'temple',
    { name: '増上寺', name_kana: 'ゾウジョウジ', name_en: 'Zojoji' },
    [139.748, 35.657],
  ),
  feature(
    'park',
    { name: '芝公園', name_kana: 'シバコウエン', name_en: 'Shiba Park', former_names: ['旧公園'] },
    [139.7, 35.6],
  ),
];

test('in Japanese the reading gives the order', () => {
  expect(ids(places)).toEqual(['park', 'temple', 'tower']);
});

test('in English the English name does', async () => {
  await setLanguage('en');
  expect(ids(places)).toEqual(['park', 'tower', 'temple']);
});

test('stops go by route and number, the tenth after the second', () => {
  const stop = (id: string, route: string, sequence: number): Feature =>
    feature(id, { name: 'あ', route_code: route, sequence });
  expect(ids([stop('c', 'b-01', 1), stop('b', 'a-01', 10), stop('a', 'a-01', 2)])).toEqual([
    'a',
    'b',
    'c',
  ]);
});

test.each([
  ['とうきょう', ['tower']],
  ['ﾄｳｷｮｳ', ['tower']],
  ['TOKYO', ['tower']],
  ['旧公園', ['park']],
  ['公園 しば', ['park']],
  ['ない', []],
])('the filter finds %s', (filter, found) => {
  expect(ids(places, { filter })).toEqual(found);
});

test('only what touches the view is listed', () => {
  expect(ids(places, { within: [139.74, 35.64, 139.76, 35.66] })).toEqual(['temple', 'tower']);
});

test('nearest first, with distances, and what has no place last', () => {
  const nowhere: Feature = { ...feature('nowhere', { name: 'あ' }), geometry: null };
  const found = rows([nowhere, ...places], { ...ALL, from: [139.748, 35.657] });
  expect(found.map(({ feature: { id } }) => id)).toEqual(['temple', 'tower', 'park', 'nowhere']);
  expect(found[0]?.distance_m).toBe(0);
  expect(found[1]?.distance_m).toBeGreaterThan(700);
  expect(found[3]?.distance_m).toBeNull();
});

test('ten thousand features are sorted and filtered in a moment', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    feature(String(index), { name: `場所${(index * 7919) % 10_000}` }),
  );
  const start = performance.now();
  expect(ids(many, { filter: '99', from: [139.7, 35.6] }).length).toBeGreaterThan(100);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test('folding makes width, kana and case the same', () => {
  expect(fold('ＡＢＣ ﾊﾟﾝ カ')).toBe('abc ぱん か');
});

test('the stops of a route are in the order in which they are walked', () => {
  const stops = [3, 1, 2].map((sequence) => feature(`s${sequence}`, { route_code: 'a', sequence }));
  const other = feature('x', { route_code: 'b', sequence: 1 });
  expect(stopsOf([...stops, other], 'a').map(({ id }) => id)).toEqual(['s1', 's2', 's3']);
  expect(stopsOf([feature('y', {})], undefined)).toEqual([]);
});
