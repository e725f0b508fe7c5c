/** The dictionaries that a page knows, and whether they are there. */
import type { Language } from '.';

/** The texts of one part of the app: Japanese at hand, and where the other languages come from. */
export interface TextsOf<K extends string> {
  ja: Record<K, string>;
  en: () => Promise<{ en: Record<K, string> }>;
  easy: () => Promise<{ easy: Record<K, string> }>;
}

/** The names of the texts of parts. */
export type NamesOf<P extends readonly TextsOf<string>[]> = P[number] extends infer Part
  ? Part extends { ja: infer J }
    ? keyof J & string
    : never
  : never;

type Found = Partial<Record<Language, Record<string, string>>>;

/** What is there of each part, in the order in which the code brought them. */
const parts = new Map<TextsOf<string>, Found>();

/** Makes a part known. What it lacks is loaded with `load`. */
export function know(part: TextsOf<string>): void {
  if (!parts.has(part)) parts.set(part, { ja: part.ja });
}

/** The parts of which a language is not there. */
const missing = (language: Language): [TextsOf<string>, Found][] =>
  [...parts].filter(([, found]) => !found[language]);

/** Whether all that is known is there in a language. */
export const complete = (language: Language): boolean => missing(language).length === 0;

/**
 * Brings whatever is missing in a language, what becomes known in the meantime too.
 *
 * @throws What `import` throws, when a file cannot be had. What has come is kept.
 */
export async function load(language: Language): Promise<void> {
  for (let left = missing(language); left.length > 0; left = missing(language)) {
    await Promise.all(
      left.map(async ([part, found]) => {
        if (language === 'en') found.en = (await part.en()).en;
        else if (language === 'easy') found.easy = (await part.easy()).easy;
      }),
    );
  }
}

/** The text of that name among parts: in Japanese as long as the language is not there. */
export function text(among: readonly TextsOf<string>[], name: string, language: Language): string {
  for (const part of among) {
    const found = parts.get(part)?.[language]?.[name] ?? part.ja[name];
    if (found !== undefined) return found;
  }
  throw new RangeError(`no text is called ${name}`);
}
