/** What a trainer writes of an outing: the form's fields, and what is sent. Pure. */
import type { Outing, OutingDocument, Participants } from '../../outings/types';
import { fieldsOf, momentOf } from '../../outings/when';

/** A host in the form. */
export interface PlannedHost {
  kind: 'organisation' | 'guide';
  name: string;
}

/** The form's fields, as they are typed. */
export interface Plan {
  version: string;
  day: string;
  time: string;
  duration: string;
  meeting_point: string;
  capacity: string;
  /** Staff numbers with something between them. */
  trainers: string;
  hosts: readonly PlannedHost[];
}

/** Nothing planned yet. */
export const EMPTY: Plan = {
  version: '',
  day: '',
  time: '10:00',
  duration: '120',
  meeting_point: '',
  capacity: '20',
  trainers: '',
  hosts: [],
};

/** An outing as the form shows it. */
export function planOf(outing: Outing, participants: Participants | null): Plan {
  const { day, time } = fieldsOf(Date.parse(outing.starts_at));
  return {
    version: outing.route_version_id,
    day,
    time,
    duration: String(outing.duration_min),
    meeting_point: outing.meeting_point,
    capacity: String(outing.capacity),
    trainers: (participants?.trainers ?? []).flatMap(({ number }) => number ?? []).join(' '),
    hosts: outing.hosts.map(({ kind, name }) => ({ kind, name })),
  };
}

/** Staff numbers that somebody typed, whatever stands between them. */
export const numbersOf = (typed: string): string[] => [
  ...new Set(
    typed
      .normalize('NFKC')
      .split(/[\s,、;・/]+/)
      .filter((number) => number !== ''),
  ),
];

/** What is missing before it can be sent: the names of the fields. */
export type Missing = 'version' | 'starts_at' | 'duration_min' | 'meeting_point' | 'capacity';

const numberOf = (typed: string): number | null => {
  const plain = typed.normalize('NFKC').trim();
  return /^\d{1,4}$/.test(plain) ? Number(plain) : null;
};

/** What is sent, or what is missing. Hosts without a name were not meant. */
export function documentOf(plan: Plan): OutingDocument | readonly Missing[] {
  const starts_at = momentOf(plan.day, plan.time);
  const duration_min = numberOf(plan.duration);
  const capacity = numberOf(plan.capacity);
  const meeting_point = plan.meeting_point.trim();
  if (
    plan.version === '' ||
    starts_at === null ||
    duration_min === null ||
    capacity === null ||
    meeting_point === ''
  ) {
    const wrong: [Missing, boolean][] = [
      ['version', plan.version === ''],
      ['starts_at', starts_at === null],
      ['duration_min', duration_min === null],
      ['meeting_point', meeting_point === ''],
      ['capacity', capacity === null],
    ];
    return wrong.filter(([, isWrong]) => isWrong).map(([name]) => name);
  }
  return {
    route_version_id: plan.version,
    starts_at,
    duration_min,
    meeting_point,
    capacity,
    trainer_numbers: numbersOf(plan.trainers),
    hosts: plan.hosts
      .map(({ kind, name }) => ({ kind, name: name.trim() }))
      .filter(({ name }) => name !== ''),
  };
}
