import { expect, test } from 'vitest';
import type { Position } from '../../api/types';
import { type AssignmentLine, boxOf, drawing } from './lines';

const HOUSE: Position = [139.75, 35.66];
const HALL: Position = [139.76, 35.65];

const line = (
  id: string,
  state: 'decided' | 'open',
  to: Position | null = null,
  housing_name = '見本寮',
): AssignmentLine => ({
  type: 'Feature',
  id,
  geometry: to
    ? { type: 'LineString', coordinates: [HOUSE, to] }
    : { type: 'Point', coordinates: HOUSE },
  properties: {
    housing_name,
    unit_name: id,
    staff_name: null,
    assignment: {
      state,
      council_id: state === 'decided' ? 'a' : null,
      council_name: state === 'decided' ? '見本協議会' : null,
      from: null,
      reason: '',
      decisions: 0,
    },
  },
});

test('homes of a building are put together, and those that have no council yet are counted', () => {
  const found = drawing([
    line('1', 'decided', HALL),
    line('2', 'decided', HALL),
    line('3', 'open'),
  ]);
  expect(found.buildings).toEqual([{ name: '見本寮', at: HOUSE, homes: 3, open: 1 }]);
  expect(found.ways).toEqual([
    { housing: '見本寮', council: '見本協議会', from: HOUSE, to: HALL, homes: 2 },
  ]);
});

test('a council without a meeting place has no line', () => {
  const found = drawing([line('1', 'decided')]);
  expect(found.ways).toEqual([]);
  expect(found.buildings[0]).toMatchObject({ homes: 1, open: 0 });
});

test('two buildings at one place are two', () => {
  const found = drawing([line('1', 'open'), line('2', 'open', null, 'となり')]);
  expect(found.buildings.map(({ name }) => name)).toEqual(['見本寮', 'となり']);
});

test('the box holds buildings and meeting places', () => {
  expect(boxOf(drawing([line('1', 'decided', HALL)]))).toEqual([139.75, 35.65, 139.76, 35.66]);
  expect(boxOf(drawing([]))).toBeNull();
});
