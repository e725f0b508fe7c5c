/** The roll-call in words. */
import { html, nothing, type TemplateResult } from 'lit';
import { drawStanding } from '../../activation/signs';
import type { Counts, RollEntry, RollRow, TimelineEntry } from '../../activation/types';
import { standingName } from '../../activation/words';
import { moment } from '../../components/moment';
import { type Key, t } from '../../i18n/areas/activations';
import type { FeedState } from './feed';
import { standingOf, STANDINGS } from './roll';

/** A resident by name and number; whoever is on the roster no more has none. */
export function personText(row: {
  staff_name?: string | null;
  staff_number?: string | null;
}): string {
  const { staff_name: name, staff_number: number } = row;
  if (name && number) return t('activations.person', { name, number });
  return name ?? number ?? t('activations.nobody');
}

/** A unit with its building. */
export const homeText = ({ housing_name: housing, unit_name: unit }: RollRow): string =>
  t('activations.home', { housing, unit });

/** An answer with its sign. */
export const standingLine = (row: Pick<RollRow, 'answer'>): TemplateResult =>
  html`<span class="roll-standing"
    >${drawStanding(standingOf(row))}<strong>${standingName(standingOf(row))}</strong></span
  >`;

/** So much later than the tap it may arrive without being late. */
const LATE_MS = 120_000;

/** When an answer was given, and whatever is special about how it came. */
export function answeredText(entry: {
  answered_at?: string | null;
  received_at?: string | null;
  by?: RollEntry['by'] | null;
}): TemplateResult | typeof nothing {
  const { answered_at: at, received_at: received, by } = entry;
  if (!at) return nothing;
  const isLate =
    by === 'resident' && received ? Date.parse(received) - Date.parse(at) > LATE_MS : false;
  return html`${moment(at)}${by === 'registrar' ? html` ${t('activations.by_phone')}` : nothing}${
    isLate && received ? html` ${t('activations.arrived_late')} ${moment(received)}` : nothing
  }`;
}

const TOLD: Partial<Record<string, Key>> = {
  queued: 'activations.told_queued',
  claimed: 'activations.told_queued',
  failed: 'activations.told_queued',
  sent: 'activations.told_sent',
  given_up: 'activations.told_given_up',
  withheld: 'activations.told_withheld',
};

const toldWord = (state: string | null | undefined): string =>
  t((state ? TOLD[state] : undefined) ?? 'activations.told_unknown');

/** Whether somebody was told, in the app and by mail. */
export const toldText = ({ told }: RollRow): string =>
  [
    t('activations.told_app', { state: toldWord(told.app) }),
    t('activations.told_mail', { state: toldWord(told.mail) }),
  ].join(t('text.separator'));

/** How many have answered what, in one sentence. Of what nobody answered nothing is said. */
export const countsText = (counts: Counts): string =>
  STANDINGS.filter((standing) => counts[standing] > 0)
    .map((standing) =>
      t('activations.count_of', { answer: standingName(standing), count: counts[standing] }),
    )
    .join(t('text.separator'));

const STATES: Record<FeedState, Key> = {
  opening: 'activations.live_opening',
  live: 'activations.live',
  retrying: 'activations.live_retrying',
  polling: 'activations.live_polling',
  signed_out: 'activations.live_signed_out',
  ended: 'activations.live_ended',
};

/** How up to date what is shown is. */
export const stateText = (state: FeedState): string => t(STATES[state]);

/** Something that happened, in words. */
export function happenedText(entry: TimelineEntry): string {
  switch (entry.what) {
    case 'declared':
      return t('activations.happened_declared');
    case 'told':
      return t(
        entry.channel === 'mail' ? 'activations.happened_mail' : 'activations.happened_app',
        {
          count: entry.count ?? 0,
        },
      );
    case 'answer': {
      const answer = standingName(entry.answer ?? 'none');
      const who = personText(entry);
      return entry.by === 'registrar'
        ? t('activations.happened_phone', { who, answer })
        : t('activations.happened_answer', { who, answer });
    }
    case 'ended':
      return t('activations.happened_ended');
    // A word of a later service.
    default:
      return entry.what;
  }
}
