/** Values for the placeholders of a text. */
export type Params = Record<string, string | number>;

const PLACEHOLDER = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;
const ONE = 1;

/**
 * Fills a text's placeholders: `{name}` gives the value, `{count|place|places}` chooses a word by
 * whether the count is one. An unknown placeholder stays visible, so that it is noticed.
 */
export function format(text: string, params: Params): string {
  return text.replace(
    PLACEHOLDER,
    (whole: string, name: string, one: string | undefined, many: string | undefined) => {
      const value = params[name];
      if (value === undefined) return whole;
      if (one !== undefined && many !== undefined) return Number(value) === ONE ? one : many;
      return typeof value === 'number' ? value.toLocaleString('en-US') : value;
    },
  );
}

/** The names of the placeholders in a text. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))].sort();
}
