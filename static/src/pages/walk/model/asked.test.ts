import { expect, test } from 'vitest';
import { isEnough, offers } from './asked';
import { NOTHING } from './check-in';

test('any one thing that a stop asks for is enough', () => {
  expect(isEnough(['gps', 'qr'], NOTHING, 'inside')).toBe(true);
  expect(isEnough(['gps', 'qr'], NOTHING, 'undecidable')).toBe(false);
  expect(isEnough(['gps', 'qr'], NOTHING, null)).toBe(false);
  expect(isEnough(['gps', 'qr'], { ...NOTHING, code: 'AB12cd' }, 'outside')).toBe(true);
  expect(isEnough(['qr'], { ...NOTHING, code: '?' }, 'inside')).toBe(false);
  expect(isEnough(['self'], NOTHING, null)).toBe(true);
  expect(isEnough(['photo'], { ...NOTHING, photo: new ArrayBuffer(1) }, null)).toBe(true);
  expect(isEnough(['answer', 'trainer'], { ...NOTHING, answer: ' ', trainer: '12' }, null)).toBe(
    true,
  );
});

test('what a stop asks for is offered first', () => {
  expect(offers(['gps', 'answer']).map(({ kind }) => kind)).toEqual([
    'answer',
    'qr',
    'photo',
    'trainer',
  ]);
});
