import { describe, expect, test } from 'vitest';
import { confounders, nhefs } from '../test/nhefs.ts';
import { describeAgainstR, expectClose, readJson, valueOf } from '../test/reference.ts';
import {
  doublyRobustDifference,
  horvitzThompson,
  rawDifference,
  standardisedDifference,
  weightedDifference,
  type CohortDifference,
} from './cohort-means.ts';
import { readCohorts, type CohortColumns, type Estimand } from './cohorts.ts';
import { readGroups } from './groups.ts';

const estimands: readonly Estimand[] = ['ate', 'att', 'atc', 'overlap'];

/** Twelve people: in x = 0 four of the first and two of the second cohort, in x = 1 two and four. */
const twelve = {
  x: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
  cohort: [0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1],
  //       mean 2       mean 5   mean 10  mean 14
  y: [1, 2, 2, 3, 4, 6, 9, 11, 13, 14, 14, 15],
};
const columns = (changes: Partial<CohortColumns> = {}): CohortColumns => ({
  cohort: valueOf(readGroups(twelve.cohort)),
  characteristics: [{ name: 'x', values: twelve.x }],
  ...changes,
});

describe('by hand: the second cohort is 3 higher where x = 0 and 4 higher where x = 1', () => {
  const cohorts = valueOf(readCohorts(columns()));
  // The mean of 3 and 4 over those spoken about: all 6:6, the second cohort 2:4, the first 4:2, overlap ⅓·⅔ each.
  const truth = { ate: 3.5, att: (2 * 3 + 4 * 4) / 6, atc: (4 * 3 + 2 * 4) / 6, overlap: 3.5 };

  test('raw, the difference is 6⅓: most of the second cohort have x = 1', () => {
    const raw = valueOf(rawDifference(cohorts, { outcome: twelve.y }));
    expect(raw.estimate).toBeCloseTo((2 * 5 + 4 * 14) / 6 - (4 * 2 + 2 * 10) / 6, 13);
    expect(raw.level).toBe(1);
  });

  test.each(estimands)('%s: all four ways say the same, because x is all there is', (estimand) => {
    const options = { outcome: twelve.y, estimand };
    const found = [weightedDifference, horvitzThompson, standardisedDifference, doublyRobustDifference].map((method) =>
      valueOf(method(cohorts, options)),
    );
    expectClose(
      found.map(({ estimate }) => estimate),
      found.map(() => truth[estimand]),
      1e-10,
      'by hand',
    );
    // With a model that fits every cell the ways are one estimator, and so have one error.
    expectClose(
      found.map(({ se }) => se),
      found.map(() => found[0]!.se),
      1e-8,
      'by hand, errors',
    );
    expect(found.every(({ level }) => level === 2)).toBe(true);
  });

  test('ATE: the error is that of a mean of two differences, cell by cell', () => {
    // Within a cell the variance of a mean is Σ(y − ȳ)²/n². Cells weigh ½; their sizes vary too: ¼·(4 − 3)²/12.
    const cells = [2 / 16, 2 / 4, 2 / 4, 2 / 16].reduce((total, v) => total + v / 4, 0);
    const { se } = valueOf(weightedDifference(cohorts, { outcome: twelve.y, estimand: 'ate' }));
    expect(se).toBeCloseTo(Math.sqrt(cells + 0.25 / 12), 10);
  });

  test('copies are repeated rows', () => {
    const weight = twelve.x.map((_, i) => 1 + (i % 3));
    const repeat = <T>(cells: readonly T[]): T[] =>
      cells.flatMap((cell, i) => Array.from({ length: weight[i]! }, () => cell));
    const repeated = valueOf(
      readCohorts({
        cohort: valueOf(readGroups(repeat(twelve.cohort))),
        characteristics: [{ name: 'x', values: repeat(twelve.x) }],
      }),
    );
    const weighted = valueOf(readCohorts(columns({ weight })));
    for (const method of [
      rawDifference,
      weightedDifference,
      horvitzThompson,
      standardisedDifference,
      doublyRobustDifference,
    ]) {
      const ours = valueOf(method(weighted, { outcome: twelve.y, estimand: 'ate' }));
      const theirs = valueOf(method(repeated, { outcome: repeat(twelve.y), estimand: 'ate' }));
      expectClose([ours.estimate, ours.se, ours.n], [theirs.estimate, theirs.se, theirs.n], 1e-9, 'copies');
    }
  });

  test('people of one cluster are one: everybody twice, in pairs, has the error of everybody once', () => {
    const twice = <T>(cells: readonly T[]): T[] => [...cells, ...cells];
    const pairs = valueOf(readGroups(twice(twelve.x.map((_, i) => i))));
    const doubled = valueOf(
      readCohorts({
        cohort: valueOf(readGroups(twice(twelve.cohort))),
        characteristics: [{ name: 'x', values: twice(twelve.x) }],
        clusters: pairs,
      }),
    );
    const once = valueOf(weightedDifference(cohorts, { outcome: twelve.y }));
    const both = valueOf(weightedDifference(doubled, { outcome: twice(twelve.y) }));
    expectClose(both.se, once.se, 1e-9, 'clusters');
    // Twelve clusters: Student's t with 11 degrees, qt(.975, 11) = 2.200985.
    expect((both.ci.upper! - both.estimate) / both.se!).toBeCloseTo(2.20098516, 7);
    expect(both.diagnostics).toMatchObject([{ what: 'few-clusters', words: { clusters: 12 } }]);
  });
});

describe('the influence of every row is what a little more weight of it does, models included', () => {
  // A continuous characteristic, so that no model fits every cell, and an outcome of 0 and 1 for the logistic model.
  const z = [0.3, -1.2, 0.8, 2.1, -0.4, 1.5, 0.1, -2, 0.9, 1.1, -0.7, 2.4];
  const binary = [0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1];
  const at = (weight: readonly number[]) =>
    valueOf(readCohorts(columns({ characteristics: [{ name: 'z', values: z }], weight, weightMeaning: 'sampling' })));
  const ones = z.map(() => 1);
  const methods = {
    raw: (weight: readonly number[]) => rawDifference(at(weight), { outcome: twelve.y }),
    ...Object.fromEntries(
      estimands.flatMap((estimand) => [
        [
          `weighted ${estimand}`,
          (weight: readonly number[]) => weightedDifference(at(weight), { outcome: twelve.y, estimand }),
        ],
        [
          `Horvitz–Thompson ${estimand}`,
          (weight: readonly number[]) => horvitzThompson(at(weight), { outcome: twelve.y, estimand }),
        ],
        [
          `g-formula ${estimand}`,
          (weight: readonly number[]) => standardisedDifference(at(weight), { outcome: twelve.y, estimand }),
        ],
        [
          `doubly robust ${estimand}`,
          (weight: readonly number[]) => doublyRobustDifference(at(weight), { outcome: twelve.y, estimand }),
        ],
        [
          `doubly robust ${estimand}, one logistic model`,
          (weight: readonly number[]) =>
            doublyRobustDifference(at(weight), {
              outcome: binary,
              estimand,
              outcomeModel: 'logistic',
              effectVariesWith: ['z'],
            }),
        ],
      ]),
    ),
  } as Record<string, (weight: readonly number[]) => ReturnType<typeof rawDifference>>;

  test.each(Object.keys(methods))('%s', (name) => {
    const estimate = (weight: readonly number[]): CohortDifference => valueOf(methods[name]!(weight));
    const { influence } = estimate(ones);
    const h = 1e-4;
    for (let i = 0; i < ones.length; i++) {
      const nudged = (by: number) => estimate(ones.map((w, row) => (row === i ? w + by : w))).estimate;
      const slope = (nudged(h) - nudged(-h)) / (2 * h);
      expect(Math.abs(slope - influence[i]!), `row ${i + 1}: ${slope} and ${influence[i]}`).toBeLessThan(1e-6);
    }
  });
});

describe('what is refused', () => {
  const what = (answer: { ok: boolean; problem?: { what: string } }): string | undefined => answer.problem?.what;
  test('one cohort, three, or an empty one', () => {
    expect(what(readCohorts(columns({ cohort: valueOf(readGroups(twelve.x.map(() => 'a'))) })))).toBe(
      'two-groups-needed',
    );
    expect(what(readCohorts(columns({ cohort: valueOf(readGroups(twelve.x.map((_, i) => i % 3))) })))).toBe(
      'two-groups-needed',
    );
    const empty = valueOf(
      readGroups(
        twelve.x.map(() => 'a'),
        { order: ['a', 'b'] },
      ),
    );
    expect(what(readCohorts(columns({ cohort: empty })))).toBe('group-empty');
  });

  test('a characteristic that tells the cohorts apart: nobody is left to compare with', () => {
    const answer = readCohorts(columns({ characteristics: [{ name: 'asked asylum', values: twelve.cohort }] }));
    expect(answer).toMatchObject({
      problem: { what: 'groups-too-different', words: { column: 'asked asylum', because: 'separation' } },
    });
  });

  test('constant, repeated and unusable characteristics, weights and outcomes', () => {
    const x = { name: 'x', values: twelve.x };
    expect(what(readCohorts(columns({ characteristics: [{ name: 'c', values: twelve.x.map(() => 3) }] })))).toBe(
      'covariate-constant',
    );
    expect(what(readCohorts(columns({ characteristics: [x, { ...x, name: 'again' }] })))).toBe('covariates-dependent');
    expect(what(readCohorts(columns({ characteristics: [{ name: 'x', values: twelve.x.map(() => NaN) }] })))).toBe(
      'covariate-not-usable',
    );
    expect(what(readCohorts(columns({ weight: twelve.x.map(() => 0) })))).toBe('weight-not-usable');
    const cohorts = valueOf(readCohorts(columns()));
    expect(what(weightedDifference(cohorts, { outcome: [1] }))).toBe('columns-differ-in-length');
    expect(
      rawDifference(cohorts, { outcome: twelve.y.map((y, i) => (i === 3 ? NaN : y)), column: 'wage' }),
    ).toMatchObject({
      problem: { what: 'outcome-not-usable', at: { pointer: '/wage/3' } },
    });
    expect(what(standardisedDifference(cohorts, { outcome: twelve.y, effectVariesWith: ['age'] }))).toBe(
      'characteristic-not-listed',
    );
    expect(what(standardisedDifference(cohorts, { outcome: twelve.y, outcomeModel: 'logistic' }))).toBe(
      'outcome-not-usable',
    );
  });

  test('a model of one cohort that cannot be fitted says which cohort', () => {
    const outcome = twelve.cohort.map((side, i) => (side === 1 ? 1 : i % 2));
    const answer = standardisedDifference(valueOf(readCohorts(columns())), { outcome, outcomeModel: 'logistic' });
    expect(answer).toMatchObject({ problem: { what: 'outcome-constant' } });
    expect(!answer.ok && answer.problem.message).toMatch(/^Cohort 1: /);
  });
});

describeAgainstR('R 4.2.2 on NHEFS: quitting smoking and weight gained, Hernán & Robins chapters 12 and 13', () => {
  const r = readJson('causal/nhefs.ipw.json');
  const cohorts = () =>
    valueOf(readCohorts({ cohort: valueOf(readGroups(nhefs('qsmk'))), characteristics: confounders() }));
  const outcome = nhefs('wt82_71');

  test('raw', () => {
    expectClose(valueOf(rawDifference(cohorts(), { outcome })).estimate, r.unadjusted, 1e-12, 'cohorts: raw');
  });

  test('inverse probability weights: Hájek with stacked error, Horvitz–Thompson, ATT, overlap', () => {
    const hajek = valueOf(weightedDifference(cohorts(), { outcome, estimand: 'ate' }));
    expectClose(hajek.estimate, r.ipw.hajekAte, 1e-7, 'cohorts: weighted');
    expectClose([hajek.means!.compared, hajek.means!.reference], [r.ipw.mean1, r.ipw.mean0], 1e-7, 'cohorts: weighted');
    expectClose(hajek.se, r.ipw.seEstimatedPropensity, 1e-7, 'cohorts: weighted, stacked error');
    const others = [
      horvitzThompson(cohorts(), { outcome, estimand: 'ate' }),
      weightedDifference(cohorts(), { outcome, estimand: 'att' }),
      weightedDifference(cohorts(), { outcome, estimand: 'overlap' }),
    ].map((answer) => valueOf(answer).estimate);
    expectClose(others, [r.ipw.horvitzThompson, r.ipw.att, r.ipw.ato], 1e-7, 'cohorts: weighted');
  });

  const model = { outcome, estimand: 'ate', effectVariesWith: ['smokeintensity'] } as const;
  test('g-formula', () => {
    const found = valueOf(standardisedDifference(cohorts(), model));
    expectClose(
      [found.estimate, found.means!.compared, found.means!.reference],
      [r.gformula.ate, r.gformula.mean1, r.gformula.mean0],
      1e-7,
      'cohorts: g-formula',
    );
    // Published with a bootstrap: 3.5 (2.6 to 4.5).
    expect([found.ci.lower!.toFixed(1), found.ci.upper!.toFixed(1)]).toEqual(['2.6', '4.5']);
  });

  test('doubly robust, with the error of the efficient scores', () => {
    const found = valueOf(doublyRobustDifference(cohorts(), model));
    expectClose([found.estimate, found.seEfficient], [r.aipw.ate, r.aipw.se], 1e-7, 'cohorts: doubly robust');
    expectClose(found.se, found.seEfficient, 0.02, 'cohorts: doubly robust, stacked beside efficient');
  });
});
