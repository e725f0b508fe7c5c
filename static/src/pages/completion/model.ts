/** What the page of completion asks for, and what it makes of it. Pure. */
import type { components } from '../../api/schema';
import type { Key } from '../../i18n/areas/training';

type Schemas = components['schemas'];

/** The programmes of a fiscal year. */
export type ProgrammeList = Schemas['ProgrammeList'];
/** A programme. */
export type Programme = ProgrammeList['programmes'][number];
/** How many stand how. */
export type Report = Schemas['ReportDocument'];
/** A group of them. */
export type Row = Report['groups'][number];
/** By what people are grouped. */
export type Grouping = Report['by'];
/** Who stands how. */
export type StandingList = Schemas['StandingList'];
/** Somebody. */
export type Person = StandingList['people'][number];
/** What became of reminding people, or would. */
export type Reminded = Schemas['RemindedDocument'];
/** How people stand. */
export type Stands = Schemas['Stands'];

/** A programme over the years. */
export type Trend = Schemas['TrendDocument'];
/** A programme in one of them. */
export type TrendYear = Trend['years'][number];
/** How many will be missing at the year's end. */
export type Forecast = Schemas['ForecastDocument'];
/** A group of them. */
export type ForecastRow = Forecast['groups'][number];

export const GROUPINGS: Record<Grouping, Key> = {
  division: 'completion.by_division',
  department: 'completion.by_department',
  district: 'completion.by_district',
  tier: 'completion.by_tier',
  employment: 'completion.by_employment',
  month: 'completion.by_month',
};

export const STANDS: Record<Stands, Key> = {
  missing: 'completion.missing',
  overdue: 'completion.overdue',
  completed: 'completion.completed',
  deferred: 'completion.deferred',
  exempt: 'completion.exempt',
};

/** What is asked for. */
export interface Query {
  year: number;
  programme: string;
  by: Grouping;
  asOf: string;
}

const parameters = ({ year, programme, asOf }: Query): URLSearchParams => {
  const params = new URLSearchParams({ fiscal_year: String(year) });
  if (programme) params.set('programme', programme);
  if (asOf) params.set('as_of', asOf);
  return params;
};

/** The address of the figures. */
export function reportPath(query: Query): string {
  const params = parameters(query);
  params.set('by', query.by);
  return `/api/training/report?${params}`;
}

/** The address of the names. */
export function peoplePath(query: Query, stands: Stands): string {
  const params = parameters(query);
  params.set('stands', stands);
  return `/api/training/people?${params}`;
}

/** The address that says how many would be reminded. */
export function remindersPath(year: number, programme: string, department: string): string {
  const params = new URLSearchParams({ fiscal_year: String(year), programme });
  if (department) params.set('department', department);
  return `/api/training/reminders?${params}`;
}

/** The departments that the figures are of; none where they are of other groups. */
export const departmentsOf = ({ by, groups }: Report): readonly Row[] =>
  by === 'division' || by === 'department' ? groups : [];

/** A part of a whole, from 0 to 1, in per cent with one digit. The whole is said only of all, and nothing only of none. */
export const percent = (rate: number | null | undefined): string => {
  if (typeof rate !== 'number') return '-';
  const most = rate < 1 ? 99.9 : 100;
  return `${Math.min(most, Math.max(rate > 0 ? 0.1 : 0, rate * 100)).toFixed(1)} %`;
};

/** The address of a programme over the years, until one. */
export const trendPath = (year: number, programme: string): string =>
  `/api/training/trend?${new URLSearchParams({ fiscal_year: String(year), programme })}`;

/** The address of what is to be expected of this year. */
export const forecastPath = (programme: string): string =>
  `/api/training/forecast?${new URLSearchParams({ programme })}`;

/** How many are expected, as whole people: the range never leaves out what it held. */
export const expected = ({
  expected,
  low,
  high,
}: NonNullable<ForecastRow['forecast']>): Record<'count' | 'low' | 'high', number> => ({
  count: Math.round(expected),
  low: Math.floor(low),
  high: Math.ceil(high),
});
