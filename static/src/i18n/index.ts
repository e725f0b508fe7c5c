/**
 * The three languages of the service. Japanese is the source: its dictionary's keys are the type
 * that the others must satisfy, so that a missing text does not compile.
 */
import type { Text3 } from '../api/types';
import { easy } from './easy';
import { en } from './en';
import { format, type Params } from './format';
import { ja } from './ja';

/** A text of the app, by name. */
export type Key = keyof typeof ja;
/** All texts of the app in one language. */
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

/** The text of that name in the language in use. */
export const t = (key: Key, params?: Params): string =>
  format(DICTIONARIES[current][key], params ?? {});

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

/** What was chosen on this device before, else what the browser asks for. */
export function preferredLanguage(): Language {
  try {
    const remembered = localStorage.getItem(REMEMBERED_AS);
    if (isLanguage(remembered)) return remembered;
  } catch {
    // As above.
  }
  const wanted = navigator.languages.find((tag) => /^(ja|en)\b/.test(tag)) ?? navigator.language;
  return wanted.startsWith('ja') ? 'ja' : 'en';
}

/** Calls `listener` whenever the language changes, until the returned function is called. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
