import { afterEach, expect, test } from 'vitest';
import type { Field, FieldKind, Value } from '../api/types';
import { setLanguage } from '../i18n';
import { sections, showValue } from './field';

const field = (name: string, kind: FieldKind): Field => ({
  name,
  kind,
  label: { ja: name, en: name, easy: name },
  choices: [{ value: 'aed', label: { ja: 'AED設置場所', en: 'AED', easy: 'AED' } }],
});

const shown = (kind: FieldKind, value: Value | undefined, name = 'x') =>
  showValue(field(name, kind), value);

afterEach(async () => {
  await setLanguage('ja');
});

test('numbers, days and choices read well', async () => {
  expect(shown('integer', 12345)).toEqual({ kind: 'text', text: '12,345' });
  expect(shown('date', '2026-04-01')).toEqual({ kind: 'text', text: '2026年4月1日' });
  expect(shown('choice', 'aed')).toEqual({ kind: 'text', text: 'AED設置場所' });
  await setLanguage('en');
  expect(shown('date', '2026-04-01')).toEqual({ kind: 'text', text: '1 April 2026' });
  expect(shown('choice', 'aed')).toEqual({ kind: 'text', text: 'AED' });
});

test('a code or a day that is not known stays as it is', () => {
  expect(shown('choice', 'new')).toEqual({ kind: 'text', text: 'new' });
  expect(shown('date', '2026-13-45')).toEqual({ kind: 'text', text: '2026-13-45' });
});

test('an absent value is nothing, a false flag is a no', () => {
  expect(shown('flag', undefined)).toBeNull();
  expect(shown('text', '')).toBeNull();
  expect(shown('list', [])).toBeNull();
  expect(shown('flag', false)).toEqual({ kind: 'text', text: '× いいえ' });
});

test('only web addresses become links', () => {
  expect(shown('url', 'https://example.jp/まち')).toEqual({
    kind: 'link',
    href: 'https://example.jp/%E3%81%BE%E3%81%A1',
    text: 'example.jp/まち',
  });
  expect(shown('url', 'javascript:alert(1)')).toEqual({
    kind: 'text',
    text: 'javascript:alert(1)',
  });
  expect(shown('url', 'ward office')).toEqual({ kind: 'text', text: 'ward office' });
});

test('a telephone number can be called, however it is written', () => {
  expect(shown('text', '０３−１２３４−５６７８', 'phone')).toMatchObject({
    href: 'tel:0312345678',
  });
});

const hazards = ['flood', 'earthquake', 'tsunami', 'volcano'].map((name) => field(name, 'flag'));

test('where flags stand together, what is not said is shown', () => {
  const values: Record<string, Value> = { address: '芝', earthquake: true, tsunami: false };
  const found = sections([field('address', 'text'), ...hazards], (name) => values[name]);
  expect(found).toHaveLength(2);
  expect(found[1]).toMatchObject({
    kind: 'flags',
    flags: [{ value: null }, { value: true }, { value: false }, { value: null }],
  });
});

test('flags of which none is said are not shown', () => {
  expect(sections(hazards, () => undefined)).toEqual([]);
});
