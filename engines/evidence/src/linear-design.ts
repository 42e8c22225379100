import { square, type Square } from '@meedoen/numbers';
import type { Parsed } from '@meedoen/units';
import { standardise, type Covariate } from './covariates.ts';

/**
 * The columns of a linear or logistic model: 1, then the covariates centred and divided by their spread, row after row.
 * A fit in these coordinates keeps its digits when a column is a year or a square; {@link inOwnUnits} turns it back.
 */
export type LinearDesign = {
  readonly size: number;
  /** `(intercept)`, then the covariates. */
  readonly names: readonly string[];
  /** `size` × `names.length` numbers. */
  readonly matrix: Float64Array;
  /** Per column; 0 and 1 for the intercept. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
};

/**
 * Put covariates beside an intercept; none are needed. Refuses what {@link standardise} refuses: columns of another
 * length, cells that are not numbers, and columns with one value only. O(n·p).
 */
export function linearDesign(covariates: readonly Covariate[], size: number): Parsed<LinearDesign> {
  const standardised =
    covariates.length === 0
      ? { ok: true as const, value: { names: [], matrix: new Float64Array(0), mean: [], spread: [] } }
      : standardise(covariates, size);
  if (!standardised.ok) return standardised;
  const { names, matrix, mean, spread } = standardised.value;
  const p = names.length;
  const k = p + 1;
  const rows = new Float64Array(size * k);
  for (let i = 0; i < size; i++) {
    rows[i * k] = 1;
    for (let j = 0; j < p; j++) rows[i * k + 1 + j] = matrix[i * p + j]!;
  }
  return {
    ok: true,
    value: {
      size,
      names: ['(intercept)', ...names],
      matrix: rows,
      mean: Float64Array.from([0, ...mean]),
      spread: Float64Array.from([1, ...spread]),
    },
  };
}

/** Xβ, one number per row, for coefficients in the coordinates of the design. */
export function linearPredictor({ size, names, matrix }: LinearDesign, beta: Float64Array): Float64Array {
  const k = names.length;
  const result = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let total = 0;
    for (let j = 0; j < k; j++) total += matrix[i * k + j]! * beta[j]!;
    result[i] = total;
  }
  return result;
}

/** Coefficients per unit of each covariate, and of the intercept where all covariates are 0. */
export function inOwnUnits({ mean, spread }: LinearDesign, beta: Float64Array): Float64Array {
  const result = beta.map((b, j) => b / spread[j]!);
  for (let j = 1; j < beta.length; j++) result[0]! -= result[j]! * mean[j]!;
  return result;
}

/** The covariance of {@link inOwnUnits} from that of the coefficients in the coordinates of the design. */
export function covarianceInOwnUnits({ mean, spread }: LinearDesign, { size, values }: Square): Square {
  const scaled = square(size);
  for (let j = 0; j < size; j++) {
    for (let h = 0; h < size; h++) scaled.values[j * size + h] = values[j * size + h]! / (spread[j]! * spread[h]!);
  }
  // The intercept moves with every slope: first its row, then its column.
  const result = square(size);
  for (let j = 0; j < size; j++) {
    for (let h = 0; h < size; h++) {
      let cell = scaled.values[j * size + h]!;
      if (j === 0) for (let l = 1; l < size; l++) cell -= mean[l]! * scaled.values[l * size + h]!;
      result.values[j * size + h] = cell;
    }
  }
  for (let j = 0; j < size; j++) {
    for (let l = 1; l < size; l++) result.values[j * size]! -= mean[l]! * result.values[j * size + l]!;
  }
  return result;
}
