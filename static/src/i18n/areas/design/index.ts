/** Texts of the page /design. */
import { area } from '../..';
import { easy } from './easy';
import { en } from './en';
import { ja } from './ja';

/** The text of that name in the language in use. */
export const t = area({ ja, en, easy });
