/** What a resident is about to consent to. Pure. */
import { type Field, FIELDS, type MyIntroductionDocument, type SharedText } from './types';

/** A field as it stands in the form. */
export interface DraftField {
  isShared: boolean;
  text: string;
}

/** The form. */
export type Draft = Readonly<Record<Field, DraftField>>;

/** What the register says is shared as it says it, or not at all. */
export const REGISTERED: readonly Field[] = ['housing', 'unit'];

/** What is wrong with a field: nothing is in it, or it is no number or address that one could use. */
export type Wrong = 'empty' | 'phone' | 'email';

/** The longest texts, as in the service. */
export const LONGEST: Readonly<Record<Field, number>> = {
  name: 100,
  reading: 100,
  housing: 100,
  unit: 100,
  phone: 30,
  email: 200,
  contact: 200,
  languages: 100,
  skills: 500,
  message: 500,
};

/** Fields of several lines. */
export const LINES: readonly Field[] = ['contact', 'skills', 'message'];

/**
 * What the form begins with: what was consented to; else nothing is chosen, and what is known need not be written. What the register says
 * by now stands in place of what it said then.
 */
export function draftOf({
  known,
  consent,
}: Pick<MyIntroductionDocument, 'known' | 'consent'>): Draft {
  const textIn = (texts: readonly SharedText[] | undefined, field: Field): string | null =>
    texts?.find((one) => one.field === field)?.text ?? null;
  const entries = FIELDS.map((field): [Field, DraftField] => {
    const shared = textIn(consent?.fields, field);
    const said = textIn(known, field);
    const text = REGISTERED.includes(field) ? said : (shared ?? said);
    return [field, { isShared: shared !== null && text !== null, text: text ?? '' }];
  });
  return Object.fromEntries(entries) as Record<Field, DraftField>;
}

/** What is shared by it, in the order of the sheet. What is empty is not. */
export const sharedBy = (draft: Draft): SharedText[] =>
  FIELDS.filter((field) => draft[field].isShared && draft[field].text.trim() !== '').map(
    (field) => ({
      field,
      text: draft[field].text.trim(),
    }),
  );

/** The fewest digits that are a number. */
const FEWEST_DIGITS = 3;

function wrongText(field: Field, text: string): Wrong | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return 'empty';
  if (field === 'phone') {
    const digits = plain.replace(/\D/g, '').length;
    return digits >= FEWEST_DIGITS && /^[\d+\-‐−–ー() #*]+$/.test(plain) ? null : 'phone';
  }
  return field === 'email' && !/^[^\s@]+@\S+$/.test(plain) ? 'email' : null;
}

/** What is wrong with what was chosen. */
export const wrongIn = (draft: Draft): Partial<Record<Field, Wrong>> =>
  Object.fromEntries(
    FIELDS.filter((field) => draft[field].isShared).flatMap((field) => {
      const wrong = wrongText(field, draft[field].text);
      return wrong ? [[field, wrong]] : [];
    }),
  );

/** What the service says of fields by their place in the list, by their names. */
export const byName = (
  errors: Readonly<Record<string, string>>,
  shared: readonly SharedText[],
): Partial<Record<Field, string>> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([path, text]) => {
      const place = /^fields\[(\d+)\]/.exec(path)?.[1];
      const field = place === undefined ? undefined : shared[Number(place)]?.field;
      return field ? [[field, text]] : [];
    }),
  );
