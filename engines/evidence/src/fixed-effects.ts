import { cholesky, inverse, sandwich, solve, square, studentQuantile, studentTwoSided } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import type { Covariate } from './covariates.ts';
import { detectable, type Detectable } from './detectable.ts';
import type { Interval } from './estimate.ts';
import type { Groups } from './groups.ts';
import { findUnusable } from './usable-columns.ts';

/** Rows of units in periods, with what is held against the outcome once both have taken their part. */
export type FixedEffectsColumns = {
  readonly units: Groups;
  readonly periods: Groups;
  readonly outcome: ArrayLike<number>;
  readonly regressors: readonly Covariate[];
  /** What errors are summed within; default the units. A unit must lie in one cluster. */
  readonly clusters?: Groups;
};

/** The same sandwich with three small-sample factors; software differs in which it prints. */
export type ClusteredErrors = {
  /** Factor 1. */
  readonly cr0: number;
  /** G/(G − 1)·(N − 1)/(N − K), as Stata. */
  readonly cr1: number;
  /** The same, K without the effects that lie within clusters save one, as fixest and reghdfe. */
  readonly nested: number;
};

export type FixedEffectsTerm = {
  readonly name: string;
  readonly estimate: number;
  /** The nested error. */
  readonly se: number;
  readonly errors: ClusteredErrors;
  /** Student's t with clusters − 1 degrees. */
  readonly p: number;
  readonly ci: Interval;
  readonly smallestDetectable: Detectable | null;
  /** Per row; summed within clusters, its squares make cr0². */
  readonly influence: Float64Array;
};

export type FixedEffects = {
  readonly terms: readonly FixedEffectsTerm[];
  readonly rows: number;
  readonly clusters: number;
  /** K: regressors, units and periods less one. */
  readonly coefficients: number;
};

/** An effect that the unit and period means leave less than this share of has no spread of its own. */
const LEAST_OWN_SHARE = 1e-10;

/**
 * Least squares with an effect for every unit and every period, and errors clustered by unit.
 *
 * Means are taken out in turn until nothing changes (once, in a balanced panel). Refuses cells that are not finite numbers,
 * fewer than two clusters, regressors that units and periods or other regressors explain. O(n·k²·rounds).
 *
 * M. Arellano (1987), Oxford Bulletin of Economics and Statistics 49, 431–434, for errors within units.
 */
export function fixedEffects(columns: FixedEffectsColumns, confidence = 0.95): Parsed<FixedEffects> {
  const { units, periods, outcome, regressors, clusters = units } = columns;
  const n = outcome.length;
  const unusable = findUnusable([{ name: 'outcome', values: outcome }, ...regressors], n, 'outcome');
  if (unusable) return unusable;
  const count = new Set(clusters.codes).size;
  if (count < 2) {
    return refuse(
      'too-few-clusters',
      `There is ${count} cluster; errors by cluster need at least 2, and are fair from 40 on.`,
      {
        clusters: count,
      },
    );
  }
  const k = regressors.length;
  const y = withoutMeans(outcome, units, periods);
  const x = regressors.map(({ values }) => withoutMeans(values, units, periods));
  const products = square(k);
  const right = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const own = dot(x[j]!, x[j]!);
    if (!(own > LEAST_OWN_SHARE * spreadOf(regressors[j]!.values))) {
      return refuse(
        'regressor-explained',
        `Column ${regressors[j]!.name} is the same for a unit in all its periods, or for a period in all units: its effect cannot be told from theirs.`,
        { column: regressors[j]!.name },
      );
    }
    right[j] = dot(x[j]!, y);
    for (let h = 0; h <= j; h++) products.values[j * k + h] = products.values[h * k + j] = dot(x[j]!, x[h]!);
  }
  const factor = cholesky(products, 1e-12);
  if ('dependentRow' in factor) {
    const { name } = regressors[factor.dependentRow]!;
    return refuse('covariates-dependent', `Column ${name} follows from the columns before it. Leave it out.`, {
      column: name,
    });
  }
  const beta = solve(factor, right);
  const bread = inverse(factor);
  const scores = Array.from({ length: k }, () => new Float64Array(clusters.names.length));
  const residuals = y.map((value, i) => value - x.reduce((sum, column, j) => sum + column[i]! * beta[j]!, 0));
  for (let i = 0; i < n; i++) for (let j = 0; j < k; j++) scores[j]![clusters.codes[i]!]! += x[j]![i]! * residuals[i]!;
  const filling = square(k);
  for (let j = 0; j < k; j++) for (let h = 0; h < k; h++) filling.values[j * k + h] = dot(scores[j]!, scores[h]!);
  const covariance = sandwich(bread, filling);

  const unitCount = new Set(units.codes).size;
  const coefficients = k + unitCount + new Set(periods.codes).size - 1;
  const byClusters = count / (count - 1);
  const cr1 = byClusters * ((n - 1) / (n - coefficients));
  const nested = byClusters * ((n - 1) / (n - (coefficients - (unitCount - 1))));
  const critical = studentQuantile((1 + confidence) / 2, count - 1);
  return {
    ok: true,
    value: {
      rows: n,
      clusters: count,
      coefficients,
      terms: regressors.map(({ name }, j): FixedEffectsTerm => {
        const estimate = beta[j]!;
        const cr0 = Math.sqrt(covariance.values[j * k + j]!);
        const se = cr0 * Math.sqrt(nested);
        const ci = { lower: estimate - critical * se, upper: estimate + critical * se, confidence };
        return {
          name,
          estimate,
          se,
          errors: { cr0, cr1: cr0 * Math.sqrt(cr1), nested: se },
          p: se > 0 ? studentTwoSided(estimate / se, count - 1) : estimate === 0 ? 1 : 0,
          ci,
          smallestDetectable: detectable({ se, ci }),
          influence: residuals.map(
            (e, i) => e * x.reduce((sum, column, h) => sum + bread.values[j * k + h]! * column[i]!, 0),
          ),
        };
      }),
    },
  };
}

/** Take unit means and period means out in turn until a round changes nothing. */
export function withoutMeans(values: ArrayLike<number>, units: Groups, periods: Groups): Float64Array {
  const left = Float64Array.from(values);
  const scale = Math.sqrt(spreadOf(values) / left.length);
  for (let round = 0; round < 1000; round++) {
    const change = Math.max(takeMeansOut(left, units), takeMeansOut(left, periods));
    // The first round does the work; a later one that moves nothing ends it.
    if (round > 0 && change <= 1e-13 * scale) break;
  }
  return left;
}

/** Returns the largest mean. */
function takeMeansOut(values: Float64Array, { codes, names }: Groups): number {
  const sums = new Float64Array(names.length);
  const counts = new Int32Array(names.length);
  for (let i = 0; i < values.length; i++) {
    sums[codes[i]!]! += values[i]!;
    counts[codes[i]!]!++;
  }
  let largest = 0;
  for (let g = 0; g < sums.length; g++) {
    if (counts[g]! === 0) continue;
    sums[g]! /= counts[g]!;
    largest = Math.max(largest, Math.abs(sums[g]!));
  }
  for (let i = 0; i < values.length; i++) values[i]! -= sums[codes[i]!]!;
  return largest;
}

function spreadOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  const mean = total / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return squares;
}

function dot(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let i = 0; i < one.length; i++) total += one[i]! * other[i]!;
  return total;
}
