/**
 * A small dense symmetric matrix: `size` × `size` numbers, row after row.
 * Both halves are filled; the functions below read the lower one.
 */
export type Square = { readonly size: number; readonly values: Float64Array };

/** The lower triangle L of A = L L'; zeros above the diagonal. */
export type Cholesky = { readonly size: number; readonly lower: Float64Array };

/** Zeros, to be filled. */
export function square(size: number): Square {
  return { size, values: new Float64Array(size * size) };
}

/**
 * A = L L', or the first row that is a combination of the rows before it.
 *
 * A row counts as dependent when what the earlier rows leave of its diagonal is below `tolerance` times that
 * diagonal: a rule that does not change with the units of the columns. O(size³/6).
 */
export function cholesky({ size, values }: Square, tolerance = 1e-13): Cholesky | { readonly dependentRow: number } {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let left = values[i * size + j]!;
      for (let k = 0; k < j; k++) left -= lower[i * size + k]! * lower[j * size + k]!;
      if (j < i) lower[i * size + j] = left / lower[j * size + j]!;
      else if (left > tolerance * values[i * size + i]!) lower[i * size + i] = Math.sqrt(left);
      else return { dependentRow: i };
    }
  }
  return { size, lower };
}

/** x with A x = b, from the Cholesky factor of A. O(size²). */
export function solve({ size, lower }: Cholesky, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * size + k]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  return x;
}

/** A⁻¹ from the Cholesky factor of A; exactly symmetric. O(size³). */
export function inverse(factor: Cholesky): Square {
  const { size } = factor;
  const result = square(size);
  const unit = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit.fill(0);
    unit[j] = 1;
    const column = solve(factor, unit);
    for (let i = j; i < size; i++) result.values[i * size + j] = result.values[j * size + i] = column[i]!;
  }
  return result;
}

/** u'A⁻¹u: the length of u measured by A, from the Cholesky factor of A. */
export function quadraticForm({ size, lower }: Cholesky, u: Float64Array): number {
  const y = Float64Array.from(u);
  let total = 0;
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) y[i]! -= lower[i * size + k]! * y[k]!;
    y[i]! /= lower[i * size + i]!;
    total += y[i]! * y[i]!;
  }
  return total;
}

/** A M A for symmetric A and M: the sandwich of a robust variance. */
export function sandwich(bread: Square, filling: Square): Square {
  const { size, values: a } = bread;
  const half = new Float64Array(size * size);
  const result = square(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) half[i * size + j]! += a[i * size + k]! * filling.values[k * size + j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let total = 0;
      for (let k = 0; k < size; k++) total += half[i * size + k]! * a[k * size + j]!;
      result.values[i * size + j] = result.values[j * size + i] = total;
    }
  }
  return result;
}

/** The square roots of the diagonal: standard errors from a covariance matrix. */
export function standardErrors({ size, values }: Square): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.sqrt(values[i * size + i]!));
}
