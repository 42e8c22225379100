import { expect, test } from 'vitest';
import { consentProblem, consentsIn } from './consents.ts';

const ticked = (...names: string[]) => {
  const form = new FormData();
  for (const name of names) form.set(name, 'yes');
  return consentProblem(consentsIn(form));
};

test.each([
  { names: [], problem: 'nothing' },
  { names: ['count'], problem: null },
  { names: ['words'], problem: null },
  { names: ['count', 'follow', 'words', 'health'], problem: null },
  { names: ['follow'], problem: 'first' },
  { names: ['health', 'words'], problem: 'first' },
])('$names: $problem', ({ names, problem }) => {
  expect(ticked(...names)).toBe(problem);
});
