/** The texts of the page /outings, with the words of guided outings. */
import { area, type Key as SharedKey } from '../..';
import { easy as wordsEasy } from '../outing-words/easy';
import { en as wordsEn } from '../outing-words/en';
import { ja as wordsJa } from '../outing-words/ja';
import { easy } from './easy';
import { en } from './en';
import { ja } from './ja';

/** A text that can be used there. */
export type Key = SharedKey | keyof typeof ja | keyof typeof wordsJa;

/** The text of that name in the language in use. */
export const t = area({
  ja: { ...ja, ...wordsJa },
  en: { ...en, ...wordsEn },
  easy: { ...easy, ...wordsEasy },
});
