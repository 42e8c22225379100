import { cholesky, solve, square } from '@meedoen/numbers';
import { coefficients, fittedAt, type LocalFit } from './local-polynomial.ts';

/**
 * How much one of each covariate moves the outcome once the local polynomials have taken their part: γ with
 * (Σ Z'WMZ)γ = Σ Z'WMY over the given fits, M the residual maker. `null` where a covariate follows from the others.
 *
 * S. Calonico, M. D. Cattaneo, M. H. Farrell & R. Titiunik (2019), Review of Economics and Statistics 101, 442–451.
 */
export function covariateSlopes(fits: readonly LocalFit[]): Float64Array | null {
  const count = fits[0]!.side.covariates.length;
  if (count === 0) return new Float64Array(0);
  const matrix = square(count);
  const right = new Float64Array(count);
  for (const fit of fits) {
    const { side, weight, rows } = fit;
    const left = side.covariates.map((z) => residualsOf(fit, z));
    const y = residualsOf(fit, side.y);
    for (let j = 0; j < count; j++) {
      for (let i = 0; i < rows; i++) right[j]! += weight[i]! * left[j]![i]! * y[i]!;
      for (let k = 0; k <= j; k++) {
        let total = 0;
        for (let i = 0; i < rows; i++) total += weight[i]! * left[j]![i]! * left[k]![i]!;
        matrix.values[j * count + k]! += total;
        if (k < j) matrix.values[k * count + j]! += total;
      }
    }
  }
  const factor = cholesky(matrix, 1e-10);
  return 'dependentRow' in factor ? null : solve(factor, right);
}

function residualsOf(fit: LocalFit, values: Float64Array): Float64Array {
  const fitted = fittedAt(fit, coefficients(fit, values), fit.rows);
  return fitted.map((value, i) => values[i]! - value);
}

/** y − Zγ of a whole side. */
export function withoutCovariates({ side }: LocalFit, slopes: Float64Array): Float64Array {
  if (slopes.length === 0) return side.y;
  const y = Float64Array.from(side.y);
  for (const [j, z] of side.covariates.entries()) {
    const slope = slopes[j]!;
    for (let i = 0; i < y.length; i++) y[i]! -= slope * z[i]!;
  }
  return y;
}
