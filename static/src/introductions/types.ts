/** Introductions to councils, as the service tells them. */
import type { components } from '../api/schema';

type Schemas = components['schemas'];

/** Something that can be shared. */
export type Field = Schemas['IntroductionField'];
/** A field that is shared, with its text. */
export type SharedText = Schemas['IntroductionText'];
/** How a sheet stands. */
export type Standing = Schemas['IntroductionStanding'];
/** How a sheet is given. */
export type How = Schemas['IntroductionHow'];
/** Somebody who is introduced. */
export type Person = Schemas['IntroducedPerson'];
/** One's own introduction. */
export type MyIntroductionDocument = Schemas['MyIntroduction'];
/** A sheet on which one is. */
export type MySheet = Schemas['MyIntroductionSheet'];
/** Who consents, and which sheets were made. */
export type IntroductionList = Schemas['IntroductionList'];
/** A council, and who may be introduced to it. */
export type IntroductionCouncil = Schemas['IntroductionCouncil'];
/** Somebody who consents. */
export type IntroductionResident = Schemas['IntroductionResident'];
/** A sheet that was made. */
export type SheetItem = Schemas['IntroductionSheetItem'];
/** A sheet just made, with what is on it or its link. */
export type MadeSheet = Schemas['IntroductionSheetDocument'];
/** A link, and, when it was opened just now, what it gives. */
export type IntroductionLink = Schemas['IntroductionLink'];

/** Every field, in the order of the sheet. */
export const FIELDS: readonly Field[] = [
  'name',
  'reading',
  'housing',
  'unit',
  'phone',
  'email',
  'contact',
  'languages',
  'skills',
  'message',
];
