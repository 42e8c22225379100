import { cholesky, inverse, solve, square, type Square } from '@meedoen/numbers';

/** So many events in so much time at risk, with the columns that are 1 for it (the others are 0). */
export type RateRow = { readonly events: number; readonly time: number; readonly columns: readonly number[] };

export type PoissonRates = {
  readonly coefficients: Float64Array;
  readonly covariance: Square;
  /** Events that the fit expects in a row. */
  expected(row: Pick<RateRow, 'time' | 'columns'>): number;
};

/**
 * Rates of events as a product of factors: events ~ Poisson(time · exp(Σ coefficients)), by maximum likelihood (Newton, halving
 * steps that overshoot). `null` when the columns cannot be told apart or the fit does not settle: then a column has no events at all.
 * P. McCullagh & J. A. Nelder (1989), Generalized Linear Models, 6.
 */
export function poissonRates(rows: readonly RateRow[], columns: number): PoissonRates | null {
  const coefficients = new Float64Array(columns);
  const rateOf = (row: Pick<RateRow, 'columns'>, at: Float64Array): number =>
    Math.exp(row.columns.reduce((sum, column) => sum + at[column]!, 0));
  const likelihood = (at: Float64Array): number =>
    rows.reduce((sum, row) => {
      const rate = rateOf(row, at);
      return sum + (row.events === 0 ? 0 : row.events * Math.log(rate)) - row.time * rate;
    }, 0);
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  const time = rows.reduce((sum, row) => sum + row.time, 0);
  if (events === 0 || time === 0) return null;
  // Column 0 is 1 everywhere: begin where all rates are the mean.
  coefficients[0] = Math.log(events / time);

  let before = likelihood(coefficients);
  for (let step = 0; step < mostSteps; step++) {
    const information = square(columns);
    const score = new Float64Array(columns);
    for (const row of rows) {
      const mean = row.time * rateOf(row, coefficients);
      for (const i of row.columns) {
        score[i]! += row.events - mean;
        for (const j of row.columns) information.values[i * columns + j]! += mean;
      }
    }
    const factor = cholesky(information);
    if ('dependentRow' in factor) return null;
    const direction = solve(factor, score);
    if (direction.every((part) => Math.abs(part) < 1e-9)) {
      return {
        coefficients,
        covariance: inverse(factor),
        expected: (row) => row.time * rateOf(row, coefficients),
      };
    }
    let length = 1;
    const next = new Float64Array(columns);
    for (; length > 1e-4; length /= 2) {
      for (let i = 0; i < columns; i++) next[i] = coefficients[i]! + length * direction[i]!;
      if (likelihood(next) >= before - 1e-9 * Math.abs(before)) break;
    }
    coefficients.set(next);
    before = likelihood(next);
  }
  return null;
}

/** Far more than a fit that settles needs. */
const mostSteps = 50;
