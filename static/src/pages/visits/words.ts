/** Visits in words. */
import { pick } from '../../i18n';
import { type Key, t } from '../../i18n/areas/visits';
import {
  type Evidence,
  fixesOf,
  type Outcome,
  type Owned,
  type Owner,
  type Step,
  type Visit,
} from './model/visits';

/** What counts of a visit, and how that looks. */
export const OUTCOMES: Record<Outcome, { words: Key; tone: string }> = {
  accepted: { words: 'visits.state_accepted', tone: 'badge-done' },
  pending: { words: 'visits.state_pending', tone: 'badge-warning' },
  rejected: { words: 'visits.state_rejected', tone: 'badge-retired' },
};

const VERDICTS: Record<NonNullable<Visit['verdict']>, Key> = {
  inside: 'visits.inside',
  undecidable: 'visits.undecidable',
  outside: 'visits.outside',
};
const KINDS: Record<Evidence['kind'], Key> = {
  self: 'visits.kind_self',
  gps: 'visits.kind_gps',
  qr: 'visits.kind_qr',
  trainer: 'visits.kind_trainer',
  photo: 'visits.kind_photo',
  answer: 'visits.kind_answer',
};
const SHOWN: Record<Evidence['shown'], Key> = {
  yes: 'visits.shown_yes',
  no: 'visits.shown_no',
  undecided: 'visits.shown_undecided',
};
const FLAGS: Record<Visit['flags'][number]['code'], Key> = {
  mock_fix: 'visits.flag_mock_fix',
  impossible_speed: 'visits.flag_impossible_speed',
  clock_off: 'visits.flag_clock_off',
  wrong_code: 'visits.flag_wrong_code',
  before_publication: 'visits.flag_before_publication',
  imported: 'visits.flag_imported',
};
const DECISIONS: Record<Visit['decisions'][number]['kind'], Key> = {
  accept: 'visits.decided_accept',
  reject: 'visits.decided_reject',
  void: 'visits.decided_void',
};
const STEPS: Record<Step, { verb: Key; done: Key }> = {
  accept: { verb: 'visits.accept', done: 'visits.done_accept' },
  reject: { verb: 'visits.reject', done: 'visits.done_reject' },
  void: { verb: 'visits.void', done: 'visits.done_void' },
};

/** What a button that does something says. */
export const verbOf = (step: Step): string => t(STEPS[step].verb);

/** That it is done. */
export const doneText = (step: Step, visit: Visit): string =>
  t(STEPS[step].done, { stop: pick(visit.stop_name) });

/** Somebody by name and number; by number alone where there is no name. */
export const whoText = ({ name, login }: Owner): string =>
  name ? t('visits.who', { name, login }) : login;

/** A visit as a list and a map call it. */
export const nameText = ({ owner, visit }: Owned, number: number): string =>
  t('visits.named', { number, stop: pick(visit.stop_name), who: whoText(owner) });

/** What a flag means, in plain words. */
export const flagText = (code: Visit['flags'][number]['code']): string => t(FLAGS[code]);

/** What was decided. */
export const decisionText = (kind: Visit['decisions'][number]['kind']): string =>
  t(DECISIONS[kind]);

/** An older position is worth a word, in seconds. */
const OLD_S = 30;

/** Where the phone was, in sentences. */
export function positionText(visit: Visit): string[] {
  const [nearest] = fixesOf(visit);
  if (!visit.verdict || !nearest) return [t('visits.no_position')];
  const { distance_m, accuracy_m, age_s } = nearest;
  const figures = t('visits.distance', {
    distance: Math.round(distance_m ?? 0),
    accuracy: Math.round(accuracy_m ?? 0),
    radius: visit.stop_radius_m,
  });
  const old = (age_s ?? 0) > OLD_S ? [t('visits.old', { seconds: Math.round(age_s ?? 0) })] : [];
  return [t(VERDICTS[visit.verdict]), figures, ...old];
}

/** What the stop asks for. */
export function askedText({ asked }: Visit): string {
  const kinds = asked.map((kind) => t(KINDS[kind])).join(t('text.separator'));
  return asked.length > 1 ? t('visits.asked_any', { kinds }) : kinds;
}

/** A piece of evidence with what the rule says of it. */
export function evidenceText({ kind, text, shown, asked }: Evidence): string {
  const what = kind === 'answer' && text ? t('visits.answered', { text }) : t(KINDS[kind]);
  return `${what}: ${t(SHOWN[shown])}${asked ? '' : t('visits.not_asked')}`;
}
