import { cholesky, inverse, solve, square, type Cholesky, type Square } from '@meedoen/numbers';
import type { Side } from './cutoff-data.ts';

/** How rows near the cutoff count for more: K(u), u the distance as a share of the bandwidth. */
export type Kernel = 'triangular' | 'epanechnikov' | 'uniform';

/** How many rows of a side have weight within this bandwidth: the nearest so many. O(log n). */
function rowsWithin(side: Side, bandwidth: number, kernel: Kernel): number {
  let low = 0;
  let high = side.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const u = Math.abs(side.x[middle]! / bandwidth);
    if (kernel === 'uniform' ? u <= 1 : u < 1) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A polynomial fitted to the rows of one side within a bandwidth, in powers of u = x/bandwidth, so that its equations do
 * not depend on the unit of the running variable.
 */
export type LocalFit = {
  readonly side: Side;
  readonly degree: number;
  readonly bandwidth: number;
  readonly rows: number;
  /** K(u) per row of the window, and u. */
  readonly weight: Float64Array;
  readonly u: Float64Array;
  readonly gram: Cholesky;
  /** (Σ K r r')⁻¹, r = (1, u, …, u^degree). */
  readonly inverse: Square;
};

/** `null` where the window holds too few different values for the degree. O(n·degree). */
export function fitLocally(side: Side, degree: number, bandwidth: number, kernel: Kernel): LocalFit | null {
  const rows = rowsWithin(side, bandwidth, kernel);
  const weight = new Float64Array(rows);
  const u = new Float64Array(rows);
  const size = degree + 1;
  const moments = new Float64Array(2 * degree + 1);
  for (let i = 0; i < rows; i++) {
    const share = side.x[i]! / bandwidth;
    const w = kernelAt(kernel, share);
    u[i] = share;
    weight[i] = w;
    let power = w;
    for (let k = 0; k < moments.length; k++) {
      moments[k]! += power;
      power *= share;
    }
  }
  const matrix = square(size);
  for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) matrix.values[j * size + k] = moments[j + k]!;
  const gram = cholesky(matrix);
  if ('dependentRow' in gram) return null;
  return { side, degree, bandwidth, rows, weight, u, gram, inverse: inverse(gram) };
}

function kernelAt(kernel: Kernel, u: number): number {
  switch (kernel) {
    case 'triangular':
      return 1 - Math.abs(u);
    case 'epanechnikov':
      return 0.75 * (1 - u * u);
    case 'uniform':
      return 0.5;
  }
}

/** The coefficients of u⁰, u¹, … for an outcome. O(n·degree). */
export function coefficients({ side: _, gram, degree, rows, weight, u }: LocalFit, y: ArrayLike<number>): Float64Array {
  const right = new Float64Array(degree + 1);
  for (let i = 0; i < rows; i++) {
    let power = weight[i]! * y[i]!;
    for (let k = 0; k <= degree; k++) {
      right[k]! += power;
      power *= u[i]!;
    }
  }
  return solve(gram, right);
}

/** The polynomial's value at each row of a window, which may be wider than the fit's own. */
export function fittedAt(fit: LocalFit, beta: Float64Array, rows: number): Float64Array {
  const fitted = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const u = fit.side.x[i]! / fit.bandwidth;
    let value = 0;
    for (let k = fit.degree; k >= 0; k--) value = value * u + beta[k]!;
    fitted[i] = value;
  }
  return fitted;
}

/** What each row of the window adds to the coefficient of u^power: Σ l·y is that coefficient. */
export function rowWeights({ degree, rows, weight, u, inverse: inverted }: LocalFit, power: number): Float64Array {
  const size = degree + 1;
  const result = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let value = 0;
    for (let k = degree; k >= 0; k--) value = value * u[i]! + inverted.values[power * size + k]!;
    result[i] = weight[i]! * value;
  }
  return result;
}

/** K·r'(ΣKrr')⁻¹r per row: how much a row draws the fit to itself. */
export function leverages({ degree, rows, weight, u, inverse: inverted }: LocalFit): Float64Array {
  const size = degree + 1;
  const result = new Float64Array(rows);
  const powers = new Float64Array(size);
  for (let i = 0; i < rows; i++) {
    powers[0] = 1;
    for (let k = 1; k < size; k++) powers[k] = powers[k - 1]! * u[i]!;
    let value = 0;
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) value += powers[j]! * inverted.values[j * size + k]! * powers[k]!;
    }
    result[i] = weight[i]! * value;
  }
  return result;
}
