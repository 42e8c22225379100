import { describe, expect, test } from 'vitest';
import { standardErrors } from '@meedoen/numbers';
import { confounders, nhefs } from '../test/nhefs.ts';
import { describeAgainstR, expectClose, readJson, valueOf } from '../test/reference.ts';
import { linearDesign } from './linear-design.ts';
import { fitLogistic } from './logistic.ts';
import { influenceThrough } from './model-fit.ts';

const design = (...columns: (readonly number[])[]) =>
  valueOf(
    linearDesign(
      columns.map((values, at) => ({ name: `x${at + 1}`, values })),
      columns[0]!.length,
    ),
  );

describe('by hand: of 4 with x = 0 one says yes, of 5 with x = 1 three', () => {
  const x = [0, 0, 0, 0, 1, 1, 1, 1, 1];
  const y = [1, 0, 0, 0, 1, 1, 1, 0, 0];
  const fit = valueOf(fitLogistic(design(x), y));

  test('log odds ln(1/3), log odds ratio ln(3/2 · 3), errors √Σ 1/count', () => {
    expectClose(fit.coefficients, [Math.log(1 / 3), Math.log(4.5)], 1e-12, 'by hand');
    const errors = standardErrors(fit.covariance!);
    expectClose(errors, [Math.sqrt(1 + 1 / 3), Math.sqrt(1 + 1 / 3 + 1 / 3 + 1 / 2)], 1e-12, 'by hand');
    expect(fit.fitted[8]).toBeCloseTo(0.6, 14);
  });

  test('weights that count people are repeated rows', () => {
    const weighted = valueOf(fitLogistic(design([0, 0, 1, 1]), [1, 0, 1, 0], { weight: [1, 3, 3, 2] }));
    expectClose(weighted.coefficients, fit.coefficients, 1e-11, 'copies');
    expect(weighted.deviance).toBeCloseTo(fit.deviance, 10);
  });

  test('the influence of a row is what a little more weight does', () => {
    const influence = influenceThrough(fit, Float64Array.of(0, 1));
    const h = 1e-5;
    const nudged = valueOf(fitLogistic(design(x), y, { weight: x.map((_, i) => (i === 4 ? 1 + h : 1)) }));
    expect((nudged.beta[1]! - fit.beta[1]!) / h).toBeCloseTo(influence[4]!, 4);
  });

  test('without covariates it is the share', () => {
    const alone = valueOf(fitLogistic(valueOf(linearDesign([], 9)), y));
    expect(alone.fitted[0]).toBeCloseTo(4 / 9, 14);
  });
});

describe('what is refused', () => {
  test.each([
    { story: 'complete separation', x: [1, 2, 3, 4, 5, 6], y: [0, 0, 0, 1, 1, 1] },
    { story: 'separation in one corner: nobody with x = 1 says no', x: [0, 0, 0, 0, 1, 1], y: [0, 1, 0, 1, 1, 1] },
    { story: 'touching at one value', x: [1, 2, 3, 3, 4, 5], y: [0, 0, 0, 1, 1, 1] },
  ])('$story', ({ x, y }) => {
    expect(fitLogistic(design(x), y)).toMatchObject({ problem: { what: 'separation', words: { column: 'x1' } } });
  });

  test('everybody says yes', () => {
    expect(fitLogistic(design([1, 2, 3]), [1, 1, 1])).toMatchObject({ problem: { what: 'outcome-constant' } });
  });

  test('neither yes nor no, by its row', () => {
    expect(fitLogistic(design([1, 2, 3]), [1, 0, 2])).toMatchObject({
      problem: { what: 'outcome-not-usable', words: { row: 3 } },
    });
  });

  test('the same column twice', () => {
    expect(fitLogistic(design([1, 2, 3, 4], [2, 4, 6, 8]), [1, 0, 0, 1])).toMatchObject({
      problem: { what: 'covariates-dependent', words: { column: 'x2' } },
    });
  });
});

test('a strong but finite coefficient is not taken for separation: one in a million', () => {
  const y = [1, 0, 1, 0];
  const fit = valueOf(fitLogistic(design([0, 0, 1, 1]), y, { weight: [1, 1e6, 1e6, 1] }));
  expectClose(fit.coefficients, [-Math.log(1e6), 2 * Math.log(1e6)], 1e-9, 'strong');
});

describeAgainstR('R 4.2.2 on NHEFS: glm(binomial) of chapter 12', () => {
  test('coefficients, errors, deviance', () => {
    const { propensity } = readJson('causal/nhefs.ipw.json');
    const quits = nhefs('qsmk');
    const fit = valueOf(fitLogistic(valueOf(linearDesign(confounders(), quits.length)), quits));
    expectClose(fit.coefficients, propensity.coef, 1e-7, 'logistic, NHEFS');
    expectClose(standardErrors(fit.covariance!), propensity.se, 1e-7, 'logistic errors, NHEFS');
    expectClose(fit.deviance, propensity.deviance, 1e-12, 'logistic deviance, NHEFS');
  });
});
