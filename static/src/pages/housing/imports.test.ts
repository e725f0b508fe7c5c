import { expect, test } from 'vitest';
import {
  byChange,
  changesAnything,
  confirmBody,
  hasMissing,
  type ImportCounts,
  type ImportRow,
} from './imports';

const row = (line: number, change: ImportRow['change']): ImportRow => ({
  line,
  change,
  housing_name: '見本寮',
  unit_name: '101',
  adds: [],
  resident: null,
  differences: [],
});

const NONE: ImportCounts = {
  housing_new: 0,
  housing_changed: 0,
  units_new: 0,
  units_changed: 0,
  residencies_new: 0,
  residencies_changed: 0,
  unchanged: 3,
  refused: 1,
  housing_missing: 1,
  units_missing: 0,
  residencies_missing: 0,
};

test('rows stand by what they change, in the order of the file', () => {
  const groups = byChange([row(2, 'unchanged'), row(3, 'new'), row(4, 'unchanged')]);
  expect(groups.map(({ change, rows }) => [change, rows.map(({ line }) => line)])).toEqual([
    ['new', [3]],
    ['unchanged', [2, 4]],
  ]);
});

test('a list that only has what is known changes nothing', () => {
  expect(changesAnything(NONE)).toBe(false);
  expect(changesAnything({ ...NONE, units_changed: 1 })).toBe(true);
});

test('what is not in the file is told', () => {
  const nothing = { housing: [], units: [], residencies: [] };
  expect(hasMissing({ missing: nothing })).toBe(false);
  expect(hasMissing({ missing: { ...nothing, housing: ['見本寮'] } })).toBe(true);
});

test('what was shown is what is confirmed', () => {
  expect(confirmBody({ version: 7 }, true)).toEqual({ version: 7, accept_refused: true });
});
