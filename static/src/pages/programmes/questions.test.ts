import { expect, test } from 'vitest';
import { counts, freeId, moved, type Question, withNew, withUsual } from './questions';

const question = (id: string, about: Question['about'] = 'knowledge'): Question => ({
  id,
  about,
  text: { ja: id, en: '', easy: '' },
});
const ids = (all: readonly Question[]): string[] => all.map(({ id }) => id);

test('a new question has an id that none had', () => {
  expect(freeId([])).toBe('q-1');
  expect(ids(withNew([question('q-1'), question('q-3')]))).toEqual(['q-1', 'q-3', 'q-2']);
});

test('the usual ones come once, after those that are there, ten at most', () => {
  const usual = ['a', 'b', 'c'].map((id) => question(id));
  expect(ids(withUsual([question('b'), question('x')], usual))).toEqual(['b', 'x', 'a', 'c']);
  const many = Array.from({ length: 9 }, (_, n) => question(String(n)));
  expect(withUsual(many, usual)).toHaveLength(10);
});

test('a question moves by one, and no further than the ends', () => {
  const all = ['a', 'b', 'c'].map((id) => question(id));
  expect(ids(moved(all, 2, -1))).toEqual(['a', 'c', 'b']);
  expect(ids(moved(all, 0, -1))).toEqual(['a', 'b', 'c']);
  expect(ids(moved(all, 2, 1))).toEqual(['a', 'b', 'c']);
});

test('they are counted by what they are about', () => {
  expect(counts([question('a'), question('b', 'attachment')])).toEqual({
    count: 2,
    knowledge: 1,
    attachment: 1,
  });
});
