/** The texts of choosing a position. */
import { area } from '../..';
import { ja } from './ja';

/** The text of that name in the language in use. */
export const t = area({ ja, en: () => import('./en'), easy: () => import('./easy') });
