/** The questions of a programme as HR writes them. Pure. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

/** A question before and after. */
export type Question = Schemas['SurveyQuestion'];
/** Questions to begin with. */
export type UsualQuestions = Schemas['UsualQuestions'];

/** As many as can be asked. */
export const MOST = 10;

/** An id that none of the questions has. It stays over the years, so it says nothing of the place. */
export function freeId(questions: readonly Question[]): string {
  const taken = new Set(questions.map(({ id }) => id));
  let number = 1;
  while (taken.has(`q-${String(number)}`)) number += 1;
  return `q-${String(number)}`;
}

/** One more, to be written. */
export const withNew = (questions: readonly Question[]): Question[] => [
  ...questions,
  { id: freeId(questions), about: 'knowledge', text: { ja: '', en: '', easy: '' } },
];

/** The usual ones that are not there yet, after those that are, as far as there is room. */
export function withUsual(questions: readonly Question[], usual: readonly Question[]): Question[] {
  const taken = new Set(questions.map(({ id }) => id));
  return [...questions, ...usual.filter(({ id }) => !taken.has(id))].slice(0, MOST);
}

/** The question at a place moved by one. */
export function moved(questions: readonly Question[], at: number, by: -1 | 1): Question[] {
  const order = [...questions];
  const [one] = order.splice(at, 1);
  if (one) order.splice(Math.max(0, at + by), 0, one);
  return order;
}

/** How many there are, and about what. */
export const counts = (
  questions: readonly Question[],
): Record<'count' | 'knowledge' | 'attachment', number> => ({
  count: questions.length,
  knowledge: questions.filter(({ about }) => about === 'knowledge').length,
  attachment: questions.filter(({ about }) => about === 'attachment').length,
});
