import { chance } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import {
  describeAgainstR,
  expectClose,
  numbers,
  readColumns,
  readJson,
  valueOf,
  type Json,
} from '../test/reference.ts';
import { readGroups } from './groups.ts';
import { readPanel, type Panel } from './panel.ts';
import { frankWolfe, smallestMixture, withIntercept, type Mixture } from './simplex-weights.ts';
import { syntheticEffect, type SyntheticOptions } from './synthetic.ts';

describeAgainstR('California’s Proposition 99, synthdid 0.0.9', () => {
  const columns = readColumns('causal/prop99.csv');
  const expected: Json = readJson('causal/prop99.synthdid.json');
  const panel = (): Panel =>
    valueOf(
      readPanel({
        unit: valueOf(readGroups(columns['state']!)),
        period: numbers(columns['year']!),
        outcome: numbers(columns['packs']!),
        firstTreated: columns['state']!.map((state) => (state === 'California' ? 1989 : 0)),
      }),
    );
  const effect = (options: SyntheticOptions = {}) => valueOf(syntheticEffect(panel(), options));

  test('synthetic difference in differences: estimate, weights, ζ', () => {
    const answer = effect();
    expectClose(answer.estimate, expected.estimate.synthdid, 1e-10, 'synthetic difference');
    expect(answer.unitWeights.map(({ unit }) => unit)).toEqual(expected.omega.state);
    expectClose(
      answer.unitWeights.map(({ weight }) => weight),
      expected.omega.weight,
      1e-9,
      'synthetic weights',
      1e-6,
    );
    expectClose(
      answer.periodWeights.map(({ weight }) => weight),
      expected.lambda.weight,
      1e-9,
      'synthetic weights',
      1e-6,
    );
    expectClose(answer.zeta.units, expected.zeta['zeta.omega'], 1e-10, 'synthetic ζ');
    expectClose(answer.zeta.periods, expected.zeta['zeta.lambda'], 1e-10, 'synthetic ζ');
    expect([answer.start, answer.treated, answer.level]).toEqual([1989, ['California'], 3]);
    // 2,000 random draws from the 38 placebos, of which ours takes each once: their error is about 2 %.
    expectClose(answer.se, expected.placeboSe2000, 0.05, 'synthetic placebo error');
    expect(answer.rankP).toBeCloseTo(2 / 39, 12);
  });

  test('synthetic control and the plain difference', () => {
    expectClose(effect({ method: 'control' }).estimate, expected.estimate.sc, 1e-10, 'synthetic control');
    expectClose(effect({ method: 'plain' }).estimate, expected.estimate.did, 1e-10, 'plain difference');
  });

  test('the exact optimum, as the reference notes it: −15.6054 and −19.5136', () => {
    expect(effect({ weights: 'exact' }).estimate).toBeCloseTo(-15.6054, 4);
    expect(effect({ weights: 'exact', method: 'control' }).estimate).toBeCloseTo(-19.5136, 4);
  });
});

describe('weights on the simplex', () => {
  const mixture: Mixture = {
    rows: 2,
    count: 3,
    columns: Float64Array.of(0, 4, 0, 0, 0, 4), // (0, 0), (4, 0) and (0, 4)
    target: Float64Array.of(1, 2),
    penalty: 0,
  };

  test('by hand: (1, 2) is ¼ of each first, ½ of the last', () => {
    const x = smallestMixture(mixture, 1e-20);
    expect([...x].map((value) => value.toFixed(6))).toEqual(['0.250000', '0.250000', '0.500000']);
  });

  test('a target outside is matched by the nearest corner or edge', () => {
    const corner = smallestMixture({ ...mixture, target: Float64Array.of(9, 1) }, 1e-20);
    expect([...corner]).toEqual([0, 1, 0]);
  });

  test('the more they are pulled apart, the more alike they are', () => {
    const x = smallestMixture({ ...mixture, penalty: 1e6 }, 1e-20);
    x.forEach((value) => expect(value).toBeCloseTo(1 / 3, 4));
  });

  test('the two searches meet', () => {
    const slow = frankWolfe(mixture, Float64Array.of(1, 0, 0), 0, 200_000);
    smallestMixture(mixture, 1e-20).forEach((value, at) => expect(slow[at]!).toBeCloseTo(value, 2));
  });

  test('an intercept takes the level out', () => {
    const { columns, target } = withIntercept(mixture);
    expect([...columns, ...target]).toEqual([0, 2, -2, 0, -2, 2, -0.5, 0.5]);
  });
});

/** Eight towns, eight years; the last `treated` gain 3 from 2006 on. */
function towns(treated: number, drift = 1): Panel {
  const rows = Array.from({ length: 8 }, (_, town) => town).flatMap((town) =>
    Array.from({ length: 8 }, (_, t) => {
      const noise = ((town * 5 + t * 3) % 7) / 7;
      const gain = town >= 8 - treated && t >= 5 ? 3 : 0;
      return { town, year: 2001 + t, value: town + drift * t + noise + gain, from: town >= 8 - treated ? 2006 : 0 };
    }),
  );
  return valueOf(
    readPanel({
      unit: valueOf(readGroups(rows.map(({ town }) => town))),
      period: rows.map(({ year }) => year),
      outcome: rows.map(({ value }) => value),
      firstTreated: rows.map(({ from }) => from),
    }),
  );
}

describe('a few towns', () => {
  test('the gain of 3 is found, whatever all share', () => {
    for (const drift of [0, 1, -2]) {
      const { estimate, ci } = valueOf(syntheticEffect(towns(1, drift)));
      expect(Math.abs(estimate - 3)).toBeLessThan(1);
      expect(ci.lower!).toBeLessThan(3);
      expect(ci.upper!).toBeGreaterThan(3);
    }
  });

  test('two treated towns: placebos by chance, the same seed the same bytes; or the jackknife', () => {
    const placebo = syntheticEffect(towns(2), { draws: 50 }, chance(3));
    expect(placebo).toEqual(syntheticEffect(towns(2), { draws: 50 }, chance(3)));
    const jackknife = valueOf(syntheticEffect(towns(2), { errors: 'jackknife' }));
    expect(jackknife.placebos).toEqual([]);
    expect(jackknife.estimate).toBeCloseTo(valueOf(placebo).estimate, 12);
    expect(jackknife.se!).toBeGreaterThan(0);
  });

  test.each([
    { story: 'the jackknife with one town', treated: 1, options: { errors: 'jackknife' }, what: 'jackknife-needs-two' },
    { story: 'more treated than controls', treated: 5, options: {}, what: 'too-few-controls-for-placebos' },
    { story: 'one control', treated: 7, options: { errors: 'jackknife' }, what: 'too-few-controls' },
    { story: 'nobody treated', treated: 0, options: {}, what: 'no-cohort' },
  ] as { story: string; treated: number; options: SyntheticOptions; what: string }[])(
    '$story is refused: $what',
    ({ treated, options, what }) => {
      const answer = syntheticEffect(towns(treated), options, chance(1));
      expect(answer.ok ? 'answered' : answer.problem.what).toBe(what);
    },
  );

  test('towns that start at different times are sent to differences in differences', () => {
    const panel = towns(2);
    const cohort = panel.cohort.with(7, 2007);
    const answer = syntheticEffect({ ...panel, cohort });
    expect(answer.ok ? 'answered' : answer.problem.what).toBe('starts-differ');
  });

  test('controls that all move alike say nothing', () => {
    const panel = towns(1);
    const outcome = panel.outcome.map((_, at) => (at % 8) + Math.floor(at / 8));
    const answer = syntheticEffect({ ...panel, outcome });
    expect(answer.ok ? 'answered' : answer.problem.what).toBe('controls-do-not-move');
  });
});
