/** What the form of a gathering makes of what is typed. Pure. */
import type {
  CountedGathering,
  Duty,
  GatheringDocument,
  GatheringKind,
} from '../../gatherings/types';
import { fieldsOf, momentOf } from '../../outings/when';

/** What stands in the fields. */
export interface Texts {
  kind: GatheringKind;
  duty: Duty;
  title: string;
  place: string;
  day: string;
  time: string;
  minutes: string;
  note: string;
  callers: string;
  councils: ReadonlySet<string>;
}

/** The kinds and duties, in the order of the service. */
export const KINDS: readonly GatheringKind[] = ['meeting', 'assembly', 'drill', 'storehouse_check'];
export const DUTIES: readonly Duty[] = ['official', 'overtime', 'exempted', 'private'];

/** What stands in the fields at first. */
export function textsOf(gathering: CountedGathering | null): Texts {
  if (!gathering) {
    return {
      kind: 'meeting',
      duty: 'overtime',
      title: '',
      place: '',
      day: '',
      time: '18:30',
      minutes: '90',
      note: '',
      callers: '',
      councils: new Set(),
    };
  }
  const { kind, duty, title, place, starts_at, duration_min, note, councils } = gathering;
  return {
    kind,
    duty,
    title,
    place,
    ...fieldsOf(Date.parse(starts_at)),
    minutes: String(duration_min),
    note,
    callers: '',
    councils: new Set(councils.map(({ id }) => id)),
  };
}

/** What is sent; null where there is no such moment. */
export function bodyOf(texts: Texts, before: CountedGathering | null): GatheringDocument | null {
  const starts_at = momentOf(texts.day, texts.time);
  if (!starts_at) return null;
  const { kind, duty, title, place, note } = texts;
  const callers = texts.callers
    .normalize('NFKC')
    .split(/[\s,、]+/)
    .filter(Boolean);
  const minutes = Number(texts.minutes.normalize('NFKC'));
  const body: GatheringDocument = {
    kind,
    duty,
    title,
    place,
    note,
    starts_at,
    duration_min: Number.isInteger(minutes) && minutes > 0 ? Math.min(minutes, 65_535) : 0,
    council_ids: [...texts.councils],
    location: before?.location ?? null,
  };
  // Without the field they stay who they were.
  return callers.length > 0 ? { ...body, roll_caller_numbers: callers } : body;
}
