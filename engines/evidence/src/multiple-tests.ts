import { correctedForMany, type CorrectionMethod } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';

export type { CorrectionMethod } from '@meedoen/numbers';

export type CorrectedTests = {
  readonly method: CorrectionMethod;
  readonly tests: number;
  /** Corrected p-values, in the order of the tests. */
  readonly p: Float64Array;
};

/**
 * The p-values of a family of tests, corrected for their number (`correctedForMany` of numbers). Refuses no tests, and a p
 * that is not between 0 and 1.
 */
export function correctForManyTests(
  p: ArrayLike<number>,
  method: CorrectionMethod = 'benjamini-hochberg',
): Parsed<CorrectedTests> {
  const tests = p.length;
  if (tests === 0) return refuse('no-tests', 'There are no tests. Give at least one p-value.');
  for (let i = 0; i < tests; i++) {
    if (!(p[i]! >= 0 && p[i]! <= 1)) {
      return refuseCell('p-not-usable', 'p', i, `${p[i]!} is no p-value. Write a number from 0 to 1.`, {
        found: String(p[i]!),
      });
    }
  }
  return { ok: true, value: { method, tests, p: correctedForMany(p, method) } };
}
