/** Texts of the page /design: three parts, because they are many. */
import { area } from '../..';
import { texts as forms } from '../route-forms';
import { texts as words } from '../route-words';
import { ja } from './ja';

/** The text of that name in the language in use. */
export const t = area({ ja, en: () => import('./en'), easy: () => import('./easy') }, forms, words);
