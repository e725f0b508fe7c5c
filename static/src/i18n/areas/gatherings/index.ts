/** The texts of councils' gatherings and handover notes, on the page of one's own council and on that of the registrar. */
import { area, type Key as SharedKey } from '../..';
import { ja } from './ja';

/** A text that can be used there. */
export type Key = SharedKey | keyof typeof ja;

/** The text of that name in the language in use. */
export const t = area({ ja, en: () => import('./en'), easy: () => import('./easy') });
