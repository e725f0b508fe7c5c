/** What the parts of the page tell each other: what was changed, and which links were made. */
import { send } from '../../api/client';
import type { ActivationLink } from '../../api/types';
import { Store } from '../../state/store';

/** Whose link it is to be. */
export interface Person {
  id: string;
  login: string;
  name?: string | null;
}

/** A link with its owner's name, where it may be seen. */
export interface Slip extends ActivationLink {
  name?: string | null;
}

export interface PeopleState {
  /** Grows when accounts or grants changed, so that lists are loaded again. */
  changes: number;
  /** Links that were made; gone when the page is left. */
  slips: readonly Slip[];
}

export const peopleStore = new Store<PeopleState>({ changes: 0, slips: [] });

/** Something changed: what is shown is old. */
export const changed = (): void => {
  peopleStore.set({ changes: peopleStore.state.changes + 1 });
};

/** Makes links one after the other; those that were made are kept when one fails. */
export async function makeSlips(people: readonly Person[], failed: (person: Person) => void) {
  const slips: Slip[] = [];
  for (const person of people) {
    const path = `/api/accounts/${encodeURIComponent(person.id)}/activation`;
    try {
      slips.push({ ...(await send<ActivationLink>('POST', path)), name: person.name ?? null });
    } catch {
      failed(person);
    }
  }
  if (slips.length > 0) peopleStore.set({ slips });
}
