// Sums
export { ExactSum, mean, sum } from './sum.ts';

// From small to large
export { ascendingOrder } from './order.ts';

// Small matrices
export {
  cholesky,
  inverse,
  quadraticForm,
  sandwich,
  solve,
  square,
  standardErrors,
  type Cholesky,
  type Square,
} from './matrix.ts';

// Many tests at once
export { correctedForMany, type CorrectionMethod } from './many-tests.ts';

// Distributions: cdf, upper tail, quantile
export { normalCdf, normalQuantile, normalTwoSided, normalUpperTail } from './normal.ts';
export { studentCdf, studentQuantile, studentTwoSided, studentUpperTail } from './student-t.ts';
export { noncentralTTails } from './noncentral-t.ts';
export { chiSquaredCdf, chiSquaredQuantile, chiSquaredUpperTail } from './chi-squared.ts';
export { fCdf, fQuantile, fUpperTail } from './f-distribution.ts';

// The functions beneath them
export { incompleteGamma, logBeta, logGamma } from './gamma.ts';
export { betaQuantile, incompleteBeta } from './beta.ts';
export { findRoot, type Tails } from './root.ts';

// Chance that can be repeated
export { chance, type Chance } from './chance.ts';
