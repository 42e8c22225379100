import { findRoot, logBeta, normalCdf } from '@meedoen/numbers';

/** Limits that hold at every time at once: one may look as often as one likes and stop when one wants. */
export type SequenceLimits = { readonly estimate: number; readonly lower: number; readonly upper: number };

/**
 * An asymptotic confidence sequence for a mean, from its running mean, standard deviation and count: μ̂ ± σ̂√{2(tρ²+1)/(t²ρ²)
 * ·ln(√(tρ²+1)/α)}, narrowest near `at` observations. For adaptive trials feed it the scores of `adaptiveInference`.
 *
 * I. Waudby-Smith and others (2024), Annals of Statistics; arXiv 2103.06476.
 */
export function asymptoticSequence(
  { mean, sd, count }: { readonly mean: number; readonly sd: number; readonly count: number },
  { alpha = 0.05, at = 5000 }: { readonly alpha?: number; readonly at?: number } = {},
): SequenceLimits {
  const rho = tuning(alpha, at);
  const stretch = count * rho * rho + 1;
  const radius = sd * Math.sqrt(((2 * stretch) / (count * rho) ** 2) * Math.log(Math.sqrt(stretch) / alpha));
  return { estimate: mean, lower: mean - radius, upper: mean + radius };
}

function tuning(alpha: number, at: number): number {
  const log = -2 * Math.log(alpha);
  return Math.sqrt((log + Math.log(log + 1)) / at);
}

/**
 * An exact confidence sequence for the mean of numbers in [0, 1], after each of them: predictable plug-in empirical
 * Bernstein. `cap` bounds how much a single number can be betted on. With `running`, limits never widen again.
 *
 * I. Waudby-Smith & A. Ramdas (2024), JRSS B 86, 1–27.
 */
export function bernsteinSequence(
  values: ArrayLike<number>,
  {
    alpha = 0.05,
    cap = 0.5,
    running = false,
  }: { readonly alpha?: number; readonly cap?: number; readonly running?: boolean } = {},
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  for (let i = 0; i < values.length; i++) {
    if (!(values[i]! >= 0 && values[i]! <= 1)) {
      throw new RangeError(`bernsteinSequence: value ${i} is ${values[i]!}; all must lie from 0 to 1.`);
    }
  }
  const one = (flip: boolean): Float64Array => {
    const limit = new Float64Array(values.length);
    let sumLambda = 0;
    let sumWeighted = 0;
    let cost = 0;
    let sum = 0;
    let squares = 0.25;
    let variance = 0.25;
    let before = 0;
    for (let i = 0; i < values.length; i++) {
      const t = i + 1;
      const x = flip ? 1 - values[i]! : values[i]!;
      const lambda = Math.min(cap, Math.sqrt((2 * Math.log(2 / alpha)) / (variance * t * Math.log(1 + t))));
      sumLambda += lambda;
      sumWeighted += lambda * x;
      cost += (x - before) ** 2 * (-Math.log1p(-lambda) - lambda);
      limit[i] = Math.max(0, sumWeighted / sumLambda - (Math.log(2 / alpha) + cost) / sumLambda);
      if (running && i > 0) limit[i] = Math.max(limit[i]!, limit[i - 1]!);
      sum += x;
      const mean = (0.5 + sum) / (t + 1);
      squares += (x - mean) ** 2;
      variance = squares / (t + 1);
      before = sum / t;
    }
    return limit;
  };
  return { lower: one(false), upper: one(true).map((limit) => 1 - limit) };
}

/** How far a sum with intrinsic variance v may stray, ever, except with chance α: the two-sided normal mixture. */
export function normalMixtureBoundary(
  v: number,
  { alpha = 0.05, at = 100 }: { readonly alpha?: number; readonly at?: number } = {},
): number {
  const rho = mixing(alpha, at);
  return Math.sqrt((v + rho) * Math.log((v + rho) / (rho * alpha * alpha)));
}

/** The same on one side, which is a little nearer. */
export function oneSidedMixtureBoundary(
  v: number,
  { alpha = 0.05, at = 100 }: { readonly alpha?: number; readonly at?: number } = {},
): number {
  const rho = mixing(2 * alpha, at);
  const total = v + rho;
  const excess = (s: number): number =>
    0.5 * Math.log((4 * rho) / total) +
    (s * s) / (2 * total) +
    Math.log(normalCdf(s / Math.sqrt(total))) -
    Math.log(1 / alpha);
  let high = Math.sqrt(total);
  while (excess(high) < 0) high *= 2;
  return findRoot(excess, 0, high);
}

/** Stitched together from linear boundaries, growing like √(v ln ln v): the least in the long run. */
export function stitchedBoundary(
  v: number,
  { alpha = 0.05, least = 1 }: { readonly alpha?: number; readonly least?: number } = {},
): number {
  const eta = 2;
  const s = 1.4;
  const k = (eta ** 0.25 + eta ** -0.25) / Math.SQRT2;
  const inner = Math.max(v, least);
  const length =
    s * Math.log(Math.log((eta * inner) / least)) + Math.log(riemannZeta(s) / (alpha * Math.log(eta) ** s));
  return k * Math.sqrt(inner * length);
}

function mixing(alpha: number, at: number): number {
  const log = 2 * Math.log(1 / alpha);
  return at / (log + Math.log(1 + log));
}

/** ζ(s) for s > 1 by Euler and Maclaurin after twenty terms. */
function riemannZeta(s: number): number {
  const terms = 20;
  let sum = 0;
  for (let n = 1; n < terms; n++) sum += n ** -s;
  const power = terms ** -s;
  return (
    sum +
    (power * terms) / (s - 1) +
    power / 2 +
    (s * power) / (12 * terms) -
    (s * (s + 1) * (s + 2) * power) / (720 * terms ** 3) +
    (s * (s + 1) * (s + 2) * (s + 3) * (s + 4) * power) / (30_240 * terms ** 5)
  );
}

/**
 * A confidence sequence for a share from counts: all p that a mixture of binomials does not yet rule out. Exact at every
 * time at once.
 *
 * S. R. Howard and others (2021), Annals of Statistics 49, 1055–1080.
 */
export function shareSequence(
  successes: number,
  trials: number,
  { alpha = 0.05, at = 100 }: { readonly alpha?: number; readonly at?: number } = {},
): SequenceLimits {
  if (!(Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials)) {
    throw new RangeError(`shareSequence: ${successes} of ${trials} is no count of successes.`);
  }
  const log = 2 * Math.log(1 / alpha);
  const size = at / (log + Math.log(1 + log)) - 1;
  if (!(size > 0)) throw new RangeError(`shareSequence: at ${at} trials is too early to be narrowest; choose more.`);
  const failures = trials - successes;
  const evidence = (p: number): number =>
    logBeta(successes + size * p, failures + size * (1 - p)) -
    logBeta(size * p, size * (1 - p)) -
    successes * Math.log(p) -
    failures * Math.log1p(-p) -
    Math.log(1 / alpha);
  const estimate = trials === 0 ? 0.5 : successes / trials;
  const inside = Math.min(1 - 1e-9, Math.max(1e-9, estimate));
  const edge = (end: number): number => (evidence(end) <= 0 ? Math.round(end) : findRoot(evidence, end, inside));
  return { estimate, lower: edge(1e-12), upper: edge(1 - 1e-12) };
}
