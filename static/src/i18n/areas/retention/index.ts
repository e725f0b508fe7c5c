/** The texts of the retention page. */
import { area, type Key as SharedKey } from '../..';
import { ja } from './ja';

/** A text that the retention page can use. */
export type Key = SharedKey | keyof typeof ja;

/** The text of that name in the language in use. */
export const t = area({ ja, en: () => import('./en'), easy: () => import('./easy') });
