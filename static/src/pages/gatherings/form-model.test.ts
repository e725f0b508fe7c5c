import { describe, expect, it } from 'vitest';
import type { CountedGathering } from '../../gatherings/types';
import { bodyOf, textsOf } from './form-model';

const gathering = {
  kind: 'drill',
  duty: 'official',
  title: '訓練',
  place: '校庭',
  location: [139.7, 35.6],
  starts_at: '2026-12-01T00:30:00Z',
  duration_min: 120,
  note: '雨天中止',
  councils: [{ id: 'a', name: '見本' }],
} as unknown as CountedGathering;

describe('the form of a gathering', () => {
  it('sends back what it was given, in the ward’s time', () => {
    expect(bodyOf(textsOf(gathering), gathering)).toEqual({
      kind: 'drill',
      duty: 'official',
      title: '訓練',
      place: '校庭',
      location: [139.7, 35.6],
      starts_at: '2026-12-01T09:30:00+09:00',
      duration_min: 120,
      note: '雨天中止',
      council_ids: ['a'],
    });
  });

  it('names who calls the roll only where somebody is named', () => {
    const texts = { ...textsOf(gathering), callers: ' 900001、９００００２ ' };
    expect(bodyOf(texts, gathering)?.roll_caller_numbers).toEqual(['900001', '900002']);
  });

  it('needs a day, and takes no length that is none', () => {
    expect(bodyOf(textsOf(null), null)).toBeNull();
    const texts = { ...textsOf(gathering), minutes: 'x' };
    expect(bodyOf(texts, gathering)?.duration_min).toBe(0);
  });
});
