import { describe, expect, test } from 'vitest';
import { formatProblem, type Place } from './problem.ts';

describe('a problem in one line', () => {
  test.each<{ at?: Place; line: string }>([
    { line: 'Mend it.' },
    { at: { file: 'law.yaml', line: 3, column: 7 }, line: 'law.yaml:3:7: Mend it.' },
    { at: { file: 'law.yaml' }, line: 'law.yaml: Mend it.' },
    { at: { pointer: '/facts/bornOn' }, line: '/facts/bornOn: Mend it.' },
    {
      at: { file: 'me.json', line: 2, column: 5, pointer: '/facts/bornOn' },
      line: 'me.json:2:5: /facts/bornOn: Mend it.',
    },
  ])('$line', ({ at, line }) => {
    expect(formatProblem({ ...(at ? { at } : {}), what: 'x', words: {}, message: 'Mend it.' })).toBe(line);
  });
});
