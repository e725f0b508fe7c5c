/** What the part of the address behind the `#` names. Never a person. Pure. */

/** What the page shows: what goes on now, those that are over, or one of them. */
export type Address = { view: 'now' } | { view: 'past' } | { view: 'review'; id: string };

/** What an address such as `#review/…` names; what goes on where it names nothing. */
export function addressOf(hash: string): Address {
  const id = /^#review\/([\w-]+)$/.exec(hash)?.[1];
  if (id) return { view: 'review', id };
  return { view: hash === '#past' ? 'past' : 'now' };
}
