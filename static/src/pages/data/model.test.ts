import { expect, test } from 'vitest';
import { importPath, meaningOf, previewPath, suggestedId } from './model';

const columns = [
  { name: '名称', field: 'name', samples: [] },
  { name: '謎:x', field: null, samples: [] },
];
const plain = {
  target: { kind: 'known', id: 'list' } as const,
  fileName: 'a b.csv',
  columns,
  choices: {},
  acceptValid: false,
  acceptVanished: false,
  plan: null,
};

test('without a plan it is a dry run, with one it is not', () => {
  expect(importPath(plain)).toBe('/api/datasets/list/import?file=a+b.csv&dry_run=true');
  expect(importPath({ ...plain, plan: 'abc' })).toBe(
    '/api/datasets/list/import?file=a+b.csv&plan=abc',
  );
});

test('only what differs from what was recognised is said of columns', () => {
  const path = importPath({ ...plain, choices: { 名称: 'name', '謎:x': 'note' } });
  expect(new URL(path, 'http://x').searchParams.getAll('map')).toEqual(['謎:x:note']);
  expect(meaningOf(columns[1]!, { '謎:x': 'note' })).toBe('note');
  expect(meaningOf(columns[0]!, {})).toBe('name');
  expect(meaningOf(columns[0]!, { 名称: '' })).toBe('');
});

test('a new dataset says its layer and what is known of it', () => {
  const dataset = {
    id: 'our-list',
    layer: 'schools',
    title: '学校',
    source: '',
    licence: '',
    as_of: '2026-04-01',
  };
  const target = { kind: 'new', dataset } as const;
  expect(previewPath(target)).toBe('/api/datasets/our-list/preview?layer=schools');
  const query = new URL(importPath({ ...plain, target }), 'http://x').searchParams;
  expect([query.get('layer'), query.get('title'), query.get('as_of')]).toEqual([
    'schools',
    '学校',
    '2026-04-01',
  ]);
  expect(query.has('source')).toBe(false);
  expect(query.has('id')).toBe(false);
});

test('a suggested id is not taken', () => {
  expect(suggestedId('school_districts', '2026-11-20', [])).toBe('school-districts-2026');
  expect(suggestedId('a', '2026-11-20', ['a-2026', 'a-2026-2'])).toBe('a-2026-3');
});
