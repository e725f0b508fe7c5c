import { expect, test } from 'vitest';
import { daysLeft, kindsOf, mayAsk, type Obligation, standing } from './model';

const obligation = (more: Partial<Obligation> = {}): Obligation =>
  ({
    state: 'due',
    routes_done: 0,
    due_on: '2027-02-28',
    completed_on: null,
    ...more,
  }) as Obligation;

const words = (more: Partial<Obligation>) => standing(obligation(more), '2026-11-28').words;

test('how one stands is one word', () => {
  expect(words({})).toBe('training.missing');
  expect(words({ routes_done: 1 })).toBe('training.begun');
  expect(words({ due_on: '2026-11-27' })).toBe('training.overdue');
  expect(words({ due_on: '2026-11-28' })).toBe('training.missing');
  expect(words({ completed_on: '2026-11-01', due_on: '2026-10-31' })).toBe('training.completed');
  expect(words({ state: 'exempt' })).toBe('training.exempt');
  expect(words({ state: 'deferred', due_on: null })).toBe('training.deferred');
});

test('days are counted until the last one, and not beyond', () => {
  expect(daysLeft('2026-11-28', '2026-11-28')).toBe(0);
  expect(daysLeft('2026-11-28', '2027-02-28')).toBe(92);
  expect(daysLeft('2026-11-28', '2026-11-27')).toBeNull();
});

test('what is done or not asked of one needs no exemption', () => {
  expect(mayAsk(obligation())).toBe(true);
  expect(mayAsk(obligation({ state: 'prorated' }))).toBe(true);
  expect(mayAsk(obligation({ completed_on: '2026-11-01' }))).toBe(false);
  expect(mayAsk(obligation({ state: 'exempt' }))).toBe(false);
  expect(kindsOf(obligation({ or_desk: false }))).toEqual(['exempt', 'deferred']);
  expect(kindsOf(obligation({ or_desk: true }))).toContain('desk');
});
