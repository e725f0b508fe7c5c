import { expect, test } from 'vitest';
import { addTo, checkIn, isGiven, NOTHING, NOTHING_SEEN, observe } from './check-in';
import type { Stop } from './packs';

const NOW = Date.parse('2026-11-20T10:15:30+09:00');
const STOP = { stop_id: 'the-stop' } as Stop;
const FIX = {
  location: [139.7512345678, 35.65] as [number, number],
  accuracy_m: 12.345,
  at: NOW - 1400,
};
const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('a visit is what the service documents, and nothing that was not given', () => {
  const [visit, ...rest] = checkIn('me', 'the-version', STOP, NOTHING, FIX, NOW);
  expect(rest).toEqual([]);
  expect(visit?.id).toMatch(V7);
  expect(visit?.body).toEqual({
    id: visit?.id,
    route_version_id: 'the-version',
    stop_id: 'the-stop',
    at: '2026-11-20T10:15:30+09:00',
    evidence: [
      { kind: 'self' },
      { kind: 'gps', location: [139.751235, 35.65], accuracy_m: 12.3, age_s: 1 },
    ],
  });
});

test('all that was given goes with it; the photo follows by its id', () => {
  const given = {
    code: 'https://walk.example.jp/s/AB12cd',
    trainer: ' 1234 ',
    answer: '橋',
    note: 'メモ',
    photo: new ArrayBuffer(3),
  };
  const [visit, photo] = checkIn('me', 'the-version', STOP, given, null, NOW);
  expect(visit?.body).toMatchObject({
    note: 'メモ',
    evidence: [
      { kind: 'self' },
      { kind: 'qr', code: 'AB12cd' },
      { kind: 'trainer', code: '1234' },
      { kind: 'answer', text: '橋' },
      { kind: 'photo', photo_id: photo?.id },
    ],
  });
  expect(photo).toMatchObject({ kind: 'photo', visit: visit?.id, after: visit?.id, owner: 'me' });
});

test('what is added waits for its visit, and its photo for it', () => {
  const [addition, photo] = addTo('me', 'v', { ...NOTHING, photo: new ArrayBuffer(1) }, NOW);
  expect(addition).toMatchObject({ kind: 'addition', visit: 'v', after: 'v' });
  expect(photo).toMatchObject({ kind: 'photo', visit: 'v', after: addition?.id });
});

test('an observation has the place that was chosen, if it is known', () => {
  const at = { fix: FIX, stop: STOP };
  const seen = { ...NOTHING_SEEN, text: ' 段差 ', category: 'barrier' } as const;
  const here = observe('me', 'the-version', { ...seen, place: 'here' }, at, NOW).body;
  expect(here).toMatchObject({ category: 'barrier', text: '段差', location: FIX.location });
  expect(here).not.toHaveProperty('stop_id');
  const there = observe('me', 'the-version', { ...seen, place: 'stop' }, at, NOW).body;
  expect(there).toMatchObject({ stop_id: 'the-stop' });
  expect(there).not.toHaveProperty('location');
  const lost = observe('me', 'v', { ...seen, place: 'here' }, { fix: null, stop: null }, NOW).body;
  expect(lost).not.toHaveProperty('location');
});

test('blanks are nothing', () => {
  expect(isGiven({ ...NOTHING, note: ' ' })).toBe(false);
  expect(isGiven({ ...NOTHING, note: 'a' })).toBe(true);
});
