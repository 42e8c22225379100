import { describeAgainstR, expectClose, readColumns, readJson, valueOf } from '@meedoen/evidence/testing';
import { chance } from '@meedoen/numbers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptiveInference, sampleRatio, type TrialHistory } from './adaptive-inference.ts';
import { armAt, assignmentProbabilities, wholePlaces } from './assignment.ts';
import { chancesOfBest } from './best-arm.ts';
import {
  asymptoticSequence,
  bernsteinSequence,
  normalMixtureBoundary,
  oneSidedMixtureBoundary,
  shareSequence,
  stitchedBoundary,
} from './confidence-sequence.ts';
import { hierarchicalBelief } from './hierarchical.ts';

function readTrial(): TrialHistory {
  const columns = readColumns('adaptive/adaptive_trial.csv');
  const numbers = (name: string): number[] => (columns[name] ?? []).map(Number);
  const [p1, p2, p3] = ['p1', 'p2', 'p3'].map(numbers) as [number[], number[], number[]];
  return {
    arms: ['1', '2', '3'],
    batch: numbers('batch'),
    arm: numbers('arm').map((arm) => arm - 1),
    outcome: numbers('y'),
    probabilities: p1.flatMap((p, i) => [p, p2[i]!, p3[i]!]),
  };
}

describeAgainstR('R 4.2.2: integrate(dbeta × Π pbeta), formulas of Hadad and others 2021, confseq 0.0.4', () => {
  const thompson = readJson('adaptive/thompson.exact.json');
  test.each((thompson.cases ?? []) as { name: string; a: number[]; b: number[]; pBest: number[] }[])(
    'chances of being best: $name',
    ({ a, b, pBest }) => {
      const best = chancesOfBest(a.map((first, d) => ({ a: first, b: b[d]! })));
      pBest.forEach((expected, d) => expect(Math.abs(best[d]! - expected)).toBeLessThan(1e-8));
    },
  );

  test('arms that borrow from their strata: means, errors and chances of being best', () => {
    const r = readJson('adaptive/hierarchical.json');
    const belief = hierarchicalBelief(
      r.successes.map((successes: number[], d: number) => ({ successes, trials: r.trials[d] })),
    );
    const largest = (ours: readonly Float64Array[], theirs: number[][]): number =>
      Math.max(...theirs.flatMap((row, x) => row.map((value, y) => Math.abs(value - ours[x]![y]!))));
    expect(largest(belief.mean, r.posteriorMean)).toBeLessThan(1e-4);
    expect(largest(belief.sd, r.posteriorSd)).toBeLessThan(1e-4);
    const bests = r.pBestByStratum.map((_: unknown, x: number) => belief.bestAmong(x, [0, 1, 2, 3]));
    expect(largest(bests, r.pBestByStratum)).toBeLessThan(2e-4);
    const tempered = bests.map((best: Float64Array) => valueOf(assignmentProbabilities(best)));
    expect(largest(tempered, r.temperedByStratum)).toBeLessThan(2e-3);
  });

  // Chances from the same sums on a grid some hundred times as fine. Red when every size has the same places for the mean.
  test.each([
    {
      story: 'thousands of people',
      successes: [
        [1000, 1100],
        [1040, 1200],
        [990, 1050],
      ],
      trials: 5000,
      best: [0.14672, 0.76658, 0.08669],
    },
    {
      story: 'one person each',
      successes: [
        [1, 0],
        [0, 0],
        [0, 1],
      ],
      trials: 1,
      best: [0.97553, 0.00724, 0.01723],
    },
  ])('chances for $story', ({ successes, trials, best }) => {
    const belief = hierarchicalBelief(successes.map((of) => ({ successes: of, trials: [trials, trials] })));
    belief.bestAmong(0, [0, 1, 2]).forEach((p, d) => expect(Math.abs(p - best[d]!)).toBeLessThan(1e-3));
  });

  const r = readJson('adaptive/adaptive_trial.json');
  test.each([
    ['uniform', 'aipwUniform'],
    ['constant-allocation', 'aipwConstantAllocation'],
    ['two-point', 'aipwTwoPoint'],
  ] as const)('means and contrasts after an adaptive trial, %s', (weights, name) => {
    const { arms, contrasts } = valueOf(adaptiveInference(readTrial(), { weights }));
    const expected = r.results[name];
    expectClose(
      arms.map(({ estimate }) => estimate),
      expected.mean,
      1e-9,
      `${name} means`,
    );
    expectClose(
      arms.map(({ se }) => se),
      expected.se,
      1e-9,
      `${name} errors`,
    );
    expectClose(
      contrasts.map(({ estimate }) => estimate),
      expected.contrastVsArm1,
      1e-9,
      `${name} contrasts`,
    );
    expectClose(
      contrasts.map(({ se }) => se),
      expected.contrastSe,
      1e-9,
      `${name} errors of contrasts`,
    );
  });

  test('sequences: asymptotic, empirical Bernstein, boundaries and shares', () => {
    const c = readJson('adaptive/confseq.json');
    for (const { t, mean, sd, rho, radius } of c.asymptotic) {
      const at = (-2 * Math.log(0.05) + Math.log(-2 * Math.log(0.05) + 1)) / rho ** 2;
      const { lower, upper } = asymptoticSequence({ mean, sd, count: t }, { at });
      expectClose((upper - lower) / 2, radius, 1e-9, 'asymptotic');
    }
    const y = (readColumns('adaptive/adaptive_trial.csv')['y'] ?? []).map(Number);
    const bernstein = bernsteinSequence(y);
    c.empiricalBernstein.t.forEach((t: number, at: number) => {
      expectClose(bernstein.lower[t - 1], c.empiricalBernstein.lower[at], 1e-9, 'empirical Bernstein');
      expectClose(bernstein.upper[t - 1], c.empiricalBernstein.upper[at], 1e-9, 'empirical Bernstein');
    });
    const { v, normalMixtureTwoSided, normalMixtureOneSided, polyStitchingVmin1 } = c.boundaries.values;
    expectClose(
      v.map((one: number) => normalMixtureBoundary(one)),
      normalMixtureTwoSided,
      1e-9,
      'normal mixture',
    );
    expectClose(
      v.map((one: number) => oneSidedMixtureBoundary(one)),
      normalMixtureOneSided,
      1e-7,
      'one-sided mixture',
    );
    expectClose(
      v.map((one: number) => stitchedBoundary(one)),
      polyStitchingVmin1,
      1e-9,
      'stitched',
    );
    for (const { successes, trials, tOpt, lower, upper } of c.bernoulli) {
      const limits = shareSequence(successes, trials, { at: tOpt });
      expectClose([limits.lower, limits.upper], [lower, upper], 1e-7, 'share');
    }
  });
});

describe('assignment', () => {
  test('two arms of 1 and 3 from even priors: 1 in 4 is shared evenly, the rest by chances', () => {
    // Beta(1, 1) against Beta(2, 1): ∫ 2x·x dx = 2/3.
    const best = chancesOfBest([
      { a: 1, b: 1 },
      { a: 2, b: 1 },
    ]);
    expect(best[1]).toBeCloseTo(2 / 3, 12);
    const spread = valueOf(assignmentProbabilities(best, { gamma: 0.25 }));
    expect(spread[1]).toBeCloseTo(0.125 + 0.75 * (2 / 3), 12);
  });

  test('exploration: (.5, .3, .2) becomes .25 : .21 : .16', () => {
    const spread = valueOf(assignmentProbabilities([0.5, 0.3, 0.2], { rule: 'exploration', gamma: 0, floor: 0 }));
    expect([...spread].map((p) => p * 0.62)).toEqual([0.25, 0.21, 0.16].map((p) => expect.closeTo(p, 12)));
  });

  // Red when the floor is left out: γ = 0 gives an arm without a chance nothing.
  test('no arm falls under its floor, and the probabilities add to 1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 8 }), (counts) => {
        const total = counts.reduce((a, b) => a + b, 0);
        const best = total === 0 ? counts.map(() => 1 / counts.length) : counts.map((count) => count / total);
        for (const rule of ['tempered-thompson', 'exploration'] as const) {
          const spread = valueOf(assignmentProbabilities(best, { rule, gamma: 0, floor: 0.05 }));
          expect(Math.min(...spread)).toBeGreaterThanOrEqual(0.05 - 1e-12);
          expect(spread.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        }
      }),
    );
    expect(assignmentProbabilities([0.5, 0.5], { floor: 0.6 })).toMatchObject({ problem: { what: 'floor-too-high' } });
  });

  test('a share decides the arm, and whoever knows it can check', () => {
    expect([0, 0.19, 0.2, 0.99].map((share) => armAt([0.2, 0.3, 0.5], share))).toEqual([0, 0, 1, 2]);
    expect(armAt([0.5, 0.5 - 1e-12, 0], 1 - 1e-13)).toBe(1);
  });

  test('ten places for .25, .25 and .5: 2, 2 and 5, and one more to the first or second', () => {
    const places = wholePlaces([0.25, 0.25, 0.5], 10, chance(1));
    expect(places.reduce((a, b) => a + b, 0)).toBe(10);
    expect(places[2]).toBe(5);
  });
});

describe('a sample ratio that cannot be', () => {
  const people = 300;
  const history = (third: number): TrialHistory => ({
    arms: ['letter', 'call'],
    batch: Array.from({ length: people }, () => 1),
    arm: Array.from({ length: people }, (_, i) => (i % 3 < third ? 0 : 1)),
    outcome: Array.from({ length: people }, () => 1),
    probabilities: Array.from({ length: 2 * people }, () => 0.5),
  });

  test('200 of 300 in one arm at one half: alarm. 150 of 300 is fine', () => {
    expect(valueOf(sampleRatio(history(2))).alarm).toBe(true);
    const even = { ...history(2), arm: Array.from({ length: people }, (_, i) => i % 2) };
    expect(valueOf(sampleRatio(even)).batches[0]).toMatchObject({ chiSquared: 0, alarm: false });
  });

  test.each([
    { story: 'an arm that nobody got', change: { arm: Array.from({ length: people }, () => 0) }, what: 'arm-empty' },
    {
      story: 'a batch that falls',
      change: { batch: [2, ...Array.from({ length: people - 1 }, () => 1)] },
      what: 'batch-falls',
    },
    {
      story: 'probability 0 for the control',
      change: { probabilities: [0, 1, ...Array.from({ length: 2 * people - 2 }, () => 0.5)] },
      what: 'probability-not-usable',
    },
    {
      story: 'probabilities of .5 and .4',
      change: { probabilities: Array.from({ length: 2 * people }, (_, at) => (at % 2 === 0 ? 0.5 : 0.4)) },
      what: 'probabilities-do-not-add',
    },
    {
      story: 'an outcome that is no number',
      change: { outcome: [NaN, ...Array.from({ length: people - 1 }, () => 1)] },
      what: 'outcome-not-usable',
    },
  ])('refused: $story', ({ change, what }) => {
    expect(adaptiveInference({ ...history(1), ...change })).toMatchObject({ ok: false, problem: { what } });
  });
});
