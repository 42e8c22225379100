import { solve, type Cholesky, type Square } from '@meedoen/numbers';
import type { LinearDesign } from './linear-design.ts';

/** What people count for in a fit, and which rows take part. */
export type FitWeights = {
  /** People per row, or its sampling weight; see {@link readSpells}. Default 1. */
  readonly weight?: ArrayLike<number> | null;
  /** What a row counts for beside its people: 0 leaves it out, and it is still predicted. Default 1. */
  readonly emphasis?: ArrayLike<number>;
};

/** A fitted linear or logistic model, with what it takes to carry its uncertainty on. */
export type ModelFit = {
  readonly design: LinearDesign;
  /** Coefficients in the coordinates of the design … */
  readonly beta: Float64Array;
  /** … and per unit of each covariate, the intercept first. */
  readonly coefficients: Float64Array;
  /** Covariance of `coefficients` if the model is right; `null` without a row to spare. */
  readonly covariance: Square | null;
  /** Predicted outcome or share, for every row, also those left out. */
  readonly fitted: Float64Array;
  /** emphasis·(outcome − fitted): how a row pulls at the coefficients. 0 for rows left out. */
  readonly pull: Float64Array;
  /** Σ of weighted xx' (times share·(1 − share) in a logistic model), factored. */
  readonly information: Cholesky;
};

/**
 * Influence of each row on g'β, g in the coordinates of the design: how much it moves when the row gets a little more
 * weight, g'I⁻¹x·pull. Weighted, it sums to 0. O(n·p).
 *
 * So the uncertainty of a fitted nuisance is added to any estimate built on it: g is the estimate's slope in β.
 */
export function influenceThrough({ design, pull, information }: ModelFit, slope: Float64Array): Float64Array {
  const { size, names, matrix } = design;
  const k = names.length;
  const direction = solve(information, slope);
  const influence = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (pull[i] === 0) continue;
    let along = 0;
    for (let j = 0; j < k; j++) along += matrix[i * k + j]! * direction[j]!;
    influence[i] = along * pull[i]!;
  }
  return influence;
}
