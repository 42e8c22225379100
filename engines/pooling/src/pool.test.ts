import {
  describeAgainstR,
  expectClose,
  numbers,
  readColumns,
  readJson,
  valueOf,
  type Json,
} from '@meedoen/evidence/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSmallStudies, metaRegression } from './meta-regression.ts';
import { cumulativePool, leaveOneOut, pool, type PoolMethod, type Studies } from './pool.ts';

describe('by hand: effects 0, 2 and 4 with standard error 1', () => {
  const studies: Studies = { effect: [0, 2, 4], se: [1, 1, 1] };

  test('fixed: mean 2, error 1/√3, Q = 8', () => {
    const pooled = valueOf(pool(studies, { method: 'fixed' }));
    expect(pooled.estimate).toBe(2);
    expect(pooled.se).toBeCloseTo(1 / Math.sqrt(3), 15);
    expect(pooled.q.statistic).toBe(8);
    expect(pooled.predictionInterval).toBeNull();
  });

  test('equal errors: every random-effects method but ML gives τ² = (8 − 2)/2 = 3', () => {
    const tau2 = (method: PoolMethod): number => valueOf(pool(studies, { method })).tau2;
    expect(tau2('dersimonian-laird')).toBeCloseTo(3, 14);
    expect(tau2('reml')).toBeCloseTo(3, 13);
    expect(tau2('paule-mandel')).toBeCloseTo(3, 13);
    expect(tau2('ml')).toBeCloseTo(8 / 3 - 1, 13);
  });

  test('Hartung–Knapp: the error of a plain mean, t with 2 degrees', () => {
    const pooled = valueOf(pool(studies));
    expect(pooled.se).toBeCloseTo(2 / Math.sqrt(3), 13);
    expect(pooled.degrees).toBe(2);
    expect(pooled.ci.upper).toBeCloseTo(2 + 4.302652729749462 * (2 / Math.sqrt(3)), 11);
    expect(pooled.diagnostics.map((note) => note.what)).toEqual(['few-studies']);
  });

  test('studies that agree by luck keep their normal error, and it is said', () => {
    const lucky = valueOf(pool({ effect: [0.12, 0.1, 0.15], se: [0.08, 0.05, 0.06] }));
    expect(lucky.se).toBeCloseTo(0.0346265914094857, 14); // 0.0157 without the floor
    expect(lucky.diagnostics.map((note) => note.what)).toContain('scatter-below-chance');
  });

  test.each([
    { story: 'one study', studies: { effect: [1], se: [1] }, what: 'too-few-studies' },
    { story: 'an error of 0', studies: { effect: [1, 2], se: [1, 0] }, what: 'standard-error-not-usable' },
    { story: 'an effect that is no number', studies: { effect: [1, NaN], se: [1, 1] }, what: 'effect-not-usable' },
    { story: 'a missing error', studies: { effect: [1, 2], se: [1] }, what: 'columns-differ-in-length' },
  ])('$story is refused: $what', ({ studies: given, what }) => {
    const answer = pool(given);
    expect(answer.ok ? 'answered' : answer.problem.what).toBe(what);
  });

  test('a moderator that does not vary, and too few studies for it, are refused', () => {
    const what = (values: number[], k: number): string => {
      const answer = metaRegression(
        { effect: values.map((_, i) => i).slice(0, k), se: values.map(() => 1).slice(0, k) },
        { moderators: [{ name: 'm', values: values.slice(0, k) }] },
      );
      return answer.ok ? 'answered' : answer.problem.what;
    };
    expect(what([3, 3, 3, 3, 3], 5)).toBe('covariates-dependent');
    expect(what([1, 2, 3, 4, 5], 3)).toBe('too-few-studies');
  });
});

describe('laws', () => {
  // Tenths, so that a counterexample shrinks quickly to one a person can read.
  const tenths = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 10);
  const study = fc.record({ effect: tenths(-50, 50), se: tenths(1, 20) });
  const many = fc.array(study, { minLength: 3, maxLength: 12 });
  const columns = (rows: { effect: number; se: number }[]): Studies => ({
    effect: rows.map((r) => r.effect),
    se: rows.map((r) => r.se),
  });
  const methods = fc.constantFrom<PoolMethod>('fixed', 'dersimonian-laird', 'reml', 'ml', 'paule-mandel');

  test('order does not matter, and moving or stretching all effects moves or stretches the answer', () => {
    // Planted: τ² is floored at 0.001 instead of 0.
    fc.assert(
      fc.property(many, methods, tenths(1, 100), (rows, method, factor) => {
        const one = valueOf(pool(columns(rows), { method }));
        const back = valueOf(pool(columns(rows.toReversed()), { method }));
        const other = valueOf(
          pool(columns(rows.map(({ effect, se }) => ({ effect: 3 + factor * effect, se: factor * se }))), { method }),
        );
        expect(back.estimate).toBeCloseTo(one.estimate, 9);
        expect(other.estimate).toBeCloseTo(3 + factor * one.estimate, 6);
        expect(other.se / factor).toBeCloseTo(one.se, 6);
        expect(other.tau2 / factor ** 2).toBeCloseTo(one.tau2, 6);
      }),
    );
  });

  test('the answer lies among the studies; the prediction interval holds the confidence interval', () => {
    // Planted: weights s² + τ² instead of one over them.
    fc.assert(
      fc.property(many, methods, (rows, method) => {
        const { estimate, ci, predictionInterval, weights } = valueOf(pool(columns(rows), { method }));
        expect(estimate).toBeGreaterThanOrEqual(Math.min(...rows.map((r) => r.effect)) - 1e-12);
        expect(estimate).toBeLessThanOrEqual(Math.max(...rows.map((r) => r.effect)) + 1e-12);
        expect(weights.reduce((a, b) => a + b)).toBeCloseTo(100, 9);
        if (predictionInterval) expect(predictionInterval.lower!).toBeLessThanOrEqual(ci.lower! + 1e-12);
        const exact = rows.reduce((best, r) => (r.se < best.se ? r : best));
        expect(weights[rows.indexOf(exact)]!).toBeCloseTo(Math.max(...weights), 9);
      }),
    );
  });

  test('REML: no other τ² near it has a higher restricted likelihood', () => {
    // Planted: the trace of P without its second term (that is ML).
    fc.assert(
      fc.property(many, (rows) => {
        const likelihood = (tau2: number): number => {
          const w = rows.map(({ se }) => 1 / (se * se + tau2));
          const sum = w.reduce((a, b) => a + b);
          const mean = rows.reduce((total, { effect }, i) => total + w[i]! * effect, 0) / sum;
          return (
            w.reduce((total, wi, i) => total + Math.log(wi) / 2 - (wi * (rows[i]!.effect - mean) ** 2) / 2, 0) -
            Math.log(sum) / 2
          );
        };
        const { tau2 } = valueOf(pool(columns(rows), { method: 'reml' }));
        for (const step of [1e-4, 1e-3]) {
          expect(likelihood(tau2)).toBeGreaterThanOrEqual(likelihood(tau2 + step) - 1e-11);
          if (tau2 > step) expect(likelihood(tau2)).toBeGreaterThanOrEqual(likelihood(tau2 - step) - 1e-11);
        }
      }),
    );
  });
});

describeAgainstR('R metafor 3.8-1: rma, regtest, leave1out, cumul', () => {
  const methods: Record<string, PoolMethod> = {
    FE: 'fixed',
    DL: 'dersimonian-laird',
    REML: 'reml',
    ML: 'ml',
    EB: 'paule-mandel',
  };

  function compare(studies: Studies, r: Json): void {
    const method = methods[r.method]!;
    const tolerance = method === 'fixed' || method === 'dersimonian-laird' ? 1e-10 : 1e-8;
    const found = valueOf(pool(studies, { method, errors: r.test === 'knha' ? 'hartung-knapp-as-is' : 'normal' }));
    const check = (what: string, us: unknown, them: unknown, within = tolerance): void =>
      expectClose(us, them, within, `pool ${r.method} ${r.test}: ${what}`);
    check('estimate', found.estimate, r.estimate);
    check('error', found.se, r.se);
    check('statistic and p', [found.statistic, found.p], [r.stat, r.p]);
    check('interval', [found.ci.lower, found.ci.upper], r.ci);
    check('τ²', found.tau2, r.tau2);
    check('error of τ²', found.seTau2, r.seTau2);
    check('I² and H²', [found.i2, found.h2], [r.I2, r.H2]);
    check('Q', [found.q.statistic, found.q.p], [r.Q, r.Qp]);
    check('weights', found.weights, r.weights);
    check(
      'prediction',
      found.predictionInterval && [found.predictionInterval.lower, found.predictionInterval.upper],
      r.predictionInterval,
    );
    check(
      'interval of τ²',
      found.tau2Interval && [found.tau2Interval.lower, found.tau2Interval.upper],
      r.tau2CiQProfile,
    );
    expect(found.degrees).toBe(r.df);
  }

  const d = readColumns('meta/bcg.csv');
  const bcg: Studies = { effect: numbers(d['yi'] ?? []), se: numbers(d['sei'] ?? []) };
  const r: Json = readJson('meta/bcg.pool.json');

  test('bcg, thirteen trials, nine ways', () => {
    for (const run of r.runs) compare(bcg, run);
  });

  test('few studies, agreeing and disagreeing', () => {
    for (const { yi, sei, runs } of readJson('meta/small-k.pool.json').cases)
      for (const run of runs) compare({ effect: yi, se: sei }, run);
  });

  test('leaving one out, and by year', () => {
    const without = valueOf(leaveOneOut(bcg, { errors: 'normal' }));
    expectClose(
      without.map((one) => one.estimate),
      r.leaveOneOut.estimate,
      1e-8,
      'leave one out',
    );
    expectClose(
      without.map((one) => one.se),
      r.leaveOneOut.se,
      1e-8,
      'leave one out',
    );
    expectClose(
      without.map((one) => one.tau2),
      r.leaveOneOut.tau2,
      1e-8,
      'leave one out',
    );
    const grown = valueOf(
      cumulativePool(
        bcg,
        r.cumulativeByYear.order.map((study: number) => study - 1),
        { errors: 'normal' },
      ),
    );
    expectClose(
      grown.map((one) => one.estimate),
      r.cumulativeByYear.estimate.slice(1),
      1e-8,
      'cumulative',
    );
    expectClose(
      grown.map((one) => one.se),
      r.cumulativeByYear.se.slice(1),
      1e-8,
      'cumulative',
    );
  });

  test('regression on latitude', () => {
    const moderators = [{ name: 'latitude', values: numbers(d['latitude']!) }];
    const found = valueOf(metaRegression(bcg, { moderators, errors: 'normal' }));
    expectClose(
      found.terms.map((term) => term.estimate),
      r.metaRegression.coef,
      1e-8,
      'meta-regression',
    );
    expectClose(
      found.terms.map((term) => term.se),
      r.metaRegression.se,
      1e-8,
      'meta-regression',
    );
    expectClose([found.tau2, found.r2], [r.metaRegression.tau2, r.metaRegression.R2], 1e-8, 'meta-regression');
    expectClose(
      [found.moderators.chiSquared, found.residualQ.chiSquared],
      [r.metaRegression.QM, r.metaRegression.QE],
      1e-8,
      'meta-regression',
    );
    const knha = valueOf(metaRegression(bcg, { moderators, errors: 'hartung-knapp-as-is' }));
    expectClose(
      knha.terms.map((term) => term.se),
      r.metaRegression.knhaSe,
      1e-8,
      'meta-regression',
    );
  });

  test('Egger, both ways', () => {
    const { egger, randomEffects } = valueOf(checkSmallStudies(bcg));
    expectClose(
      [egger.t, egger.p, egger.degrees],
      [r.egger.linear.t, r.egger.linear.p, r.egger.linear.df],
      1e-8,
      'Egger',
    );
    expectClose([randomEffects.z, randomEffects.p], [r.egger.mixedEffects.z, r.egger.mixedEffects.p], 1e-8, 'Egger');
  });
});
