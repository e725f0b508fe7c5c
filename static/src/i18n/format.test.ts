import { expect, test } from 'vitest';
import { format, placeholders } from './format';

test('fills placeholders and keeps unknown ones visible', () => {
  expect(format('{a} and {b}', { a: 'one' })).toBe('one and {b}');
});

test('numbers are grouped', () => {
  expect(format('{count}件', { count: 12345 })).toBe('12,345件');
});

test('chooses a word by the count', () => {
  const text = '{count} {count|stop|stops}';
  expect(format(text, { count: 1 })).toBe('1 stop');
  expect(format(text, { count: 0 })).toBe('0 stops');
});

test('a value is not read as a placeholder again', () => {
  expect(format('{text}', { text: '{count}' })).toBe('{count}');
});

test('names each placeholder once', () => {
  expect(placeholders('{b} {a} {a|x|y}')).toEqual(['a', 'b']);
});
