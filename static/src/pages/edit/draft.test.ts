import { expect, test } from 'vitest';
import type { Place, PlaceField } from '../../api/types';
import type { Shape } from '../../geo/shape';
import {
  asValue,
  changeOf,
  EMPTY,
  followFile,
  geometryKind,
  positionOf,
  textOf,
  withoutDated,
  write,
} from './draft';

const field = (name: string, kind: PlaceField['field']['kind'], value: PlaceField['value']) => ({
  field: { name, kind, label: { ja: name, en: name, easy: name }, choices: [] },
  file: null,
  edited: value !== null,
  value,
  can_edit: true,
  can_hide: true,
  public: true,
});

const place = {
  id: 'x',
  fields: [field('name', 'text', '甲会'), field('former_names', 'list', ['乙', '丙'])],
  geometry: {
    file: { type: 'Point', coordinates: [139.7, 35.6] },
    value: { type: 'Point', coordinates: [139.75, 35.65] },
    edited: true,
  },
  former: [{ name: '丙', until: '2020-04-01' }],
} as unknown as Place;

test('what was not changed is not sent', () => {
  expect(changeOf(place, EMPTY)).toBeNull();
  expect(changeOf(place, write(EMPTY, 'name', ' 甲会 '))).toBeNull();
  expect(changeOf(place, { ...EMPTY, position: { lat: '35.65', lon: '139.75' } })).toBeNull();
  expect(changeOf(place, { ...EMPTY, public: { name: true }, reason: 'why' })).toBeNull();
});

test('values are sent as what they are', () => {
  const draft = write(write(EMPTY, 'name', ''), 'former_names', '乙\n\n 丁 ');
  expect(changeOf(place, draft)?.fields).toEqual({ name: null, former_names: ['乙', '丁'] });
  expect(asValue({ ...place.fields[0]!.field, kind: 'flag' }, 'false')).toBe(false);
});

test('a field that follows the file again is not given a value too', () => {
  const draft = followFile(write(EMPTY, 'name', '新'), 'name');
  expect(changeOf(place, draft)).toMatchObject({ fields: {}, reset: ['name'] });
  expect(textOf(place.fields[0]!, draft)).toBe('');
  expect(changeOf(place, write(draft, 'name', '新'))).toMatchObject({ reset: [] });
});

test('a position follows the file again', () => {
  expect(positionOf(place, { ...EMPTY, resetGeometry: true })).toEqual({
    lat: '35.6',
    lon: '139.7',
  });
  expect(changeOf(place, { ...EMPTY, resetGeometry: true })?.reset_geometry).toBe(true);
});

test('a new name says from when, a corrected one does not', () => {
  const draft = write(EMPTY, 'name', '新会');
  expect(changeOf(place, { ...draft, renamedOn: '2026-11-01' })?.renamed_on).toBe('2026-11-01');
  expect(changeOf(place, draft)).not.toHaveProperty('renamed_on');
  // Without a new name there is nothing to rename.
  const other = { ...write(EMPTY, 'former_names', '乙'), renamedOn: '2026-11-01' };
  expect(changeOf(place, other)).not.toHaveProperty('renamed_on');
});

test('an area takes the place of a point, and a point that of an area', () => {
  const shape: Shape = [
    [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
      ],
    ],
  ];
  const drawn = { ...EMPTY, geometry: 'area' as const, shape };
  expect(changeOf(place, drawn)?.geometry?.type).toBe('Polygon');
  // One that is not finished is not sent.
  expect(changeOf(place, { ...drawn, shape: [] })).toBeNull();
  const geometry = changeOf(place, drawn)!.geometry!;
  const area = { ...place, geometry: { file: geometry, value: geometry, edited: false } } as Place;
  expect(geometryKind(area, EMPTY)).toBe('area');
  expect(changeOf(area, { ...EMPTY, shape })).toBeNull();
  expect(changeOf(area, { ...EMPTY, geometry: 'point' })?.geometry).toEqual({
    type: 'Point',
    coordinates: [1, 1],
  });
});

test('former names with a day have a list of their own', () => {
  const shown = withoutDated(place);
  expect(shown.fields[1]!.value).toEqual(['乙']);
  expect(changeOf(shown, { ...EMPTY, former: shown.former })).toBeNull();
  expect(changeOf(shown, { ...EMPTY, former: [] })?.former).toEqual([]);
});
