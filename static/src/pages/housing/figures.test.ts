import { expect, test } from 'vitest';
import { boxAround, inNeed, type PlanningCouncil, withoutResidents } from './figures';

const council = (
  name: string,
  residents: number,
  meeting_place: PlanningCouncil['meeting_place'] = null,
): PlanningCouncil => ({
  id: name,
  name,
  meeting_place,
  figures: {
    buildings: 1,
    units: 4,
    residents,
    units_by_minutes: { to_5: 4, to_10: 0, to_15: 0, over_15: 0, unreachable: 0 },
  },
});

test('councils without residents come first', () => {
  const councils = [council('い', 2), council('う', 0), council('あ', 2)];
  expect(inNeed(councils).map(({ name }) => name)).toEqual(['う', 'あ', 'い']);
  expect(withoutResidents(councils)).toBe(1);
});

test('the map shows all meeting places', () => {
  expect(boxAround([council('あ', 0)])).toBeNull();
  expect(
    boxAround([council('あ', 0, [139.7, 35.6]), council('い', 1, [139.8, 35.5]), council('う', 1)]),
  ).toEqual([139.7, 35.5, 139.8, 35.6]);
});
