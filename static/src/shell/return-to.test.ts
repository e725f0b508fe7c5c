import { expect, test } from 'vitest';
import { returnTo, signInUrl } from './return-to';

const ORIGIN = 'https://ward.example';
const back = (to: string): string => returnTo(`?return_to=${encodeURIComponent(to)}`, ORIGIN);

test.each(['/people', '/people?q=1#account=2', '/#layers=routes'])('goes back to %s', (to) => {
  expect(back(to)).toBe(to);
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  '/.//evil.example/',
  'javascript:alert(1)',
  'people',
  '',
  '/sign-in?return_to=/sign-in',
])('goes to the start instead of to %s', (to) => {
  expect(back(to)).toBe('/');
});

test('goes to the start when nothing is said', () => {
  expect(returnTo('', ORIGIN)).toBe('/');
});

test('takes along where somebody is', () => {
  const here = { pathname: '/audit', search: '?actor=1', hash: '#x' } as Location;
  const url = signInUrl(here);
  expect(url).toBe('/sign-in?return_to=%2Faudit%3Factor%3D1%23x');
  expect(returnTo(url.slice(url.indexOf('?')), ORIGIN)).toBe('/audit?actor=1#x');
  expect(signInUrl({ pathname: '/', search: '', hash: '' } as Location)).toBe('/sign-in');
});
