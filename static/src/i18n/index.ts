/**
 * The three languages of the service. Japanese is the source: its dictionary's keys are the type
 * that the others must satisfy, so that a missing text does not compile.
 */
import type { Text3 } from '../api/types';
import { easy } from './easy';
import { en } from './en';
import { format, type Params } from './format';
import { ja } from './ja';

/** A text that every page can use, by name. */
export type Key = keyof typeof ja;
/** Those texts in one language. */
export type Dictionary = Record<Key, string>;
/** 日本語, English, やさしい日本語. */
export type Language = 'ja' | 'en' | 'easy';

/** The languages, each called what its readers call it. */
export const LANGUAGES: readonly { id: Language; name: string; tag: string }[] = [
  { id: 'ja', name: '日本語', tag: 'ja' },
  { id: 'en', name: 'English', tag: 'en' },
  // For a screen reader, plain Japanese is Japanese.
  { id: 'easy', name: 'やさしい日本語', tag: 'ja' },
];

const DICTIONARIES: Record<Language, Dictionary> = { ja, en, easy };
const REMEMBERED_AS = 'machiaruki.language';

let current: Language = 'ja';
const listeners = new Set<() => void>();

/** The language in use. */
export const language = (): Language => current;

/** Whether `value` names a language. */
export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.some(({ id }) => id === value);

/** A function that gives the text of a name in the language in use. */
export type Translate<K extends string> = (key: K, params?: Params) => string;

/** The text of that name in the language in use. */
export const t: Translate<Key> = (key, params) => format(DICTIONARIES[current][key], params ?? {});

/**
 * `t` for one area of the app, which knows that area's own texts besides those that all share. A
 * page loads the texts of the areas whose `t` it imports, and of no others.
 */
export function area<K extends string>(
  own: Record<Language, Record<K, string>>,
): Translate<Key | K> {
  const texts: Record<Language, Record<Key | K, string>> = {
    ja: { ...ja, ...own.ja },
    en: { ...en, ...own.en },
    easy: { ...easy, ...own.easy },
  };
  return (key, params) => format(texts[current][key], params ?? {});
}

/** The part of a text from the service that suits the language in use. */
export const pick = (text: Text3): string => text[current] || text.ja;

/** The language's tag for `lang` attributes and `Intl`. */
export const languageTag = (): string => (current === 'en' ? 'en' : 'ja');

/** Uses a language from now on, and remembers it on this device. */
export function setLanguage(next: Language, { remember = true } = {}): void {
  if (remember) {
    try {
      localStorage.setItem(REMEMBERED_AS, next);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }
  document.documentElement.lang = next === 'en' ? 'en' : 'ja';
  document.documentElement.dataset['language'] = next;
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

/** What was chosen on this device before, if anything was. */
export function rememberedLanguage(): Language | null {
  try {
    const remembered = localStorage.getItem(REMEMBERED_AS);
    return isLanguage(remembered) ? remembered : null;
  } catch {
    return null; // As above.
  }
}

/** Forgets what was chosen on this device. */
export function forgetLanguage(): void {
  try {
    localStorage.removeItem(REMEMBERED_AS);
  } catch {
    // As above.
  }
}

/** What was chosen on this device before, else what the browser asks for. */
export function preferredLanguage(): Language {
  const remembered = rememberedLanguage();
  if (remembered) return remembered;
  const wanted = navigator.languages.find((tag) => /^(ja|en)\b/.test(tag)) ?? navigator.language;
  return wanted.startsWith('ja') ? 'ja' : 'en';
}

/** Calls `listener` whenever the language changes, until the returned function is called. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
