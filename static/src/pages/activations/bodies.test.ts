import { expect, test } from 'vitest';
import { declareBody, DRILL, EMPTY, lastTime, phoneBody, textsFor } from './bodies';
import { steps, ticks } from './chart';

test('a drill is put into words beforehand, the real thing never', () => {
  expect(textsFor('real', DRILL)).toEqual(EMPTY);
  expect(textsFor('drill', EMPTY)).toEqual(DRILL);
  const own = { ...DRILL, title: '夜間の訓練' };
  expect(textsFor('real', own)).toEqual(own);
  expect(textsFor('drill', own)).toEqual(own);
});

test('what is empty in English is not sent', () => {
  const texts = { title: ' 訓練 ', message: ' 見本 ', title_en: ' ', message_en: ' x ' };
  expect(declareBody('i', 'drill', texts)).toEqual({
    id: 'i',
    kind: 'drill',
    title: '訓練',
    message: '見本',
    message_en: 'x',
  });
});

test('a time is the last one that the ward’s clock has shown', () => {
  // 08:30 in Tokyo.
  const now = Date.parse('2026-11-28T23:30:00Z');
  expect(lastTime('08:10', now)).toBe('2026-11-28T23:10:00.000Z');
  expect(lastTime('08:30', now)).toBe('2026-11-28T23:30:00.000Z');
  expect(lastTime('23:50', now)).toBe('2026-11-28T14:50:00.000Z');
  expect(lastTime('', now)).toBeNull();
  expect(lastTime('soon', now)).toBeNull();
});

test('an answer by phone says who, what and when', () => {
  const now = Date.parse('2026-11-28T23:30:00Z');
  expect(phoneBody('i', 'r', 'unable', { time: '', note: ' けが ' }, now)).toEqual({
    id: 'i',
    residency_id: 'r',
    answer: 'unable',
    answered_at: null,
    note: 'けが',
  });
});

test('first answers are added up by the minute', () => {
  const minutes = [
    { minute: 3, answered: 2 },
    { minute: 0, answered: 1 },
  ];
  expect(steps(minutes)).toEqual([
    { minute: 0, answered: 1 },
    { minute: 3, answered: 3 },
  ]);
});

test('an axis has few labels, at round numbers', () => {
  expect(ticks(1)).toEqual([0, 1]);
  expect(ticks(20)).toEqual([0, 5, 10, 15, 20]);
  for (const last of [1, 7, 59, 333, 1441, 20_000]) {
    expect(ticks(last).length).toBeLessThanOrEqual(9);
  }
});
