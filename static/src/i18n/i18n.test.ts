import { afterEach, expect, test, vi } from 'vitest';
import type { Dictionary, Key } from '.';
import { language, onLanguageChange, pick, setLanguage, t } from '.';
import { easy } from './easy';
import { en } from './en';
import { placeholders } from './format';
import { ja } from './ja';

const keys = Object.keys(ja) as Key[];
const others: [string, Dictionary][] = [
  ['en', en],
  ['easy', easy],
];

/** All code that may use a text: not the dictionaries, not the tests. */
const sources = Object.entries(
  import.meta.glob<string>('../**/*.ts', { query: '?raw', import: 'default', eager: true }),
).filter(([path]) => !path.endsWith('.test.ts') && !/\/(ja|en|easy)\.ts$/.test(path));
const code = sources.map(([, text]) => text).join('\n');

afterEach(() => {
  setLanguage('ja');
});

test.each(others)('%s has the same keys as Japanese', (_, dictionary) => {
  expect(Object.keys(dictionary)).toEqual(keys);
});

test.each([['ja', ja] as const, ...others])('no text of %s is empty', (_, dictionary) => {
  for (const key of keys) expect(dictionary[key].trim(), key).not.toBe('');
});

test.each(others)('%s has the same placeholders as Japanese', (_, dictionary) => {
  for (const key of keys) expect(placeholders(dictionary[key]), key).toEqual(placeholders(ja[key]));
});

test('every text is used', () => {
  expect(sources.length).toBeGreaterThan(30);
  expect(keys.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
});

test('every text that the code asks for exists', () => {
  const asked = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]);
  expect(asked.length).toBeGreaterThan(80);
  expect(asked.filter((key) => !keys.includes(key as Key))).toEqual([]);
});

test('plain Japanese has no kanji', () => {
  const kanji = Object.entries(easy).filter(
    ([key, text]) => /\p{Script=Han}/u.test(text) && key !== 'language.label',
  );
  expect(kanji).toEqual([]);
});

test('the language changes texts, the document and whoever listens', () => {
  const heard = vi.fn();
  const stop = onLanguageChange(heard);
  setLanguage('en');
  expect(language()).toBe('en');
  expect(t('tab.list')).toBe(en['tab.list']);
  expect(pick({ ja: '橋', en: 'bridge', easy: 'はし' })).toBe('bridge');
  expect(document.documentElement.lang).toBe('en');
  setLanguage('easy');
  expect(document.documentElement.lang).toBe('ja');
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
});

test('a text that the service has in Japanese only is shown in Japanese', () => {
  setLanguage('en');
  expect(pick({ ja: '橋', en: '', easy: '' })).toBe('橋');
});
