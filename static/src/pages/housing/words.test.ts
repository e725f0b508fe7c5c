import { afterEach, expect, test } from 'vitest';
import { setLanguage } from '../../i18n';
import type { AssignmentItem, Candidate, Doubt, Reason, TaskItem } from './model';
import { councilText, doubtText, hints, periodText, personText, sinceText, wayText } from './words';

afterEach(async () => {
  await setLanguage('ja');
});

const candidate = (reasons: Reason[], more: Partial<Candidate> = {}): Candidate => ({
  council_id: 'a',
  council_name: '見本協議会',
  reasons,
  walk_m: 430,
  walk_s: 360,
  on_network: true,
  ...more,
});

test('every reason is a sentence of its own', () => {
  expect(
    hints(
      candidate([
        { kind: 'address_rule', beginning: '見本町1丁目' },
        { kind: 'building', homes: 3 },
        { kind: 'in_area' },
        { kind: 'school_district', name: '見本小' },
        { kind: 'nearest' },
      ]),
    ),
  ).toEqual([
    '「見本町1丁目」の住所の決まり',
    '同じ建物の3戸が所属',
    '区域の中',
    '通学区域 見本小',
    '歩いていちばん近い集合場所(徒歩6分・430 m)',
  ]);
});

test('the way is said once, and as the crow flies where no network is known', () => {
  expect(hints(candidate([{ kind: 'in_area' }]))).toEqual([
    '区域の中',
    '集合場所まで徒歩6分・430 m',
  ]);
  const straight = { on_network: false };
  expect(hints(candidate([{ kind: 'nearest' }], straight))).toEqual([
    'いちばん近い集合場所(直線で430 m)',
  ]);
  const unknown = { walk_m: null, walk_s: null };
  expect(hints(candidate([{ kind: 'in_area' }], unknown))).toEqual(['区域の中']);
  expect(hints(candidate([{ kind: 'nearest' }], unknown))).toEqual(['いちばん近い集合場所']);
  expect(wayText(candidate([], unknown))).toBeNull();
});

test('homes are counted in English as one counts', async () => {
  await setLanguage('en');
  expect(hints(candidate([{ kind: 'building', homes: 1 }]))[0]).toBe(
    '1 home of the same building belongs to it',
  );
  expect(hints(candidate([{ kind: 'building', homes: 2 }]))[0]).toBe(
    '2 homes of the same building belong to it',
  );
});

test('every doubt is said', () => {
  const doubts: Doubt[] = [
    { kind: 'near_border', metres: 18 },
    { kind: 'no_area' },
    { kind: 'several' },
    { kind: 'disagreement' },
    { kind: 'undecided' },
    { kind: 'no_hint' },
  ];
  expect(doubts.map(doubtText)).toEqual([
    '区域の境まで18 m',
    '区域の外',
    '協議会の区域が重なっている',
    '手がかりが食い違っている',
    '通学区域の担当が未定',
    '距離のほかに手がかりがない',
  ]);
});

test('since when a task waits', () => {
  const task = (kind: TaskItem['kind'], since: string): TaskItem =>
    ({ kind, since, from: since, until: null, assignment: { from: '2024-04-01' } }) as TaskItem;
  const said = (one: TaskItem) => sinceText(one, '2026-10-01');
  expect(said(task('assign', '2026-10-15'))).toBe('2026年10月15日に入居予定');
  expect(said(task('assign', '2026-10-01'))).toBe('2026年10月1日に入居');
  expect(said(task('reassign', '2026-10-01'))).toBe('2024年4月1日からの決定');
  expect(said(task('undecided', '2026-09-01'))).toBe('2026年9月1日から未定');
  expect(said(task('moved_out', '2026-09-30'))).toBe('2026年9月30日に退居');
});

test('somebody who is forgotten has neither name nor number', () => {
  expect(personText({ staff_name: '見本 花子', staff_number: '900001' })).toBe('見本 花子(900001)');
  expect(personText({ staff_name: null, staff_number: '900001' })).toBe('900001');
  expect(personText({ staff_name: null, staff_number: null })).toBe('(名簿にない人)');
});

test('a council, or how that stands', () => {
  const item = (state: AssignmentItem['state'], council_name: string | null = null) =>
    councilText({ state, council_name, reason: '', decisions: 0 });
  expect([item('decided', '見本協議会'), item('gone'), item('undecided'), item('open')]).toEqual([
    '見本協議会',
    '地図にない協議会',
    '未定',
    '未決定',
  ]);
});

test('a period without an end', () => {
  expect(periodText({ from: '2026-04-01', until: null })).toBe('2026年4月1日から');
  expect(periodText({ from: '2026-04-01', until: '2026-09-30' })).toBe(
    '2026年4月1日から2026年9月30日まで',
  );
});
