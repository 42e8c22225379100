import { cholesky, inverse, solve, square, type Square } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import { covarianceInOwnUnits, inOwnUnits, linearPredictor, type LinearDesign } from './linear-design.ts';
import type { FitWeights, ModelFit } from './model-fit.ts';

/** A column is said by the others when they leave less than this share of its squares. */
const LEAST_OWN_SHARE = 1e-12;

/**
 * Ordinary or weighted least squares: the coefficients that make Σ weight·(outcome − Xβ)² smallest.
 *
 * Normal equations in standardised columns, then refined on the residuals until they are orthogonal to the columns, so
 * that the digits are those of an orthogonal decomposition. Refuses an outcome that is not a number (in a row that takes
 * part) and columns that follow from the others. O(n·p²).
 *
 * Å. Björck (1987), Linear Algebra and its Applications 88, 31–48, for the refinement.
 */
export function leastSquares(
  design: LinearDesign,
  outcome: ArrayLike<number>,
  { weight = null, emphasis, column = 'outcome' }: FitWeights & { readonly column?: string } = {},
): Parsed<ModelFit> {
  const { size, names, matrix } = design;
  if (outcome.length !== size) throw new RangeError(`There are ${size} rows and ${outcome.length} outcomes.`);
  const k = names.length;
  const counts = new Float64Array(size);
  for (let i = 0; i < size; i++) counts[i] = (weight ? weight[i]! : 1) * (emphasis ? emphasis[i]! : 1);
  let people = 0;
  for (let i = 0; i < size; i++) {
    if (counts[i] === 0) continue;
    people += weight ? weight[i]! : 1;
    if (!Number.isFinite(outcome[i]!)) {
      const message = `${outcome[i]} is not a number. Write a number, or leave the row out.`;
      return refuseCell('outcome-not-usable', column, i, message, { found: String(outcome[i]) });
    }
  }
  const information = cholesky(weightedSquares(design, counts), LEAST_OWN_SHARE);
  if ('dependentRow' in information) return refuseDependent(names, information.dependentRow, people);

  const beta = new Float64Array(k);
  let fitted: Float64Array = new Float64Array(size);
  // The first round solves; the second repairs what the normal equations lost to rounding.
  for (let round = 0; round < 3; round++) {
    const right = new Float64Array(k);
    for (let i = 0; i < size; i++) {
      if (counts[i] === 0) continue;
      const pulled = counts[i]! * (outcome[i]! - fitted[i]!);
      for (let j = 0; j < k; j++) right[j]! += matrix[i * k + j]! * pulled;
    }
    const step = solve(information, right);
    for (let j = 0; j < k; j++) beta[j]! += step[j]!;
    fitted = linearPredictor(design, beta);
  }

  const pull = new Float64Array(size);
  let squares = 0;
  for (let i = 0; i < size; i++) {
    if (counts[i] === 0) continue;
    const residual = outcome[i]! - fitted[i]!;
    pull[i] = residual * (emphasis?.[i] ?? 1);
    squares += counts[i]! * residual * residual;
  }
  const spare = people - k;
  const unit = inverse(information);
  const covariance: Square | null =
    spare > 0
      ? covarianceInOwnUnits(design, { size: k, values: unit.values.map((cell) => (cell * squares) / spare) })
      : null;
  return {
    ok: true,
    value: { design, beta, coefficients: inOwnUnits(design, beta), covariance, fitted, pull, information },
  };
}

/** Σ c·xx' over the rows. */
export function weightedSquares({ size, names, matrix }: LinearDesign, counts: Float64Array): Square {
  const k = names.length;
  const total = square(k);
  const cells = total.values;
  for (let i = 0; i < size; i++) {
    const c = counts[i]!;
    if (c === 0) continue;
    for (let j = 0; j < k; j++) {
      const x = c * matrix[i * k + j]!;
      for (let h = 0; h <= j; h++) cells[j * k + h]! += x * matrix[i * k + h]!;
    }
  }
  for (let j = 0; j < k; j++) for (let h = 0; h < j; h++) cells[h * k + j] = cells[j * k + h]!;
  return total;
}

function refuseDependent(names: readonly string[], place: number, people: number): ReturnType<typeof refuse> {
  const column = names[place]!;
  return place === 0
    ? refuse('no-rows', 'There are no rows to fit a model on. Give at least one person.')
    : refuse(
        'covariates-dependent',
        `Column ${column} says nothing more than the columns before it, for the ${people} people this model is fitted on. Leave it out, or merge rare categories.`,
        { column, people },
      );
}
