/** The texts of activations that every page has: the banner, and what answers are called. */
import { area, type Key as SharedKey } from '../..';
import { ja } from './ja';

/** A text that can be used there. */
export type Key = SharedKey | keyof typeof ja;

/** Those texts, for areas that have them besides their own. */
export const texts = { ja, en: () => import('./en'), easy: () => import('./easy') };

/** The text of that name in the language in use. */
export const t = area(texts);
