import { incompleteBeta } from './beta.ts';
import { logGamma } from './gamma.ts';
import { normalCdf } from './normal.ts';
import type { Tails } from './root.ts';

/**
 * P(T ≤ t) and P(T > t) for a noncentral t, T = (Z + δ)/√(χ²_ν/ν): what a t statistic follows when there is an effect.
 *
 * A Poisson-like mixture of incomplete beta functions, summed from its largest weight outwards. About 1e-12 relative in both tails
 * where t and δ have one sign, 1e-13 absolute elsewhere. O(|δ|) incomplete beta functions.
 *
 * R. V. Lenth (1989), Algorithm AS 243, Applied Statistics 38, 185–189, for the series.
 */
export function noncentralTTails(t: number, degrees: number, noncentrality: number): Tails {
  if (!(degrees > 0 && Number.isFinite(noncentrality)) || Number.isNaN(t)) {
    throw new RangeError(`noncentral t: not ${t} with ${degrees} degrees of freedom and δ = ${noncentrality}.`);
  }
  if (t < 0) {
    const { lower, upper } = noncentralTTails(-t, degrees, -noncentrality);
    return { lower: upper, upper: lower };
  }
  if (t === Infinity) return { lower: 1, upper: 0 };
  const square = t * t;
  const total = degrees + square;
  const half = (noncentrality * noncentrality) / 2;
  let lower = normalCdf(-noncentrality);
  let upper = 0;
  /** Adds the pair of terms j; how much it added, as a share of what there is. */
  const add = (j: number): number => {
    const even = half === 0 ? (j === 0 ? 1 : 0) : Math.exp(j * Math.log(half) - half - logGamma(j + 1));
    const odd =
      half === 0 ? 0 : Math.sign(noncentrality) * Math.exp((j + 0.5) * Math.log(half) - half - logGamma(j + 1.5));
    const first = incompleteBeta(j + 0.5, degrees / 2, square / total, degrees / total);
    const second = incompleteBeta(j + 1, degrees / 2, square / total, degrees / total);
    const below = (even * first.lower + odd * second.lower) / 2;
    const above = (even * first.upper + odd * second.upper) / 2;
    lower += below;
    upper += above;
    return Math.max(Math.abs(below) / lower, Math.abs(above) / Math.max(upper, Number.MIN_VALUE));
  };
  const centre = Math.floor(half);
  for (let j = centre; add(j) > 1e-17 || j < centre + 2; j++);
  for (let j = centre - 1; j >= 0 && add(j) > 1e-17; j--);
  return { lower: Math.min(1, Math.max(0, lower)), upper: Math.min(1, Math.max(0, upper)) };
}
