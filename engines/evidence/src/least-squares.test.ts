import { describe, expect, test } from 'vitest';
import { standardErrors } from '@meedoen/numbers';
import { confounders, nhefs } from '../test/nhefs.ts';
import { describeAgainstR, expectClose, readJson, valueOf } from '../test/reference.ts';
import { leastSquares } from './least-squares.ts';
import { linearDesign } from './linear-design.ts';
import { influenceThrough } from './model-fit.ts';

const design = (...columns: (readonly number[])[]) =>
  valueOf(
    linearDesign(
      columns.map((values, at) => ({ name: `x${at + 1}`, values })),
      columns[0]!.length,
    ),
  );

describe('by hand: y = 1 + 2x through three points, the last one off by 3', () => {
  // x̄ = 1, ȳ = 4; slope Σ(x − x̄)(y − ȳ)/Σ(x − x̄)² = (3 + 4)/2; residuals 1/2, −1, 1/2.
  const fit = valueOf(leastSquares(design([0, 1, 2]), [1, 3, 8]));

  test('slope 7/2, intercept 1/2, error of the slope √(1.5/1/2)', () => {
    expectClose(fit.coefficients, [0.5, 3.5], 1e-14, 'by hand');
    expectClose(fit.pull, [0.5, -1, 0.5], 1e-14, 'by hand');
    expect(standardErrors(fit.covariance!)[1]).toBeCloseTo(Math.sqrt(0.75), 14);
    // The intercept stands where x is 0: s²·(1/3 + 1/2).
    expect(standardErrors(fit.covariance!)[0]).toBeCloseTo(Math.sqrt(1.5 * (1 / 3 + 1 / 2)), 14);
  });

  test('a row left out is still predicted, and pulls at nothing', () => {
    const without = valueOf(leastSquares(design([0, 1, 2]), [1, 3, NaN], { emphasis: [1, 1, 0] }));
    expectClose(without.coefficients, [1, 2], 1e-14, 'by hand');
    expect(without.fitted[2]).toBeCloseTo(5, 13);
    expect(without.pull[2]).toBe(0);
    expect(without.covariance).toBeNull(); // two rows, two coefficients: nothing to spare
  });

  test('weights that count people are repeated rows', () => {
    const weighted = valueOf(leastSquares(design([0, 1, 2]), [1, 3, 8], { weight: [1, 2, 3] }));
    const repeated = valueOf(leastSquares(design([0, 1, 1, 2, 2, 2]), [1, 3, 3, 8, 8, 8]));
    expectClose(weighted.coefficients, repeated.coefficients, 1e-13, 'copies');
    expectClose(weighted.covariance!.values, repeated.covariance!.values, 1e-12, 'copies');
  });

  test('the influence of a row is what a little more weight does', () => {
    const influence = influenceThrough(fit, Float64Array.of(0, 1));
    const h = 1e-6;
    const nudged = valueOf(leastSquares(design([0, 1, 2]), [1, 3, 8], { weight: [1, 1 + h, 1] }));
    expect((nudged.beta[1]! - fit.beta[1]!) / h).toBeCloseTo(influence[1]!, 5);
  });
});

test('a cubic in calendar years comes back to twelve digits', () => {
  const years = Array.from({ length: 21 }, (_, at) => 2000 + at);
  const y = years.map((year) => 5 + 2 * (year - 2010) - 0.25 * (year - 2010) ** 2 + 0.125 * (year - 2010) ** 3);
  const fit = valueOf(
    leastSquares(
      design(
        years,
        years.map((x) => (x - 2010) ** 2),
        years.map((x) => (x - 2010) ** 3),
      ),
      y,
    ),
  );
  expectClose(fit.fitted, y, 1e-12, 'cubic');
});

describe('what is refused', () => {
  test('the same column twice is named', () => {
    expect(leastSquares(design([1, 2, 3, 4], [2, 4, 6, 8]), [1, 2, 3, 4])).toMatchObject({
      ok: false,
      problem: { what: 'covariates-dependent', words: { column: 'x2' } },
    });
  });

  test('more columns than people', () => {
    expect(leastSquares(design([1, 2], [5, 4]), [1, 2])).toMatchObject({ problem: { what: 'covariates-dependent' } });
  });

  test('nobody takes part', () => {
    expect(leastSquares(design([1, 2]), [1, 2], { emphasis: [0, 0] })).toMatchObject({ problem: { what: 'no-rows' } });
  });

  test('an outcome that is not a number, by its row', () => {
    expect(leastSquares(design([1, 2]), [1, NaN], { column: 'wage' })).toMatchObject({
      problem: { what: 'outcome-not-usable', at: { pointer: '/wage/1' }, words: { row: 2 } },
    });
  });
});

describeAgainstR('R 4.2.2 on NHEFS: lm', () => {
  test('coefficients of the outcome model of chapter 13', () => {
    const { outcomeCoef } = readJson('causal/nhefs.ipw.json').gformula;
    const smokes = nhefs('smokeintensity');
    const quits = nhefs('qsmk');
    const covariates = [
      { name: 'qsmk', values: quits },
      { name: 'qsmk × smokeintensity', values: quits.map((a, i) => a * smokes[i]!) },
      ...confounders(),
    ];
    const fit = valueOf(leastSquares(valueOf(linearDesign(covariates, quits.length)), nhefs('wt82_71')));
    expectClose(fit.coefficients, outcomeCoef.coef, 1e-10, 'least squares, NHEFS');
  });
});
