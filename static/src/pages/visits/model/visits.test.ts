import { expect, test } from 'vitest';
import {
  barred,
  checked,
  decided,
  fixesOf,
  isTickable,
  notesOf,
  type Outcome,
  type Owned,
  pointOf,
  stepsFor,
  type Visit,
} from './visits';

const owned = (outcome: Outcome, more: Partial<Visit> = {}, own = false): Owned =>
  ({
    own,
    owner: { account_id: 'a', login: '1', name: '見本' },
    visit: {
      id: 'v',
      outcome,
      stop_location: [139, 35],
      stop_radius_m: 40,
      evidence: [],
      additions: [],
      decisions: [],
      note: null,
      ...more,
    },
  }) as unknown as Owned;

const imported = (by_caller: boolean): Partial<Visit> => ({
  imported: { at: '2026-11-20T00:00:00Z', kinds: ['visit'], by_caller },
});

test('what can be done follows from what counts, and from who looks', () => {
  const steps = (one: Owned) => stepsFor(checked(one));
  expect(steps(owned('pending'))).toEqual(['accept', 'reject']);
  expect(steps(owned('accepted'))).toEqual(['void']);
  expect(steps(owned('rejected'))).toEqual(['accept']);
  expect(steps(owned('pending', {}, true))).toEqual([]);
  expect(steps(owned('pending', imported(true)))).toEqual(['reject']);
  expect(steps(owned('pending', imported(false)))).toEqual(['accept', 'reject']);
  expect(barred(owned('pending', imported(true)))).toBe('imported');
});

test('a decision changes what can be done, and is counted for the next', () => {
  const before = checked(owned('pending'));
  const after = decided(before, 'accepted');
  expect([before.decisions, after.decisions, stepsFor(after)]).toEqual([0, 1, ['void']]);
  expect([isTickable(before), isTickable(after)]).toEqual([true, false]);
});

test('positions and notes that were added later count as well', () => {
  const gps = (distance_m: number) => ({
    kind: 'gps',
    location: [139, 35],
    accuracy_m: 9,
    distance_m,
  });
  const one = owned('pending', {
    evidence: [gps(80), { kind: 'self' }],
    note: 'まえ',
    additions: [{ evidence: [gps(20)], note: 'あと' }],
  } as unknown as Partial<Visit>);
  expect(fixesOf(one.visit).map(({ distance_m }) => distance_m)).toEqual([20, 80]);
  expect(notesOf(one.visit)).toEqual(['まえ', 'あと']);
  expect(pointOf(one, 3, '3番')).toMatchObject({
    number: 3,
    radius_m: 40,
    fixes: [{ accuracy_m: 9 }, {}],
  });
});
