import { incompleteGamma, inverseIncompleteGamma } from './gamma.ts';

/** P(X ≤ x) for a χ² with `degrees` > 0 of freedom; about 1e-13 relative. */
export function chiSquaredCdf(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, Math.max(x, 0) / 2).lower;
}

/** P(X > x): the p-value of a χ² statistic, with its digits also when it is tiny. */
export function chiSquaredUpperTail(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, Math.max(x, 0) / 2).upper;
}

/** The x with P(X ≤ x) = p. RangeError outside [0, 1]. */
export function chiSquaredQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`chiSquaredQuantile: p must be between 0 and 1, not ${p}.`);
  return 2 * inverseIncompleteGamma(degrees / 2, { lower: p, upper: 1 - p });
}
