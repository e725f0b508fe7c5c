/** The texts of choosing a position, in plain Japanese. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'position.help': 'いどと けいどを かくか、ちずを おして ください。',
  'position.latitude': 'いど',
  'position.longitude': 'けいど',
  'position.map': 'いちの ちず',
};
