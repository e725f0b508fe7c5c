import { describe, expect, it } from 'vitest';
import { bodyOf, missingIn, type Wanted } from './model';

const resident = (residency_id: string) => ({
  residency_id,
  staff_name: '見本',
  housing_name: '寮',
  unit_name: '101',
  consented_at: '2026-11-20T03:00:00Z',
  fields: ['name' as const],
  last_given_at: null,
});

const wanted: Wanted = {
  council: { id: 'c', name: '見本協議会', homes: 3, residents: [resident('a'), resident('b')] },
  people: new Set(['b', 'gone']),
  recipient: ' 会長 ',
  how: 'link',
};

describe('a sheet that is wanted', () => {
  it('says what is missing', () => {
    expect(missingIn(wanted)).toEqual([]);
    expect(missingIn({ ...wanted, council: null, people: new Set(), recipient: ' ' })).toEqual([
      'council',
      'people',
      'recipient',
    ]);
  });

  it('is of those who still consent', () => {
    expect(bodyOf(wanted, 'id')).toEqual({
      id: 'id',
      council_id: 'c',
      recipient: '会長',
      residents: ['b'],
      how: 'link',
    });
  });
});
