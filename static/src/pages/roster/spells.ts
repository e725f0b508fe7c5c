/** Which of somebody's spells counts. No HTML. */
import type { Person, SpellItem } from './types';

/** What somebody is on a day; where they are nothing then, what they were last. */
export const spellOn = ({ spells }: Person, day: string): SpellItem | undefined =>
  spells.find(({ from, last }) => from <= day && day <= (last ?? '9999-12-31')) ?? spells.at(-1);
