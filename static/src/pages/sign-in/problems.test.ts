import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROBLEM_CODES, signOnProblem } from './problems';

test('every reason that the service gives has words in three languages', () => {
  const source = readFileSync('../src/auth/oidc/refusal.rs', 'utf8');
  const body = source.slice(
    source.indexOf('pub const fn code'),
    source.indexOf('pub const fn reason'),
  );
  const codes = [...body.matchAll(/=> "([a-z_]+)"/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(10);
  expect([...PROBLEM_CODES].sort()).toEqual([...codes].sort());
  for (const code of codes) {
    const text = signOnProblem(`?problem=${code}`);
    for (const language of ['ja', 'en', 'easy'] as const)
      expect(text?.[language], code).toMatch(/[。.]$/);
  }
});

test('what is not a reason is never repeated', () => {
  expect(signOnProblem('')).toBeNull();
  for (const odd of ['<b>', 'constructor', '__proto__', '']) {
    expect(signOnProblem(`?problem=${encodeURIComponent(odd)}`)).toEqual(
      signOnProblem('?problem=failed'),
    );
  }
});
