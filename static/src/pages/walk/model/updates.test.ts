import { afterEach, expect, test, vi } from 'vitest';
import { beginWalk, currentWalk, endWalk } from './current-walk';
import { keepOffline, takeOver } from './updates';

afterEach(() => {
  endWalk();
  vi.unstubAllGlobals();
});

test('a newer version waits until no walk is on', () => {
  const said: unknown[] = [];
  const worker = { postMessage: (message: unknown) => said.push(message) };
  beginWalk('a-route', 1_000);
  expect(currentWalk(2_000)).toBe('a-route');
  expect(takeOver(worker, 2_000)).toBe(false);
  expect(said).toEqual([]);
  endWalk();
  expect(takeOver(worker, 3_000)).toBe(true);
  expect(said).toEqual(['update']);
});

test('a walk that was left without a word is over a day later', () => {
  beginWalk('a-route', 0);
  expect(currentWalk(24 * 3_600_000 - 1)).toBe('a-route');
  expect(currentWalk(24 * 3_600_000)).toBeNull();
});

test('the last version that waits is told, also when it was on its way before the page came', async () => {
  const older = new EventTarget();
  const newer = new EventTarget();
  const registration = Object.assign(new EventTarget(), { waiting: older, installing: newer });
  const container = Object.assign(new EventTarget(), {
    controller: {},
    register: () => Promise.resolve(registration),
  });
  vi.stubGlobal('navigator', { serviceWorker: container });
  const told: unknown[] = [];
  await keepOffline((worker) => told.push(worker));
  expect(told).toEqual([older]);
  registration.waiting = newer;
  newer.dispatchEvent(new Event('statechange'));
  expect(told).toEqual([older, newer]);
});
