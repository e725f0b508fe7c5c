import { expect, test } from 'vitest';
import {
  districtBody,
  districtName,
  districtTexts,
  housingBody,
  moveIn,
  residencyBody,
  ruleBody,
  ruleTexts,
  settledBody,
  unitBody,
} from './bodies';
import { UNDECIDED } from './model';

test('texts are sent without the space around them', () => {
  expect(housingBody({ name: ' 見本寮 ', address: ' 見本町1-2 ', note: '' }, [139, 35])).toEqual({
    name: '見本寮',
    address: '見本町1-2',
    location: [139, 35],
    note: '',
  });
  expect(unitBody({ name: ' 101 ', note: ' 角 ' }, true)).toEqual({
    name: '101',
    closed: true,
    note: '角',
  });
});

test('a day that is not known is none', () => {
  const texts = { staff_number: ' 900001 ', from: '2026-04-01', until: '', note: '' };
  expect(moveIn('u', texts)).toEqual({
    unit_id: 'u',
    staff_number: '900001',
    from: '2026-04-01',
    until: null,
    note: '',
  });
});

test('only somebody who moves out can be settled', () => {
  const texts = { from: '2026-04-01', until: '2026-09-30', note: 'x' };
  expect(residencyBody(texts, true)).toEqual({
    from: '2026-04-01',
    until: '2026-09-30',
    settled: true,
    note: 'x',
  });
  expect(residencyBody({ ...texts, until: '' }, true).settled).toBe(false);
});

test('settling keeps all else of a residency', () => {
  expect(settledBody({ from: '2025-04-01', until: '2026-03-31', note: '鍵は2本' })).toEqual({
    from: '2025-04-01',
    until: '2026-03-31',
    settled: true,
    note: '鍵は2本',
  });
});

test('a district that is undecided has no council, in the form and in the request', () => {
  const link = { district_id: 'd', council_id: null, from: '2026-04-01', until: null, note: '' };
  const texts = districtTexts(link, '2026-10-01');
  expect(texts).toEqual({
    district_id: 'd',
    council_id: UNDECIDED,
    from: '2026-04-01',
    until: '',
    note: '',
  });
  expect(districtBody(texts)).toEqual(link);
  expect(districtName(link)).toEqual({ district_id: 'd', council_id: null, from: '2026-04-01' });
});

test('something new begins today, with nothing chosen', () => {
  expect(districtTexts(null, '2026-10-01')).toEqual({
    district_id: '',
    council_id: '',
    from: '2026-10-01',
    until: '',
    note: '',
  });
  expect(ruleTexts(null, '2026-10-01').from).toBe('2026-10-01');
  expect(ruleBody({ beginning: ' 見本町1丁目 ', council_id: 'a', from: 'x', until: '' })).toEqual({
    beginning: '見本町1丁目',
    council_id: 'a',
    from: 'x',
    until: null,
  });
});
