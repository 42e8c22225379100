/**
 * Variance of an estimate from what each moment of a series moves it by, when neighbouring moments go together:
 * Σψ_t² + 2Σ_l (1 − l/(L + 1))·Σψ_tψ_{t−l} for l = 1 … L (Bartlett weights, so that it is never negative). O(n·L).
 *
 * W. K. Newey & K. D. West (1987), Econometrica 55, 703–708.
 */
export function neweyWestVariance(influence: Float64Array, lags: number): number {
  let variance = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let product = 0;
    for (let t = lag; t < influence.length; t++) product += influence[t]! * influence[t - lag]!;
    variance += lag === 0 ? product : 2 * (1 - lag / (lags + 1)) * product;
  }
  return Math.max(0, variance);
}

/** ⌊4·(n/100)^(2/9)⌋: how many lags count where nobody says (Newey & West 1994, as software has it). */
export function usualLags(size: number): number {
  return Math.floor(4 * (size / 100) ** (2 / 9));
}
