/** The texts of the page /activations, with the words of activations. */
import { area, type Key as SharedKey } from '../..';
import { texts as words } from '../activation';
import { ja } from './ja';

/** A text that can be used there. */
export type Key = SharedKey | keyof typeof ja | keyof typeof words.ja;

/** The text of that name in the language in use. */
export const t = area({ ja, en: () => import('./en'), easy: () => import('./easy') }, words);
