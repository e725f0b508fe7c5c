/** The texts of putting people forward for outings from the figures. */
import { area } from '../..';
import { ja } from './ja';

/** The text of that name in the language in use. */
export const t = area({ ja, en: () => import('./en'), easy: () => import('./easy') });
