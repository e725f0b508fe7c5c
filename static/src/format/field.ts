/** How a field's value is shown to people. */
import type { Field, Value } from '../api/types';
import { languageTag, pick, t } from '../i18n';
import { formatDay } from './dates';

/** A value, ready to be put on the page. */
export type Shown =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'link'; href: string; text: string };

/** The value of a field for people; null when there is nothing to show. */
export function showValue(field: Field, value: Value | undefined): Shown | null {
  if (value === undefined || value === '') return null;
  switch (field.kind) {
    case 'flag':
      return typeof value === 'boolean' ? text(t(value ? 'flag.yes' : 'flag.no')) : null;
    case 'list': {
      const items = (Array.isArray(value) ? value : [value]).map(String).filter(Boolean);
      return items.length > 0 ? { kind: 'list', items } : null;
    }
    case 'integer':
    case 'number':
      return text(typeof value === 'number' ? value.toLocaleString(languageTag()) : asText(value));
    case 'date':
      return text(formatDay(asText(value)));
    case 'choice': {
      const choice = field.choices.find((candidate) => candidate.value === value);
      return text(choice ? pick(choice.label) : asText(value));
    }
    case 'url':
      return webLink(asText(value));
    case 'text':
      return field.name === 'phone' ? phoneLink(asText(value)) : text(asText(value));
  }
}

const asText = (value: Value): string => (Array.isArray(value) ? value.join(', ') : String(value));
const text = (shown: string): Shown => ({ kind: 'text', text: shown });

/** Only web addresses become links: data must not be able to run a `javascript:` address. */
function webLink(address: string): Shown {
  try {
    const url = new URL(address);
    if (url.protocol === 'https:' || url.protocol === 'http:') {
      return { kind: 'link', href: url.href, text: readable(url) };
    }
  } catch {
    // Not an address after all.
  }
  return text(address);
}

function readable({ host, pathname }: URL): string {
  const path = pathname === '/' ? '' : pathname;
  try {
    return host + decodeURI(path);
  } catch {
    return host + path;
  }
}

function phoneLink(number: string): Shown {
  const digits = number.normalize('NFKC').replace(/[^\d+]/g, '');
  return digits.length >= 3 ? { kind: 'link', href: `tel:${digits}`, text: number } : text(number);
}

/** Part of a feature's details: one field, or neighbouring flags that are read together. */
export type Section =
  | { kind: 'field'; field: Field; shown: Shown }
  | { kind: 'flags'; flags: { field: Field; value: boolean | null }[] };

/** From this many neighbouring flags on, what is *not said* is shown too. */
const FLAG_RUN = 4;

/**
 * A feature's fields in the catalogue's order. Where flags stand together, such as the hazards
 * that a shelter is designated for, a missing one is shown as "not said": silence is not a "no".
 */
export function sections(
  fields: readonly Field[],
  value: (name: string) => Value | undefined,
): Section[] {
  const result: Section[] = [];
  for (let start = 0; start < fields.length;) {
    const field = fields[start];
    if (!field) break;
    const run = field.kind === 'flag' ? flagRun(fields, start) : [];
    if (run.length >= FLAG_RUN && run.some(({ name }) => typeof value(name) === 'boolean')) {
      result.push({
        kind: 'flags',
        flags: run.map((flag) => ({ field: flag, value: said(value(flag.name)) })),
      });
      start += run.length;
      continue;
    }
    const shown = showValue(field, value(field.name));
    if (shown) result.push({ kind: 'field', field, shown });
    start += 1;
  }
  return result;
}

const said = (value: Value | undefined): boolean | null =>
  typeof value === 'boolean' ? value : null;

function flagRun(fields: readonly Field[], start: number): Field[] {
  const rest = fields.slice(start);
  const end = rest.findIndex(({ kind }) => kind !== 'flag');
  return end < 0 ? rest : rest.slice(0, end);
}
