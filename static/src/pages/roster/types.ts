/** The JSON of the roster, by short names. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

/** Somebody in a list. */
export type StaffItem = Schemas['StaffItem'];
/** A page of staff. */
export type StaffList = Schemas['StaffList'];
/** Somebody with their history. */
export type Person = Schemas['StaffDocument'];
/** What somebody was for a time. */
export type SpellItem = Schemas['SpellItem'];
/** A department as it stands on a day. */
export type Department = Schemas['DepartmentItem'];
/** A tier. */
export type Tier = Schemas['Tier'];
/** How somebody is employed. */
export type Employment = Schemas['Employment'];
/** A time in which somebody does not work here. */
export type Absence = Schemas['Absence'];
/** Why somebody does not work here for a time. */
export type AbsenceKind = Schemas['AbsenceKind'];
/** What a file would change. */
export type Preview = Schemas['RosterPreviewDocument'];
/** What changes about somebody. */
export type ChangeView = Schemas['RosterChangeView'];
/** A file that waits to be confirmed. */
export type PreviewItem = Schemas['RosterPreviewItem'];
/** What was done. */
export type Confirmed = Schemas['RosterConfirmedDocument'];
/** A change that was made. */
export type ChangeItem = Schemas['RosterChangeItem'];
/** Changes, page by page. */
export type Changes = Schemas['RosterChangesDocument'];
