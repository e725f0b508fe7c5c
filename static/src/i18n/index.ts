/**
 * The three languages of the service. Japanese is the source: its dictionary's keys are the type
 * that the others must satisfy, so that a missing text does not compile. It comes with the code;
 * the others are loaded by whoever reads them, so that a phone does not wait for three.
 */
import type { Text3 } from '../api/types';
import { format, type Params } from './format';
import { ja } from './ja';
import { complete, know, load, type NamesOf, text, type TextsOf } from './texts';

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

const SHARED: TextsOf<Key> = {
  ja,
  en: () => import('./en'),
  easy: () => import('./easy'),
};
know(SHARED);

const REMEMBERED_AS = 'machiaruki.language';

/** What is read now. */
let current: Language = 'ja';
/** What will be read as soon as its texts are there: most often the same. */
let wanted: Language = 'ja';
let coming: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** The language in use. */
export const language = (): Language => current;

/** The language that was chosen last, whose texts may still be on their way. */
export const chosenLanguage = (): Language => wanted;

/** Texts that are on their way, or null. Never rejects. */
export const textsComing = (): Promise<void> | null => coming;

/** Whether `value` names a language. */
export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.some(({ id }) => id === value);

/** A function that gives the text of a name in the language in use. */
export type Translate<K extends string> = (key: K, params?: Params) => string;

/** The text of that name in the language in use. */
export const t: Translate<Key> = (key, params) =>
  format(text([SHARED], key, current), params ?? {});

/**
 * `t` for one area of the app, which knows that area's own texts, in one part or several, besides
 * those that all share. A page loads the texts of the areas whose `t` it imports, and of no others.
 */
export function area<P extends readonly TextsOf<string>[]>(...own: P): Translate<Key | NamesOf<P>> {
  own.forEach(know);
  // An area that comes with code loaded later.
  if (!complete(wanted)) void setLanguage(wanted, { remember: false });
  const among = [SHARED, ...own];
  return (key, params) => format(text(among, key, current), params ?? {});
}

/** The part of a text from the service that suits the language in use. */
export const pick = (text: Text3): string => text[current] || text.ja;

/** The language's tag for `lang` attributes and `Intl`. */
export const languageTag = (): string => (current === 'en' ? 'en' : 'ja');

/**
 * Uses a language as soon as its texts are there, at once if they are, and remembers it on this
 * device. Says whether it is in use: without a network its texts may not be had, and then all stays
 * as it was.
 */
export async function setLanguage(next: Language, { remember = true } = {}): Promise<boolean> {
  if (remember) {
    try {
      localStorage.setItem(REMEMBERED_AS, next);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }
  wanted = next;
  if (complete(next)) {
    use(next, next !== current);
    return true;
  }
  const bringing = load(next).then(
    () => {
      if (wanted === next) use(next, true);
      return true;
    },
    () => {
      if (wanted === next) wanted = current;
      return false;
    },
  );
  const ended = bringing.then(() => {
    if (coming === ended) coming = null;
  });
  coming = ended;
  return bringing;
}

/** Shows a language whose texts are there. */
function use(next: Language, news: boolean): void {
  document.documentElement.lang = next === 'en' ? 'en' : 'ja';
  document.documentElement.dataset['language'] = next;
  current = next;
  if (news) for (const listener of listeners) listener();
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
