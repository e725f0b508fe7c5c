/** Fiscal years, which begin on 1 April: 2026 is the one from 2026-04-01 to 2027-03-31. */
import { t } from '../i18n';

const JAPAN_MS = 9 * 3_600_000;
/** So many fiscal years can be looked at: after the retention period there is little to see. */
const YEARS = 6;

/** The year in which the fiscal year of a moment (milliseconds since 1970) began, in Japan. */
export function fiscalYear(at: number): number {
  const there = new Date(at + JAPAN_MS);
  return there.getUTCFullYear() - (there.getUTCMonth() < 3 ? 1 : 0);
}

/** The year of 令和 that a fiscal year begins in: 2026 is 令和8年度. */
export const reiwa = (year: number): number => year - 2018;

/** A fiscal year as it is said in offices: 2026年度(令和8年度). */
export const fiscalYearName = (year: number): string =>
  t('fiscal_year.name', { year: String(year), era: reiwa(year) });

/** The years to choose among, the latest first. */
export const yearsUntil = (last: number): number[] =>
  Array.from({ length: YEARS }, (_, index) => last - index);
