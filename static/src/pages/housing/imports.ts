/** Lists of homes that are taken in: what they would change, put in order. Pure. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

/** What a list of homes would change. */
export type RegisterImport = Schemas['RegisterImport'];
/** A row of the list. */
export type ImportRow = Schemas['ImportRow'];
/** How many of each. */
export type ImportCounts = Schemas['RegisterImportCounts'];
/** How much a row changes. */
export type Change = Schemas['RegisterChange'];
export type ImportPart = Schemas['ImportPart'];
export type ImportField = Schemas['ImportField'];
export type ImportResident = Schemas['ImportResident'];
/** What was done. */
export type ImportDone = Schemas['ImportDone'];

/** As many rows are shown of each kind; the rest is a number. */
export const SHOWN = 200;

const CHANGES: readonly Change[] = ['new', 'changed', 'unchanged'];

/** The rows by what they change, in the order of the file. Kinds without rows are left out. */
export const byChange = (rows: readonly ImportRow[]): { change: Change; rows: ImportRow[] }[] =>
  CHANGES.map((change) => ({ change, rows: rows.filter((row) => row.change === change) })).filter(
    (group) => group.rows.length > 0,
  );

/** Whether anything would change at all. */
export const changesAnything = (counts: ImportCounts): boolean =>
  counts.housing_new +
    counts.housing_changed +
    counts.units_new +
    counts.units_changed +
    counts.residencies_new +
    counts.residencies_changed >
  0;

/** Whether something of the register is not in the file. */
export const hasMissing = ({ missing }: Pick<RegisterImport, 'missing'>): boolean =>
  missing.housing.length + missing.units.length + missing.residencies.length > 0;

/** The request that confirms exactly what was shown. */
export const confirmBody = (
  shown: Pick<RegisterImport, 'version'>,
  acceptRefused: boolean,
): Schemas['ConfirmImport'] => ({ version: shown.version, accept_refused: acceptRefused });
