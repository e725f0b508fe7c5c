/** What a registrar is about to give. Pure. */
import type { How, IntroductionCouncil } from '../../introductions/types';

/** What stands in the form. */
export interface Wanted {
  council: IntroductionCouncil | null;
  people: ReadonlySet<string>;
  recipient: string;
  how: How;
}

/** What is missing, by field. */
export type Missing = 'council' | 'people' | 'recipient';

/** What is missing before it can be sent. */
export const missingIn = ({ council, people, recipient }: Wanted): Missing[] => [
  ...(council ? [] : (['council'] as const)),
  ...(people.size > 0 ? [] : (['people'] as const)),
  ...(recipient.trim() ? [] : (['recipient'] as const)),
];

/** What is sent. Only who is still in the list of the council is on it: others have withdrawn. */
export const bodyOf = ({ council, people, recipient, how }: Wanted, id: string) => ({
  id,
  council_id: council?.id,
  recipient: recipient.trim(),
  residents: (council?.residents ?? [])
    .map((one) => one.residency_id)
    .filter((one) => people.has(one)),
  how,
});
