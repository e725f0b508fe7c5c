import { nothing } from 'lit';
import { language } from '../i18n';

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * The `lang` of a text from the data on an English page: a screen reader needs it to pronounce
 * the text, and a browser to choose Japanese letter forms.
 */
export const langOf = (text: string): 'ja' | typeof nothing =>
  language() === 'en' && JAPANESE.test(text) ? 'ja' : nothing;
