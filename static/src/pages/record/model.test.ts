import { expect, test } from 'vitest';
import { lacksPhoto, nearest, placesOf, type Visit } from './model';

const visit = (stop_id: string, outcome: Visit['outcome'], more: Partial<Visit> = {}): Visit =>
  ({
    stop_id,
    stop_name: { ja: stop_id, en: '', easy: '' },
    stop_location: [139, 35],
    outcome,
    evidence: [],
    additions: [],
    photos: [],
    ...more,
  }) as unknown as Visit;

test('each stop is a place once, with the best of its visits', () => {
  const places = placesOf([
    visit('a', 'pending'),
    visit('a', 'accepted'),
    visit('a', 'rejected'),
    visit('b', 'rejected'),
  ]);
  expect(places.map(({ stop, outcome }) => [stop, outcome])).toEqual([
    ['a', 'accepted'],
    ['b', 'rejected'],
  ]);
});

test('of several positions the nearest is told, also one that was added', () => {
  const gps = (distance_m: number) => ({ kind: 'gps', shown: 'yes', asked: true, distance_m });
  const told = visit('a', 'pending', {
    evidence: [{ kind: 'self', shown: 'yes', asked: true }, gps(80)],
    additions: [{ evidence: [gps(20)] }],
  } as unknown as Partial<Visit>);
  expect(nearest(told)?.distance_m).toBe(20);
  expect(nearest(visit('a', 'pending'))).toBeNull();
});

test('a photo that is not whole is missing', () => {
  const photos = [{ photo_id: 'x', state: 'partial' }] as Visit['photos'];
  expect(lacksPhoto(visit('a', 'pending', { photos }))).toBe(true);
  expect(lacksPhoto(visit('a', 'pending'))).toBe(false);
});
