/** The list of routes: in which states a route is, and which routes somebody looks for. */
import type { DesignItem } from '../api';

/** A route can be in several: published, and with a draft of the next version. */
export const STATES = ['editing', 'in_review', 'current', 'next', 'archived'] as const;
export type StateFilter = (typeof STATES)[number];

/** The states of a route on a day. */
export function statesOf(item: DesignItem, day: string): StateFilter[] {
  const { draft, current, next, archived_on: end } = item;
  const states: StateFilter[] = [];
  if (draft) states.push(draft.state);
  if (current && !(end && end <= day)) states.push('current');
  if (next) states.push('next');
  if (end) states.push('archived');
  return states;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether a route is looked for: each word is in its title, code, district or department. */
export function matches(
  item: DesignItem,
  q: string,
  state: StateFilter | '',
  day: string,
): boolean {
  const { title, code, department, district } = item;
  const all = plain([title.ja, title.en, title.easy, code, department, district].join(' '));
  const words = plain(q).split(/\s+/).filter(Boolean);
  const isState = state === '' || statesOf(item, day).includes(state);
  return isState && words.every((word) => all.includes(word));
}
