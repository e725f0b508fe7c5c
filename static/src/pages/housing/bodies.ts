/** What is typed in the forms of the register, and the requests made of it. Pure. */
import type { components } from '../../api/schema';
import type { Position } from '../../api/types';
import { type AddressRule, type DistrictLink, type ResidencyItem, UNDECIDED } from './model';

type Schemas = components['schemas'];

/** Texts of fields, by name. */
type Texts<Name extends string> = Readonly<Record<Name, string>>;

export type HousingTexts = Texts<'name' | 'address' | 'note'>;
export type UnitTexts = Texts<'name' | 'note'>;
export type ResidencyTexts = Texts<'staff_number' | 'from' | 'until' | 'note'>;
export type DistrictTexts = Texts<'district_id' | 'council_id' | 'from' | 'until' | 'note'>;
export type RuleTexts = Texts<'beginning' | 'council_id' | 'from' | 'until'>;

/** A day that may be left out. */
const dayOrNone = (text: string): string | null => text || null;

export const housingBody = (
  { name, address, note }: HousingTexts,
  location: Position,
): Schemas['HousingBody'] => ({
  name: name.trim(),
  address: address.trim(),
  location,
  note: note.trim(),
});

export const unitBody = ({ name, note }: UnitTexts, closed: boolean): Schemas['UnitBody'] => ({
  name: name.trim(),
  closed,
  note: note.trim(),
});

export const moveIn = (
  unit: string,
  { staff_number, from, until, note }: ResidencyTexts,
): Schemas['MoveIn'] => ({
  unit_id: unit,
  staff_number: staff_number.trim(),
  from,
  until: dayOrNone(until),
  note: note.trim(),
});

/** Nobody has settled anything of somebody who stays. */
export const residencyBody = (
  { from, until, note }: Omit<ResidencyTexts, 'staff_number'>,
  settled: boolean,
): Schemas['ResidencyBody'] => ({
  from,
  until: dayOrNone(until),
  settled: settled && until !== '',
  note: note.trim(),
});

/** All that follows from moving out was done; the rest stays as it is. */
export const settledBody = ({
  from,
  until,
  note,
}: Pick<ResidencyItem, 'from' | 'until' | 'note'>): Schemas['ResidencyBody'] => ({
  from,
  until: until ?? null,
  settled: true,
  note,
});

const councilOrNone = (choice: string): string | null => (choice === UNDECIDED ? null : choice);

export const districtBody = (texts: DistrictTexts): Schemas['DistrictLinkBody'] => ({
  district_id: texts.district_id,
  council_id: councilOrNone(texts.council_id),
  from: texts.from,
  until: dayOrNone(texts.until),
  note: texts.note.trim(),
});

/** What names a link of a school district, so that it can be taken back. */
export const districtName = (link: DistrictLink): Schemas['DistrictLinkName'] => ({
  district_id: link.district_id,
  council_id: link.council_id ?? null,
  from: link.from,
});

export const ruleBody = (texts: RuleTexts): Schemas['AddressRuleBody'] => ({
  beginning: texts.beginning.trim(),
  council_id: texts.council_id,
  from: texts.from,
  until: dayOrNone(texts.until),
});

/** What stands in the fields of a link at first. */
export const districtTexts = (link: DistrictLink | null, day: string): DistrictTexts => ({
  district_id: link?.district_id ?? '',
  council_id: link ? (link.council_id ?? UNDECIDED) : '',
  from: link?.from ?? day,
  until: link?.until ?? '',
  note: link?.note ?? '',
});

/** What stands in the fields of a rule at first. */
export const ruleTexts = (rule: AddressRule | null, day: string): RuleTexts => ({
  beginning: rule?.beginning ?? '',
  council_id: rule?.council_id ?? '',
  from: rule?.from ?? day,
  until: rule?.until ?? '',
});
