/** Which outing the address names: `#` and its id, as in notices, and what of it is shown. */

const OPEN = /^#([0-9a-f-]{36})(?:\/([a-z]+))?$/;

/** What the part behind the `#` says. */
export interface Address {
  /** The outing's id; null for the list. */
  id: string | null;
  /** Which part of its page; empty for the first. */
  view: string;
}

/** Reads the part behind the `#`. */
export function addressOf(hash: string): Address {
  const [, id, view] = OPEN.exec(hash) ?? [];
  return { id: id ?? null, view: view ?? '' };
}
