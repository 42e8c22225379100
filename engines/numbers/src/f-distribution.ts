import { incompleteBeta } from './beta.ts';
import { inverseOfIncreasing, type Tails } from './root.ts';

function tailsAt(x: number, over: number, under: number): Tails {
  if (!(over > 0 && under > 0)) {
    throw new RangeError(`F distribution: degrees of freedom must be above 0, not ${over} and ${under}.`);
  }
  if (x === Infinity) return { lower: 1, upper: 0 };
  const scaled = over * Math.max(x, 0);
  return incompleteBeta(over / 2, under / 2, scaled / (scaled + under), under / (scaled + under));
}

/** P(F ≤ x) for an F with `over` and `under` degrees of freedom; about 1e-13 relative. */
export function fCdf(x: number, over: number, under: number): number {
  return tailsAt(x, over, under).lower;
}

/** P(F > x): the p-value of an F statistic. */
export function fUpperTail(x: number, over: number, under: number): number {
  return tailsAt(x, over, under).upper;
}

/** The x with P(F ≤ x) = p. RangeError outside [0, 1]. */
export function fQuantile(p: number, over: number, under: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`fQuantile: p must be between 0 and 1, not ${p}.`);
  return inverseOfIncreasing((x) => tailsAt(x, over, under), { lower: p, upper: 1 - p });
}
