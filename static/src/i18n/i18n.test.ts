import { afterEach, expect, test, vi } from 'vitest';
import {
  area,
  chosenLanguage,
  language,
  onLanguageChange,
  pick,
  setLanguage,
  t,
  textsComing,
} from '.';
import { easy } from './easy';
import { en } from './en';
import { placeholders } from './format';
import { ja } from './ja';

type Texts = Record<string, string>;

/** The texts that all pages share, and those of each area. */
const areas: Record<string, Record<string, Texts>> = { shared: { ja, en, easy } };
for (const [path, module] of Object.entries(
  import.meta.glob<Record<string, Texts>>('./areas/*/{ja,en,easy}.ts', { eager: true }),
)) {
  const [, name = '', language = ''] = /areas\/(.+)\/(.+)\.ts$/.exec(path) ?? [];
  (areas[name] ??= {})[language] = module[language]!;
}
const names = Object.keys(areas);
const keys = names.flatMap((name) => Object.keys(areas[name]!['ja']!));
const others = names.flatMap((name) => ['en', 'easy'].map((language) => [name, language] as const));

/** All code that may use a text: not the dictionaries, not the tests. */
const sources = Object.entries(
  import.meta.glob<string>('../**/*.ts', { query: '?raw', import: 'default', eager: true }),
).filter(([path]) => !path.endsWith('.test.ts') && !/\/(ja|en|easy)\.ts$/.test(path));
const code = sources.map(([, text]) => text).join('\n');

afterEach(async () => {
  await setLanguage('ja');
});

test('there are areas', () => {
  expect(names).toContain('map');
});

test.each(others)('%s: %s has the same keys as Japanese', (name, language) => {
  expect(Object.keys(areas[name]![language]!)).toEqual(Object.keys(areas[name]!['ja']!));
});

test.each(names)('no text of %s is empty', (name) => {
  for (const texts of Object.values(areas[name]!)) {
    for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe('');
  }
});

test.each(others)('%s: %s has the same placeholders as Japanese', (name, language) => {
  for (const [key, text] of Object.entries(areas[name]![language]!)) {
    expect(placeholders(text), key).toEqual(placeholders(areas[name]!['ja']![key]!));
  }
});

test('every text stands in one place', () => {
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('every text is used', () => {
  expect(sources.length).toBeGreaterThan(30);
  expect(keys.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
});

test('every text that the code asks for exists', () => {
  const asked = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!);
  expect(asked.length).toBeGreaterThan(80);
  expect(asked.filter((key) => !keys.includes(key))).toEqual([]);
});

test.each(names)('plain Japanese has no kanji in %s', (name) => {
  const kanji = Object.entries(areas[name]!['easy']!).filter(
    ([key, text]) => /\p{Script=Han}/u.test(text) && key !== 'language.label',
  );
  expect(kanji).toEqual([]);
});

test('an area knows its own texts and those that all share', async () => {
  const own = area({
    ja: { 'x.y': 'あ' },
    en: async () => Promise.resolve({ en: { 'x.y': 'a' } }),
    easy: async () => Promise.resolve({ easy: { 'x.y': 'あ' } }),
  });
  await setLanguage('en');
  expect(own('x.y')).toBe('a');
  expect(own('action.retry')).toBe(en['action.retry']);
});

test('the language changes texts, the document and whoever listens', async () => {
  const heard = vi.fn();
  const stop = onLanguageChange(heard);
  await setLanguage('en');
  expect(language()).toBe('en');
  expect(t('action.retry')).toBe(en['action.retry']);
  expect(pick({ ja: '橋', en: 'bridge', easy: 'はし' })).toBe('bridge');
  expect(document.documentElement.lang).toBe('en');
  await setLanguage('easy');
  expect(document.documentElement.lang).toBe('ja');
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
});

test('an area that comes later is loaded in the language in use, and in Japanese until then', async () => {
  await setLanguage('en');
  let come!: (texts: { en: Record<'late.one', string> }) => void;
  const late = area({
    ja: { 'late.one': 'あとで' },
    en: () =>
      new Promise<{ en: Record<'late.one', string> }>((resolve) => {
        come = resolve;
      }),
    easy: async () => Promise.resolve({ easy: { 'late.one': 'あとで' } }),
  });
  const heard = vi.fn();
  const stop = onLanguageChange(heard);
  expect(late('late.one')).toBe('あとで');
  expect(textsComing()).not.toBeNull();
  come({ en: { 'late.one': 'later' } });
  await textsComing();
  expect(late('late.one')).toBe('later');
  expect(heard).toHaveBeenCalledTimes(1);
  expect(textsComing()).toBeNull();
  stop();
});

test('a language whose texts cannot be had is not used, and can be tried again', async () => {
  let offline = true;
  const own = area({
    ja: { 'away.one': 'ここ' },
    en: async () =>
      offline
        ? Promise.reject(new TypeError('no network'))
        : Promise.resolve({ en: { 'away.one': 'here' } }),
    easy: async () => Promise.resolve({ easy: { 'away.one': 'ここ' } }),
  });
  expect(await setLanguage('en')).toBe(false);
  expect([language(), chosenLanguage(), own('away.one')]).toEqual(['ja', 'ja', 'ここ']);
  offline = false;
  expect(await setLanguage('en')).toBe(true);
  expect(own('away.one')).toBe('here');
});

test('of two choices the later counts, whichever comes first', async () => {
  let come!: (texts: { en: Record<'slow.one', string> }) => void;
  area({
    ja: { 'slow.one': 'おそい' },
    en: () =>
      new Promise<{ en: Record<'slow.one', string> }>((resolve) => {
        come = resolve;
      }),
    easy: async () => Promise.resolve({ easy: { 'slow.one': 'おそい' } }),
  });
  const english = setLanguage('en');
  expect(chosenLanguage()).toBe('en');
  await setLanguage('easy');
  come({ en: { 'slow.one': 'slow' } });
  await english;
  expect(language()).toBe('easy');
});

test('a text that the service has in Japanese only is shown in Japanese', async () => {
  await setLanguage('en');
  expect(pick({ ja: '橋', en: '', easy: '' })).toBe('橋');
});
