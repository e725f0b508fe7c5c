import { expect, test } from 'vitest';
import { musterBody } from './muster-form';

test('whoever has no place of their own gathers with their council', () => {
  expect(musterBody(' ', [139.7, 35.6])).toEqual({ muster: null });
  expect(musterBody(' 区役所 ', null)).toEqual({ muster: { name: '区役所', location: null } });
});
