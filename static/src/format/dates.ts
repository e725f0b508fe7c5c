/** Days and times for people. Days are the ward's, in Asia/Tokyo, whatever the reader's clock. */
import { languageTag } from '../i18n';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ZONE = 'Asia/Tokyo';

/** `2026-04-01` as people write it. What is not a day stays as it is. */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (!DAY.test(day) || Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** A moment, to the minute. */
export const formatTime = (moment: Date): string =>
  new Intl.DateTimeFormat(locale(), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: ZONE,
  }).format(moment);

/** The time of day of a moment, to the minute. */
export const formatClock = (moment: Date): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: ZONE }).format(moment);

/** Today in the ward, `2026-04-01`. */
export const today = (now = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: ZONE }).format(now);

const locale = (): string => (languageTag() === 'en' ? 'en-GB' : 'ja-JP');
