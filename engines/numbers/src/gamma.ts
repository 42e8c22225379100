import { inverseOfIncreasing, type Tails } from './root.ts';

const HALF_LOG_TWO_PI = 0.9189385332046727;

/**
 * ln Γ(x + 1) − [(x + ½) ln x − x + ½ ln 2π]: what Stirling's formula leaves out. x > 0.
 *
 * With it, densities can be written so that large numbers never cancel (Loader 2000).
 * Series from 15 on, where its eighth term is below 1e-17; below, step up by the recurrence.
 */
export function stirlingError(x: number): number {
  let rest = 0;
  while (x < 15) {
    rest += (x + 0.5) * Math.log1p(1 / x) - 1;
    x += 1;
  }
  const y = 1 / (x * x);
  const series =
    1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156)))));
  return rest + series / x;
}

/**
 * x ln(x/m) + m − x, the deviance of x from m, without cancellation when x is near m. x, m > 0.
 *
 * C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function deviance(x: number, m: number): number {
  const gap = x - m;
  if (Math.abs(gap) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = gap / (x + m);
  let total = gap * v;
  let term = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    term *= v * v;
    const next = total + term / odd;
    if (next === total) return total;
    total = next;
  }
}

/** ln Γ(x) for x > 0; absolute or relative error below 1e-14. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma: x must be above 0, not ${x}.`);
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}

/** ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), arranged so that large a and b do not cancel. a, b > 0. */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError(`logBeta: a and b must be above 0, not ${a} and ${b}.`);
  const n = a + b;
  return (
    HALF_LOG_TWO_PI +
    0.5 * Math.log(n / (a * b)) +
    a * Math.log(a / n) +
    b * Math.log(b / n) +
    stirlingError(a) +
    stirlingError(b) -
    stirlingError(n)
  );
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x). a > 0, x ≥ 0.
 *
 * Power series below a + 1, Lentz's continued fraction above, so that the smaller tail never comes from a
 * subtraction; about 1e-14 relative. O(√a) steps. NIST DLMF 8.7.1, 8.9.2.
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0 && x >= 0)) throw new RangeError(`incompleteGamma: a > 0 and x ≥ 0 are needed, not ${a} and ${x}.`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  // x^a e^−x / Γ(a + 1)
  const front = Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);

  if (x < a + 1) {
    let term = 1;
    let total = 1;
    for (let n = 1; term > total * 1e-17; n++) {
      term *= x / (a + n);
      total += term;
    }
    const lower = front * total;
    return { lower, upper: 1 - lower };
  }

  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; ; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(step * d + b);
    c = awayFromZero(b + step / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16 || n > 1e6) break;
  }
  const upper = front * a * fraction;
  return { lower: 1 - upper, upper };
}

/** Lentz's continued fractions must not divide by zero; a number this small changes no digit. */
export function awayFromZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x;
}

/**
 * The x with P(a, x) = lower, given both tails of the wanted probability so that neither loses digits.
 * Used for quantiles; the answer is as good as {@link incompleteGamma}.
 */
export function inverseIncompleteGamma(a: number, wanted: Tails): number {
  return inverseOfIncreasing((x) => incompleteGamma(a, x), wanted);
}
