import { beforeEach, expect, test } from 'vitest';
import { forgetScanned, scanned } from './scanned';

beforeEach(() => {
  sessionStorage.clear();
  location.hash = '';
});

test('a code leaves the address and waits, also through another page', () => {
  location.hash = '#route=r&stop=s&code=AB12';
  const found = { route: 'r', stop: 's', code: 'AB12' };
  expect(scanned()).toEqual(found);
  expect(location.hash).toBe('');
  expect(scanned()).toEqual(found);
  forgetScanned();
  expect(scanned()).toBeNull();
});

test('an address without all of it says nothing', () => {
  location.hash = '#route=r&code=AB12';
  expect(scanned()).toBeNull();
});
