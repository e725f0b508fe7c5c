import { expect, test } from 'vitest';
import { exported, type Item } from '../../../outbox';
import {
  asFile,
  counted,
  type FileItem,
  type ImportResults,
  linesOf,
  partsOf,
  readFile,
} from './phone-file';

const item = (id: string, kind: Item['kind'], file?: ArrayBuffer): Item => ({
  id,
  kind,
  owner: 'a',
  made: 0,
  body: { id, at: '2026-11-20T10:15:30+09:00' },
  state: { is: 'queued', tries: 0 },
  ...(file ? { file, visit: 'v' } : {}),
});

const read = (text: string): readonly FileItem[] => {
  const items = readFile(text);
  if (typeof items === 'string') throw new Error(items);
  return items;
};

test('what a phone saves is read, what others refer to first', () => {
  const items = [
    item('p', 'photo', new Uint8Array([1, 2, 3]).buffer),
    item('o', 'observation'),
    item('v', 'visit'),
    item('a', 'addition'),
  ];
  const found = read(exported(items, null, new Date(0)));
  expect(found.map(({ id }) => id)).toEqual(['v', 'a', 'o', 'p']);
  expect(found[3]).toMatchObject({ file: 'AQID', visit: 'v' });
});

test('what is no such file says why', () => {
  expect(readFile('{')).toBe('unreadable');
  expect(readFile('[]')).toBe('other');
  expect(readFile('{"format":"other"}')).toBe('other');
  expect(readFile('{"format":"machiaruki-outbox","version":2,"items":[]}')).toBe('newer');
  expect(readFile('{"format":"machiaruki-outbox","version":1}')).toBe('unreadable');
  expect(readFile('{"format":"machiaruki-outbox","version":1,"items":[]}')).toBe('empty');
  expect(read('\uFEFF{"format":"machiaruki-outbox","version":1,"items":[1,null]}')).toHaveLength(2);
});

test('a large file goes in parts, photos few at a time', () => {
  const visits = Array.from({ length: 250 }, (_, index) => ({ id: String(index), kind: 'visit' }));
  const photo = (size: number) => ({ kind: 'photo', file: 'x'.repeat(size) });
  const photos = [
    photo(10),
    photo(10),
    photo(10),
    photo(10),
    photo(10),
    photo(3_999_999),
    photo(5_000_000),
  ];
  const parts = partsOf([...visits, ...photos]);
  expect(parts.map((part) => part.length)).toEqual([100, 100, 54, 1, 1, 1]);
  expect(parts.flat()).toHaveLength(257);
  expect(read(asFile(parts[0]!))).toHaveLength(100);
});

test('the report names each item with its time, and counts', () => {
  const items = [{ kind: 'visit', body: { at: '2026-11-20T10:15:30+09:00' } }, 7 as never];
  const results = {
    results: [{ status: 'stored' }, { status: 'refused' }],
  } as unknown as ImportResults;
  const lines = linesOf(items, results);
  expect(lines.map(({ at }) => at)).toEqual(['2026-11-20T10:15:30+09:00', null]);
  expect(counted(lines)).toEqual({ stored: 1, known: 0, refused: 1 });
});
