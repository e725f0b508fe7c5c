import { expect, test } from 'vitest';
import { degrees } from './degrees';

test('degrees may be wide, and must be degrees', () => {
  expect(degrees({ lat: '３５．６５', lon: ' 139.75 ' })).toEqual([139.75, 35.65]);
  expect(degrees({ lat: '', lon: '139' })).toBeNull();
  expect(degrees({ lat: '139', lon: '35' })).toBeNull();
});
