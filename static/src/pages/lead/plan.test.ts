import { expect, test } from 'vitest';
import type { Outing, Participants } from '../../outings/types';
import { documentOf, EMPTY, numbersOf, planOf } from './plan';

const outing = {
  route_version_id: 'v',
  starts_at: '2026-12-01T01:00:00Z',
  duration_min: 90,
  meeting_point: 'ロビー',
  capacity: 12,
  hosts: [{ id: 'h', kind: 'guide', name: '見本の会' }],
} as unknown as Outing;

test('an outing that is not touched is sent as it is', () => {
  const participants = { trainers: [{ staff_id: 's', number: '900003' }, { staff_id: 't' }] };
  expect(documentOf(planOf(outing, participants as Participants))).toEqual({
    route_version_id: 'v',
    starts_at: '2026-12-01T10:00:00+09:00',
    duration_min: 90,
    meeting_point: 'ロビー',
    capacity: 12,
    trainer_numbers: ['900003'],
    hosts: [{ kind: 'guide', name: '見本の会' }],
  });
});

test('what is missing is named', () => {
  expect(documentOf(EMPTY)).toEqual(['version', 'starts_at', 'meeting_point']);
  const plan = { ...planOf(outing, null), capacity: 'many', duration: '' };
  expect(documentOf(plan)).toEqual(['duration_min', 'capacity']);
});

test('numbers are read from any keyboard, and hosts without a name are left out', () => {
  expect(numbersOf(' ９００００３、900016,900003 ')).toEqual(['900003', '900016']);
  const hosts = [{ kind: 'organisation', name: '  ' } as const];
  const plan = { ...planOf(outing, null), capacity: '１５', hosts };
  expect(documentOf(plan)).toMatchObject({ capacity: 15, hosts: [], trainer_numbers: [] });
});
