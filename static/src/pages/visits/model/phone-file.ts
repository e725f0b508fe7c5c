/** The file of a phone that will not send any more, and the requests that it becomes. Pure. */
import type { components } from '../../../api/schema';

type Schemas = components['schemas'];

/** What became of the items of a part. */
export type ImportResults = Schemas['ImportResults'];
/** What became of an item. */
export type ImportResult = ImportResults['results'][number];

/** An item of a file, as it stands. */
export type FileItem = Readonly<Record<string, unknown>>;

/** Why a file cannot be imported. */
export type BadFile = 'unreadable' | 'other' | 'newer' | 'empty';

const FORMAT = 'machiaruki-outbox';
const VERSION = 1;
/** What others refer to goes first, as phones send it. */
const ORDER: readonly unknown[] = ['visit', 'addition', 'observation', 'photo'];

/** Reads a file; the items, what others refer to first, or why there are none. */
export function readFile(text: string): readonly FileItem[] | BadFile {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return 'unreadable';
  }
  if (!isObject(document) || document['format'] !== FORMAT) return 'other';
  if (document['version'] !== VERSION) return 'newer';
  const items: unknown = document['items'];
  if (!Array.isArray(items)) return 'unreadable';
  if (items.length === 0) return 'empty';
  const rank = (item: unknown): number => {
    const place = isObject(item) ? ORDER.indexOf(item['kind']) : -1;
    return place < 0 ? ORDER.length : place;
  };
  return [...(items as FileItem[])].sort((a, b) => rank(a) - rank(b));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** So many items go at once: few enough for a bar that moves. */
const MOST_ITEMS = 100;
/** And so many photos, each of which takes the service up to a second. */
const MOST_PHOTOS = 4;
/** And so many characters of photos: the service takes 16 MB. */
const MOST_CHARACTERS = 4_000_000;

/** The items in parts that the service takes. A photo that is too large goes alone, and is told why. */
export function partsOf(items: readonly FileItem[]): FileItem[][] {
  const parts: FileItem[][] = [];
  let [photos, characters] = [0, 0];
  for (const item of items) {
    const file = isObject(item) ? item['file'] : undefined;
    const size = typeof file === 'string' ? file.length : 0;
    const isPhoto = isObject(item) && item['kind'] === 'photo';
    const last = parts.at(-1);
    const fits =
      last !== undefined &&
      last.length < MOST_ITEMS &&
      photos + Number(isPhoto) <= MOST_PHOTOS &&
      (size === 0 || characters + size <= MOST_CHARACTERS);
    if (fits) last.push(item);
    else {
      parts.push([item]);
      [photos, characters] = [0, 0];
    }
    photos += Number(isPhoto);
    characters += size;
  }
  return parts;
}

/** A part as a file of its own. */
export const asFile = (items: readonly FileItem[]): string =>
  JSON.stringify({ format: FORMAT, version: VERSION, items });

/** A line of the report: an item and what became of it. */
export interface Line {
  at: string | null;
  result: ImportResult;
}

/** The report's lines of a part. */
export const linesOf = (items: readonly FileItem[], { results }: ImportResults): Line[] =>
  results.map((result, index) => {
    const item = items[index];
    const body = isObject(item) ? item['body'] : undefined;
    const at = isObject(body) ? body['at'] : undefined;
    return { at: typeof at === 'string' ? at : null, result };
  });

/** How many were new, known already, and not taken. */
export function counted(lines: readonly Line[]): {
  stored: number;
  known: number;
  refused: number;
} {
  const count = (...states: ImportResult['status'][]): number =>
    lines.filter(({ result }) => states.includes(result.status)).length;
  return {
    stored: count('stored'),
    known: count('duplicate'),
    refused: count('refused', 'conflict'),
  };
}
