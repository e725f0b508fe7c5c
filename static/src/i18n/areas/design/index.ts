/** Texts of the page /design: three areas, because they are many. */
import { area } from '../..';
import { easy as formsEasy } from '../route-forms/easy';
import { en as formsEn } from '../route-forms/en';
import { ja as formsJa } from '../route-forms/ja';
import { easy as wordsEasy } from '../route-words/easy';
import { en as wordsEn } from '../route-words/en';
import { ja as wordsJa } from '../route-words/ja';
import { easy } from './easy';
import { en } from './en';
import { ja } from './ja';

/** The text of that name in the language in use. */
export const t = area({
  ja: { ...ja, ...formsJa, ...wordsJa },
  en: { ...en, ...formsEn, ...wordsEn },
  easy: { ...easy, ...formsEasy, ...wordsEasy },
});
