import { normalQuantile } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import { discreteGaussian, discreteLaplace } from './exact-noise.ts';
import { fraction, toNumber, type Fraction } from './fraction.ts';
import type { RandomBits } from './random-bits.ts';

/** How much may be learnt about one person: `rho` of zero-concentrated privacy (Gaussian noise), or a pure `epsilon` (Laplace). */
export type PrivacyCost = { readonly rho: number | string } | { readonly epsilon: number | string };

/** A number with noise: what is published, and how far the noise alone may have moved it. */
export type NoisyCount = { readonly value: number; readonly plusMinus: number };

export type NoisyCounts = {
  readonly counts: readonly NoisyCount[];
  readonly noise: 'discrete Gaussian' | 'discrete Laplace';
  /** Standard deviation of the noise (Gaussian) or its scale (Laplace). */
  readonly scale: number;
  readonly confidence: number;
};

/**
 * Counts with noise from exact samplers. `cellsPerPerson`: in how many of these cells one person can be counted at
 * most; the caller makes sure of it before counting. Gaussian: σ² = cellsPerPerson/(2ρ); Laplace: scale cellsPerPerson/ε.
 * Values may fall below 0: to cut them off would bias every sum.
 */
export function noisyCounts(
  counts: ArrayLike<number>,
  cost: PrivacyCost,
  options: { readonly cellsPerPerson: number; readonly confidence?: number },
  random: RandomBits,
): Parsed<NoisyCounts> {
  const { cellsPerPerson, confidence = 0.95 } = options;
  if (!(Number.isSafeInteger(cellsPerPerson) && cellsPerPerson >= 1)) {
    return refuse(
      'cells-per-person',
      'Say in how many of these cells one person can be counted at most: a whole number from 1.',
    );
  }
  for (let cell = 0; cell < counts.length; cell++) {
    if (!Number.isSafeInteger(counts[cell])) {
      return refuseCell('count-unusable', 'count', cell, `${counts[cell]} is not a whole number of people.`);
    }
  }
  const noise = noiseFor(cost, BigInt(cellsPerPerson));
  if (!noise.ok) return noise;
  const { kind, size, draw } = noise.value;
  const plusMinus = reachOf(kind, size, confidence);
  return {
    ok: true,
    value: {
      counts: Array.from(counts, (count) => ({ value: count + Number(draw(random)), plusMinus })),
      noise: kind,
      scale: kind === 'discrete Gaussian' ? Math.sqrt(size) : size,
      confidence,
    },
  };
}

export type NoisyMean = {
  readonly estimate: number;
  readonly plusMinus: number;
  readonly sum: NoisyCount;
  readonly count: NoisyCount;
};

/**
 * A mean as noisy sum over noisy count, half of ρ for each. Values are clamped to `low` … `high` and rounded to whole
 * units first, so that nobody moves the sum by more than the larger of |low| and |high|. Refused when the noisy count
 * is not clearly above 0.
 */
export function noisyMean(
  values: ArrayLike<number>,
  rho: number | string,
  options: { readonly low: number; readonly high: number; readonly confidence?: number },
  random: RandomBits,
): Parsed<NoisyMean> {
  const { low, high, confidence = 0.95 } = options;
  if (!(Number.isSafeInteger(low) && Number.isSafeInteger(high) && low < high)) {
    return refuse('clamp', 'Give whole numbers for low and high, low below high, chosen without looking at the data.');
  }
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) return refuseCell('value-unusable', 'value', row, 'this is not a number.');
    total += Math.round(Math.min(high, Math.max(low, values[row]!)));
  }
  const whole = readCost(rho);
  if (!whole) return badCost();
  const half: Fraction = { over: whole.over, under: 2n * whole.under };
  const most = BigInt(Math.max(Math.abs(low), Math.abs(high)));
  const gaussian = (value: number, sensitivity: bigint): NoisyCount => {
    const variance = varianceFor(half, sensitivity * sensitivity);
    return {
      value: value + Number(discreteGaussian(variance, random)),
      plusMinus: reachOf('discrete Gaussian', toNumber(variance), confidence),
    };
  };
  const sum = gaussian(total, most);
  const count = gaussian(values.length, 1n);
  if (count.value <= 2 * count.plusMinus) {
    return refuse(
      'too-few-for-noise',
      `With this much noise (± ${count.plusMinus}) these people are too few for a mean. Take a wider group, or spend more of the budget.`,
      { plusMinus: count.plusMinus },
    );
  }
  const estimate = sum.value / count.value;
  // First order: the error of a ratio of two independent numbers.
  const plusMinus = Math.hypot(sum.plusMinus, estimate * count.plusMinus) / count.value;
  return { ok: true, value: { estimate, plusMinus, sum, count } };
}

type Noise = {
  kind: NoisyCounts['noise'];
  /** variance (Gaussian) or scale (Laplace) */ size: number;
  draw: (random: RandomBits) => bigint;
};

function noiseFor(cost: PrivacyCost, cells: bigint): Parsed<Noise> {
  const spent = readCost('rho' in cost ? cost.rho : cost.epsilon);
  if (!spent) return badCost();
  if ('rho' in cost) {
    const variance = varianceFor(spent, cells);
    return {
      ok: true,
      value: {
        kind: 'discrete Gaussian',
        size: toNumber(variance),
        draw: (random) => discreteGaussian(variance, random),
      },
    };
  }
  const scale = { over: cells * spent.under, under: spent.over };
  return {
    ok: true,
    value: { kind: 'discrete Laplace', size: toNumber(scale), draw: (random) => discreteLaplace(scale, random) },
  };
}

/** σ² = Δ²/(2ρ). */
function varianceFor(rho: Fraction, squaredSensitivity: bigint): Fraction {
  return { over: squaredSensitivity * rho.under, under: 2n * rho.over };
}

/** A cost above 0 as an exact number, or `null`. */
export function readCost(cost: number | string): Fraction | null {
  if (!/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(String(cost))) return null;
  const read = fraction(cost);
  return read.over > 0n ? read : null;
}

function badCost(): Parsed<never> {
  return refuse('privacy-cost', 'Write what may be spent of the privacy budget as a number above 0, such as 0.1.');
}

/** How far noise reaches to each side with this confidence; whole numbers, from the law itself where σ is small. */
function reachOf(kind: Noise['kind'], size: number, confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must be between 0 and 1, not ${confidence}.`);
  }
  if (kind === 'discrete Laplace') {
    // P(|x| > h) = 2q^{h+1}/(1 + q) with q = e^{−1/t}.
    const q = Math.exp(-1 / size);
    return Math.max(0, Math.ceil(Math.log(((1 - confidence) * (1 + q)) / 2) / Math.log(q) - 1 - 1e-12));
  }
  if (size > 1e6) return Math.ceil(normalQuantile((1 + confidence) / 2) * Math.sqrt(size));
  const weight = (x: number): number => Math.exp(-(x * x) / (2 * size));
  let all = 1;
  for (let x = 1; x <= 12 * Math.sqrt(size) + 12; x++) all += 2 * weight(x);
  let within = 1;
  let reach = 0;
  while (within < confidence * all) within += 2 * weight(++reach);
  return reach;
}
