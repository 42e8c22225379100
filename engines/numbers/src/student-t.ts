import { incompleteBeta } from './beta.ts';
import { inverseOfIncreasing, type Tails } from './root.ts';

/** P(|T| ≤ t) and P(|T| > t) for t ≥ 0. */
function absoluteTails(t: number, degrees: number): Tails {
  if (!(degrees > 0)) throw new RangeError(`Student t: degrees of freedom must be above 0, not ${degrees}.`);
  if (t === Infinity) return { lower: 1, upper: 0 };
  const square = t * t;
  const total = degrees + square;
  // The tail outside ±t is I_x(ν/2, ½) at x = ν/(ν + t²); the complement t²/(ν + t²) is passed exactly.
  const { lower, upper } = incompleteBeta(degrees / 2, 0.5, degrees / total, square / total);
  return { lower: upper, upper: lower };
}

/** P(T ≤ t) for Student's t; `degrees` > 0 need not be whole. About 1e-13 relative. */
export function studentCdf(t: number, degrees: number): number {
  const { lower, upper } = absoluteTails(Math.abs(t), degrees);
  return t < 0 ? upper / 2 : 0.5 + lower / 2;
}

/** P(T > t). */
export function studentUpperTail(t: number, degrees: number): number {
  return studentCdf(-t, degrees);
}

/** The two-sided p-value of a t statistic. */
export function studentTwoSided(t: number, degrees: number): number {
  return absoluteTails(Math.abs(t), degrees).upper;
}

/** The t with P(T ≤ t) = p. ±Infinity at 0 and 1; RangeError outside [0, 1]. */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`studentQuantile: p must be between 0 and 1, not ${p}.`);
  if (p === 0.5) return 0;
  const outside = 2 * Math.min(p, 1 - p);
  const size = inverseOfIncreasing((t) => absoluteTails(t, degrees), { lower: 1 - outside, upper: outside });
  return p < 0.5 ? -size : size;
}
