/** When an outing is, for people: the ward's time, with the day of the week. */
import { formatClock } from '../format/dates';
import { languageTag } from '../i18n';
import { endOf, startOf } from './state';
import type { Outing } from './types';

/** The day, with the day of the week. */
export const dayOf = (at: number): string =>
  new Intl.DateTimeFormat(languageTag() === 'en' ? 'en-GB' : 'ja-JP', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(at));

/** The time of day of a moment. */
export const clockOf = (at: number): string => formatClock(new Date(at));

/** From when until when: `2026年12月1日(火) 10:00〜12:00`. */
export function whenOf(outing: Pick<Outing, 'starts_at' | 'duration_min'>): string {
  const [start, end] = [startOf(outing), endOf(outing)];
  const to = languageTag() === 'en' ? '–' : '〜';
  return `${dayOf(start)} ${clockOf(start)}${to}${clockOf(end)}`;
}

const JAPAN_MS = 9 * 3_600_000;

/** A moment as fields take it: the day and the time of day in Japan. */
export function fieldsOf(at: number): { day: string; time: string } {
  const there = new Date(at + JAPAN_MS).toISOString();
  return { day: there.slice(0, 10), time: there.slice(11, 16) };
}

/** What fields say as a moment with the offset of Japan; null when it is none. */
export function momentOf(day: string, time: string): string | null {
  const text = `${day}T${time}:00+09:00`;
  const isWhole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\+09:00$/.test(text);
  return isWhole && !Number.isNaN(Date.parse(text)) ? text : null;
}
