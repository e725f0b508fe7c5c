import { afterEach, expect, test } from 'vitest';
import type { Feature, Properties } from '../api/types';
import { setLanguage } from '../i18n';
import { isRetired, nameOf, numberOf, otherNames, sortNameOf, spokenName } from './feature';

const feature = (properties: Properties): Feature => ({
  type: 'Feature',
  id: 'x',
  geometry: null,
  properties,
});
const hall = feature({
  name: '【見本】みなと会館',
  name_kana: 'ミホン ミナトカイカン',
  name_en: '[Sample] Minato Hall',
  sample: true,
});

afterEach(async () => {
  await setLanguage('ja');
});

test('the badge says "sample", so the name need not', async () => {
  expect(nameOf(hall)).toBe('みなと会館');
  expect(sortNameOf(hall)).toBe('ミナトカイカン');
  expect(spokenName(hall)).toBe('みなと会館 見本');
  await setLanguage('en');
  expect(nameOf(hall)).toBe('Minato Hall');
});

test('a name that is nothing but the mark is kept, and so is one without a badge', () => {
  expect(nameOf(feature({ name: '【見本】', sample: true }))).toBe('【見本】');
  expect(nameOf(feature({ name: '【見本】会館' }))).toBe('【見本】会館');
});

test('without an English name the Japanese one is shown', async () => {
  await setLanguage('en');
  expect(nameOf(feature({ name: '芝公園' }))).toBe('芝公園');
  expect(nameOf(feature({}))).toBe('(no name)');
});

test('the other names carry their language', () => {
  expect(otherNames(hall)).toEqual([
    { text: 'ミナトカイカン', lang: 'ja' },
    { text: 'Minato Hall', lang: 'en' },
  ]);
});

test('only stops have a number', () => {
  expect(numberOf(feature({ route_code: 'a', sequence: 3 }))).toBe('3');
  expect(numberOf(feature({ sequence: 3 }))).toBeNull();
});

test('a feature is retired from its day on', () => {
  const closed = feature({ retired_on: '2026-04-01' });
  expect(isRetired(closed, '2026-03-31')).toBe(false);
  expect(isRetired(closed, '2026-04-01')).toBe(true);
});
