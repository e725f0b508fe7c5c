import { expect, test } from 'vitest';
import type { Survey } from '../../surveys/kept';
import {
  answersOf,
  latest,
  nextRevision,
  ofSheet,
  sheetBody,
  shown,
  type Which,
} from './survey-model';

const which: Which = { programme: 'p', year: 2026, moment: 'before' };
const waiting = (revision: number, more: Partial<Which> = {}) => ({
  kind: 'sheet' as const,
  owner: 'me',
  body: sheetBody('id', { ...which, ...more }, revision, { one: revision }, new Date(0)),
});

test('answers are numbered after all that are known of the same sheet', () => {
  const all = [waiting(2), waiting(4), waiting(9, { moment: 'after' }), waiting(9, { year: 2025 })];
  const mine = ofSheet(all, which, 'me');
  expect(nextRevision(3, mine)).toBe(5);
  expect(nextRevision(7, mine)).toBe(8);
  expect(nextRevision(0, [])).toBe(1);
  expect(ofSheet(all, which, 'somebody else')).toEqual([]);
  expect(answersOf(latest(mine) ?? waiting(0))).toEqual({ one: 4 });
});

const sheet = (standing: Survey['before']['standing'], revision = 0) => ({
  standing,
  revision,
  answers: {},
});
const survey = (before: Survey['before'], after: Survey['after']): Survey => ({
  programme_id: 'p',
  title: { ja: '', en: '', easy: '' },
  questions: [],
  until: '2027-05-30',
  before,
  after,
});

test('before is asked until one walks, and after only of who answered before', () => {
  const fresh = survey(sheet('open'), sheet('not_yet'));
  expect([shown(fresh, 'before', false), shown(fresh, 'after', false)]).toEqual([
    'form',
    'nothing',
  ]);
  const late = survey(sheet('too_late'), sheet('open'));
  expect([shown(late, 'before', false), shown(late, 'after', false)]).toEqual([
    'too_late',
    'nothing',
  ]);
  const done = survey(sheet('too_late', 1), sheet('open'));
  expect([shown(done, 'before', true), shown(done, 'after', true)]).toEqual(['nothing', 'form']);
  const closed = survey(sheet('closed', 1), sheet('closed'));
  expect([shown(closed, 'before', true), shown(closed, 'after', true)]).toEqual([
    'closed',
    'nothing',
  ]);
});
