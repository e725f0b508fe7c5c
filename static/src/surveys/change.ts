/** How answers before and after changed: what is asked for, and how it is said. Pure. */
import type { components } from '../api/schema';

type Schemas = components['schemas'];

/** How answers before and after changed. */
export type ChangeOf = Schemas['ChangeDocument'];
/** About what. */
export type Topic = ChangeOf['topics'][number];
/** How answers of several people changed. */
export type ChangeFigures = Schemas['ChangeFigures'];

/** The address of how answers before and after changed. */
export const changePath = (year: number, programme: string): string =>
  `/api/training/change?${new URLSearchParams({ fiscal_year: String(year), programme })}`;

/** A number of points: with two decimals where any of the figures has them, as of many pairs. */
const points = (value: number, { pairs }: ChangeFigures): string =>
  value.toFixed(pairs >= 100 ? 2 : 1);

/** A mean. */
export const meanText = (figures: ChangeFigures, what: 'before' | 'after'): string =>
  points(figures[what], figures);

/** A change, with its sign. */
export const signed = (value: number, figures: ChangeFigures): string => {
  const text = points(Math.abs(value), figures);
  if (Number(text) === 0) return `±${text}`;
  return `${value > 0 ? '+' : '−'}${text}`;
};
