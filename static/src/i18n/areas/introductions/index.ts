/** The texts of the page on which a registrar introduces residents, with the words of introductions. */
import { area, type Key as SharedKey } from '../..';
import { texts as words } from '../introduction-words';
import { ja } from './ja';

/** A text that can be used there. */
export type Key = SharedKey | keyof typeof ja | keyof typeof words.ja;

/** The text of that name in the language in use. */
export const t = area({ ja, en: () => import('./en'), easy: () => import('./easy') }, words);
