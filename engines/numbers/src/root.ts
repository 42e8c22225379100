/** Both tails of a distribution, each with its own full relative precision. */
export type Tails = { readonly lower: number; readonly upper: number };

/**
 * A zero of f between two ends where it has opposite signs.
 *
 * Brent's method: never leaves the bracket, ends when it is as narrow as the numbers allow
 * (or as `tolerance`, absolute). Throws RangeError when the ends do not differ in sign.
 *
 * R. P. Brent (1973), Algorithms for Minimization without Derivatives, chapter 4.
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 0): number {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0)) throw new RangeError(`findRoot: no change of sign between ${low} and ${high}.`);
  let c = a;
  let fc = fa;
  let step = b - a;
  let before = step;
  for (;;) {
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const narrow = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const middle = (c - b) / 2;
    if (Math.abs(middle) <= narrow || fb === 0) return b;

    // Interpolate when that shrinks the step fast enough, else halve.
    if (Math.abs(before) >= narrow && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * middle * s;
        q = 1 - s;
      } else {
        const r = fb / fc;
        q = fa / fc;
        p = s * (2 * middle * q * (q - r) - (b - a) * (r - 1));
        q = (q - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
      if (2 * p < Math.min(3 * middle * q - Math.abs(narrow * q), Math.abs(before * q))) {
        before = step;
        step = p / q;
      } else {
        step = before = middle;
      }
    } else {
      step = before = middle;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > narrow ? step : Math.sign(middle) * narrow;
    fb = f(b);
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = before = b - a;
    }
  }
}

/**
 * The x ≥ 0 at which a distribution has the wanted tails: brackets by doubling, then Brent on ln x.
 * Works on the smaller tail, so that far quantiles keep their digits.
 */
export function inverseOfIncreasing(tailsAt: (x: number) => Tails, wanted: Tails): number {
  if (wanted.lower === 0) return 0;
  if (wanted.upper === 0) return Infinity;
  const useLower = wanted.lower <= wanted.upper;
  const gap = (logX: number): number => {
    const tails = tailsAt(Math.exp(logX));
    return useLower ? Math.log(tails.lower / wanted.lower) : Math.log(wanted.upper / tails.upper);
  };
  let low = 0;
  let high = 0;
  for (let step = 1; gap(low) > 0; step *= 2) low -= step;
  for (let step = 1; gap(high) < 0; step *= 2) high += step;
  return Math.exp(findRoot(gap, low, high));
}
