/** Words of routes. */
import { ja } from './ja';

/** Those texts, for the area that has them besides its own. */
export const texts = { ja, en: () => import('./en'), easy: () => import('./easy') };
