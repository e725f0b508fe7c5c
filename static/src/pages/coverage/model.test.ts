import { expect, test } from 'vitest';
import { countOf, type Place, sorted, unvisited } from './model';

const place = (name: string, walks: number | null): Place => ({
  id: name,
  name,
  location: null,
  years: [
    {
      fiscal_year: 2026,
      walked: walks === null ? null : { walks, completed: walks, visits: walks * 2 },
    },
  ],
});

const PLACES = [place('い', 0), place('あ', 9), place('う', null), place('え', 5)];
const names = (order: 'most' | 'least' | 'name'): string =>
  sorted(PLACES, { order, year: 2026, figure: 'walks' })
    .map(({ name }) => name)
    .join('');

test('places stand by what is counted; what is not told is few, but not none', () => {
  expect(names('most')).toBe('あえうい');
  expect(names('least')).toBe('いうえあ');
  expect(names('name')).toBe('あいうえ');
});

test('only places that nobody came to are unvisited', () => {
  expect(unvisited(PLACES, 2026)).toBe(1);
  expect(unvisited(PLACES, 2020)).toBe(0);
  expect(countOf(place('あ', 9), 2026, 'visits')).toBe(18);
});
