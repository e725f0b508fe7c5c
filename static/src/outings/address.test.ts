import { expect, test } from 'vitest';
import { addressOf } from './address';

const ID = '019a9f6e-0000-7000-8000-000000000000';

test('an address names an outing, and a part of its page', () => {
  expect(addressOf(`#${ID}`)).toEqual({ id: ID, view: '' });
  expect(addressOf(`#${ID}/roll`)).toEqual({ id: ID, view: 'roll' });
  for (const hash of ['', '#', '#new', `#${ID}/`, `#x${ID}`]) {
    expect(addressOf(hash)).toEqual({ id: null, view: '' });
  }
});
