import { expect, test } from 'vitest';
import {
  addressOf,
  asSuggested,
  type CouncilChoice,
  decideBody,
  grouped,
  inOrder,
  isTickable,
  isTicked,
  isUndoubted,
  type LinkList,
  needsReason,
  standing,
  type Suggestion,
  type TaskItem,
  ticked,
  totals,
  UNDECIDED,
  undoubtedTicks,
  unsaid,
  waitingIn,
} from './model';

const COUNCILS: CouncilChoice[] = [
  { id: 'a', name: 'あ協議会', meeting_place: null },
  { id: 'b', name: 'い協議会', meeting_place: null },
  { id: 'c', name: 'う協議会', meeting_place: null },
];

const suggestion = (
  council_id: string | null,
  doubts: Suggestion['doubts'] = [],
  hinted: string[] = council_id ? [council_id] : [],
): Suggestion => ({
  council_id,
  doubts,
  candidates: hinted.map((id) => ({
    council_id: id,
    council_name: id,
    reasons: [{ kind: 'in_area' }],
    walk_m: null,
    walk_s: null,
    on_network: false,
  })),
});

const task = (id: string, more: Partial<TaskItem> = {}): TaskItem =>
  ({
    kind: 'assign',
    since: '2026-04-01',
    residency_id: id,
    version: 1,
    from: '2026-04-01',
    assignment: { state: 'open', reason: '', decisions: 0 },
    suggestion: suggestion('a'),
    ...more,
  }) as TaskItem;

test('the address names a view or a building', () => {
  expect(addressOf('')).toEqual({ view: 'tasks', housing: null });
  expect(addressOf('#tasks')).toEqual({ view: 'tasks', housing: null });
  expect(addressOf('#links')).toEqual({ view: 'links', housing: null });
  expect(addressOf('#housing')).toEqual({ view: 'housing', housing: null });
  expect(addressOf('#housing/0a-1')).toEqual({ view: 'housing', housing: '0a-1' });
  expect(addressOf('#housing/../x')).toEqual({ view: 'tasks', housing: null });
});

test('tasks stand by kind, the oldest first; kinds of which nothing waits are left out', () => {
  const groups = grouped([
    task('1', { kind: 'moved_out', since: '2026-01-01' }),
    task('2', { since: '2026-05-01' }),
    task('3', { since: '2026-04-01' }),
    task('4', { kind: 'reassign' }),
  ]);
  expect(groups.map(({ kind, tasks }) => [kind, tasks.map((one) => one.residency_id)])).toEqual([
    ['assign', ['3', '2']],
    ['reassign', ['4']],
    ['moved_out', ['1']],
  ]);
});

test('tasks of all buildings are counted', () => {
  const building = (tasks: number) => ({
    id: 'x',
    name: '',
    address: '',
    location: [0, 0],
    units: 9,
    residents: 9,
    tasks,
  });
  expect(waitingIn([building(2), building(0), building(5)])).toBe(7);
});

test('what has a suggestion can be ticked; what has a doubt is not ticked with all', () => {
  const border = task('1', { suggestion: suggestion('a', [{ kind: 'near_border', metres: 18 }]) });
  const none = task('2', { suggestion: suggestion(null, [{ kind: 'several' }], ['a', 'b']) });
  const left = task('3', { kind: 'undecided' });
  const gone = task('4', { kind: 'moved_out', suggestion: null });
  const plain = task('5');
  const all = [border, none, left, gone, plain];
  expect(all.map(isTickable)).toEqual([true, false, true, false, true]);
  expect(all.map(isUndoubted)).toEqual([false, false, false, false, true]);
  expect([...undoubtedTicks(all)]).toEqual([['5', 'a']]);
});

test('a tick is given and taken by hand, and does not outlive its suggestion', () => {
  const one = task('1', { suggestion: suggestion('a', [{ kind: 'near_border', metres: 18 }]) });
  const ticks = ticked(new Map(), one, true);
  expect(isTicked(ticks, one)).toBe(true);
  expect(isTicked(ticks, { ...one, suggestion: suggestion('b') })).toBe(false);
  expect(isTicked(ticks, { ...one, suggestion: suggestion(null) })).toBe(false);
  expect(isTicked(ticked(ticks, one, false), one)).toBe(false);
  expect(ticked(new Map(), task('2', { suggestion: null }), true).size).toBe(0);
});

test('what several decisions come to: the council with the most homes first', () => {
  const to = (id: string, council: string) => task(id, { suggestion: suggestion(council) });
  expect(totals([to('1', 'b'), to('2', 'a'), to('3', 'b'), to('4', 'x')], COUNCILS)).toEqual([
    { name: 'い協議会', homes: 2 },
    { name: 'x', homes: 1 },
    { name: 'あ協議会', homes: 1 },
  ]);
});

test('whatever is not as suggested needs a reason', () => {
  expect(needsReason('a', suggestion('a'))).toBe(false);
  expect(needsReason('b', suggestion('a'))).toBe(true);
  expect(needsReason(UNDECIDED, suggestion('a'))).toBe(true);
  expect(needsReason('a', suggestion(null))).toBe(true);
  expect(needsReason('a', null)).toBe(true);
  expect(needsReason('', suggestion('a'))).toBe(false);
});

test('councils that something hints at come first, the strongest hint before the others', () => {
  const order = (one: Suggestion | null) => inOrder(COUNCILS, one).map(({ id }) => id);
  expect(order(suggestion(null, [], ['c', 'b']))).toEqual(['c', 'b', 'a']);
  expect(order(null)).toEqual(['a', 'b', 'c']);
});

test('decisions name how many there were before, and no council where it is undecided', () => {
  const body = decideBody([
    { residency: '1', decisions: 2, choice: 'a', reason: ' 現地で確認 ', from: '2026-05-01' },
    { residency: '2', decisions: 0, choice: UNDECIDED, reason: '調整中' },
  ]);
  expect(body).toEqual({
    decisions: [
      {
        residency_id: '1',
        council_id: 'a',
        reason: '現地で確認',
        decisions: 2,
        from: '2026-05-01',
      },
      { residency_id: '2', council_id: null, reason: '調整中', decisions: 0 },
    ],
  });
});

test('several follow their suggestions; what has none is left out', () => {
  const decisions = asSuggested([
    task('1', {
      assignment: { state: 'gone', reason: '', decisions: 3 },
    }),
    task('2', { suggestion: suggestion(null) }),
  ]);
  expect(decisions).toEqual([{ residency: '1', decisions: 3, choice: 'a' }]);
});

test('both ends of a span belong to it', () => {
  const span = { from: '2026-04-01', until: '2026-09-30' };
  expect(
    ['2026-03-31', '2026-04-01', '2026-09-30', '2026-10-01'].map((day) => standing(span, day)),
  ).toEqual(['coming', 'now', 'now', 'past']);
  expect(standing({ from: '2026-04-01', until: null }, '2099-01-01')).toBe('now');
});

test('a school district of which nothing is said today is named; undecided is said', () => {
  const links = {
    school_districts: ['ended', 'now', 'undecided', 'never'].map((id) => ({ id, name: id })),
    districts: [
      { district_id: 'ended', council_id: 'a', from: '2020-04-01', until: '2026-03-31', note: '' },
      { district_id: 'now', council_id: 'a', from: '2020-04-01', until: null, note: '' },
      { district_id: 'undecided', council_id: null, from: '2026-04-01', until: null, note: '' },
    ],
  } satisfies Pick<LinkList, 'districts' | 'school_districts'>;
  expect(unsaid(links, '2026-04-01').map(({ id }) => id)).toEqual(['ended', 'never']);
});
