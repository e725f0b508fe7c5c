import { describe, expect, it } from 'vitest';
import { hoursOf, isOpen, takesCodes, takesMarks, type Timed } from './state';

const gathering: Timed = {
  starts_at: '2026-12-01T18:00:00+09:00',
  duration_min: 90,
  state: 'planned',
};
const at = (time: string): number => Date.parse(`2026-12-01T${time}:00+09:00`);

describe('what can be done with a gathering', () => {
  it('is signed up for until it ends', () => {
    expect(isOpen(gathering, at('19:29'))).toBe(true);
    expect(isOpen(gathering, at('19:30'))).toBe(false);
    expect(isOpen({ ...gathering, state: 'held' }, at('18:30'))).toBe(false);
  });

  it('takes codes from half an hour before until an hour after', () => {
    const times = ['17:29', '17:30', '20:30', '20:31'];
    expect(times.map((time) => takesCodes(gathering, at(time)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(takesCodes({ ...gathering, state: 'cancelled' }, at('18:00'))).toBe(false);
  });

  it('takes marks from an hour before on, days later as well', () => {
    expect(takesMarks(gathering, at('16:59'))).toBe(false);
    expect(takesMarks(gathering, at('17:00') + 5 * 86_400_000)).toBe(true);
  });

  it('says hours with one decimal', () => {
    expect([90, 100, 45, 0].map(hoursOf)).toEqual([1.5, 1.7, 0.8, 0]);
  });
});
