import type { Answer } from '@meedoen/rights';

/** The rights whose open answer waits for this fact. */
export function settledBy(answers: readonly Answer[], fact: string): readonly string[] {
  return answers.filter(({ missing }) => missing.includes(fact)).map(({ right }) => right);
}
