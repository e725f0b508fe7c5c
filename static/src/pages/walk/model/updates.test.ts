import { afterEach, expect, test } from 'vitest';
import { beginWalk, currentWalk, endWalk } from './current-walk';
import { takeOver } from './updates';

afterEach(endWalk);

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
