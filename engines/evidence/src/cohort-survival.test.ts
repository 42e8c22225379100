import { describe, expect, test } from 'vitest';
import { confounders, nhefs } from '../test/nhefs.ts';
import { describeAgainstR, expectClose, readJson, valueOf, type Json } from '../test/reference.ts';
import { timeDifferences, weightedCurves, weightedHazardRatio, type CohortSpells } from './cohort-survival.ts';
import { readCohorts, type Cohorts, type Estimand } from './cohorts.ts';
import { readGroups } from './groups.ts';
import { restrictedMeanDifference } from './restricted-mean.ts';
import { readSpells, type SpellColumns } from './spells.ts';
import { survivalAt } from './survival-curve.ts';

const spellsOf = (columns: SpellColumns): CohortSpells => valueOf(readSpells(columns)) as CohortSpells;

/** Fourteen people with late entries, ties and two causes. */
const fourteen = {
  cohort: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
  z: [0.3, -1.2, 0.8, 2.1, -0.4, 1.5, 0.1, -2, 0.9, 1.1, -0.7, 2.4, 0.6, -0.1],
  entry: [0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 1, 0, 0],
  time: [3, 4, 4, 2, 6, 6, 7, 8, 8, 9, 5, 5, 10, 10],
  cause: [1, 1, 2, 1, 0, 1, 1, 2, 1, 0, 1, 1, 0, 0],
};
const spells = spellsOf(fourteen);
const ones = fourteen.z.map(() => 1);
const cohortsWith = (weight: readonly number[], clusters?: readonly number[]): Cohorts =>
  valueOf(
    readCohorts({
      cohort: valueOf(readGroups(fourteen.cohort)),
      characteristics: [{ name: 'z', values: fourteen.z }],
      weight,
      weightMeaning: 'sampling',
      ...(clusters && { clusters: valueOf(readGroups(clusters)) }),
    }),
  );

/** √Σ(∂/∂weight)² by central differences, rows added within their cluster. */
function jackknife(
  estimate: (weight: readonly number[]) => number,
  clusters: readonly number[] = ones.map((_, i) => i),
): number {
  const h = 1e-4;
  const moved = new Map<number, number>();
  for (let i = 0; i < ones.length; i++) {
    const nudged = (by: number) => estimate(ones.map((w, row) => (row === i ? w + by : w)));
    moved.set(clusters[i]!, (moved.get(clusters[i]!) ?? 0) + (nudged(h) - nudged(-h)) / (2 * h));
  }
  return Math.sqrt([...moved.values()].reduce((total, value) => total + value * value, 0));
}

const pairs = [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7];

describe('errors are what the estimate moves by when people weigh a little more, the propensity fitted anew', () => {
  test.each(['ate', 'att', 'atc', 'overlap'] satisfies Estimand[])('curves, %s', (estimand) => {
    for (const clusters of [undefined, pairs]) {
      const curves = weightedCurves(cohortsWith(ones, clusters), spells, { estimand });
      for (const side of [0, 1] as const) {
        for (const t of [4, 7, 8.5]) {
          const se = jackknife(
            (weight) => survivalAt(weightedCurves(cohortsWith(weight), spells, { estimand })[side], t)!.survival,
            clusters,
          );
          expectClose(survivalAt(curves[side], t)!.se, se, 1e-6, 'weighted curves');
        }
      }
    }
  });

  test.each(['ate', 'att', 'atc', 'overlap'] satisfies Estimand[])('mean times and hazard ratio, %s', (estimand) => {
    const options = { horizon: 9, causes: ['work', 'left'], estimand };
    for (const clusters of [undefined, pairs]) {
      const cohorts = cohortsWith(ones, clusters);
      valueOf(timeDifferences(cohorts, spells, options)).forEach(({ se }, k) => {
        const by = jackknife(
          (weight) => valueOf(timeDifferences(cohortsWith(weight), spells, options))[k]!.estimate,
          clusters,
        );
        expectClose(se, by, 1e-6, 'mean times');
      });
      // Breslow: with Efron's ties a weight stands for one tied row, so nudging it is not adding a person.
      const ratio = valueOf(weightedHazardRatio(cohorts, spells, { estimand, ties: 'breslow' }));
      const by = jackknife(
        (weight) => valueOf(weightedHazardRatio(cohortsWith(weight), spells, { estimand, ties: 'breslow' })).estimate,
        clusters,
      );
      expectClose(ratio.se, by, 1e-5, 'hazard ratio');
    }
  });
});

describe('laws', () => {
  test('without characteristics, the raw comparison and ATE are the plain one', () => {
    const cohorts = valueOf(readCohorts({ cohort: valueOf(readGroups(fourteen.cohort)), characteristics: [] }));
    const one = { ...fourteen, cause: fourteen.cause.map((c) => Math.min(c, 1)) };
    const plain = valueOf(
      restrictedMeanDifference(spellsOf({ ...one, weight: ones, weightMeaning: 'sampling' }), {
        groups: valueOf(readGroups(fourteen.cohort)),
        horizon: 9,
      }),
    );
    for (const weighting of ['none', 'propensity'] as const) {
      const [waiting] = valueOf(
        timeDifferences(cohorts, spellsOf(one), { horizon: 9, causes: ['work'], estimand: 'ate', weighting }),
      );
      expectClose([waiting!.estimate, waiting!.se, waiting!.p], [plain.estimate, plain.se, plain.p], 1e-11, 'raw');
      expect(waiting!.level).toBe(weighting === 'none' ? 1 : 2);
    }
  });

  test('the differences of waiting, work and left add to 0', () => {
    const all = valueOf(timeDifferences(cohortsWith(ones), spells, { horizon: 9, causes: ['work', 'left'] }));
    expect(all.map(({ cause }) => cause)).toEqual(['waiting', 'work', 'left']);
    expect(all.reduce((total, { estimate }) => total + estimate, 0)).toBeCloseTo(0, 13);
  });

  test('copies are repeated rows: curves, mean times, hazard ratio', () => {
    const weight = fourteen.z.map((_, i) => 1 + (i % 3));
    const repeat = <T>(cells: readonly T[]): T[] =>
      cells.flatMap((cell, i) => Array.from({ length: weight[i]! }, () => cell));
    const read = (cohort: readonly number[], z: readonly number[], copies?: readonly number[]): Cohorts =>
      valueOf(
        readCohorts({
          cohort: valueOf(readGroups(cohort)),
          characteristics: [{ name: 'z', values: z }],
          ...(copies && { weight: copies }),
        }),
      );
    const weighted = read(fourteen.cohort, fourteen.z, weight);
    const repeated = read(repeat(fourteen.cohort), repeat(fourteen.z));
    const more = spellsOf({
      time: repeat(fourteen.time),
      cause: repeat(fourteen.cause),
      entry: repeat(fourteen.entry),
    });
    const ours = weightedCurves(weighted, spells);
    weightedCurves(repeated, more).forEach((curve, side) =>
      expectClose(ours[side]!.seLog, curve.seLog, 1e-9, 'copies'),
    );
    const options = { horizon: 9, causes: ['work', 'left'] };
    valueOf(timeDifferences(repeated, more, options)).forEach(({ estimate, se }, k) => {
      const mine = valueOf(timeDifferences(weighted, spells, options))[k]!;
      expectClose([mine.estimate, mine.se], [estimate, se], 1e-9, 'copies');
    });
    const mine = valueOf(weightedHazardRatio(weighted, spells));
    const theirs = valueOf(weightedHazardRatio(repeated, more, { ties: 'breslow' }));
    expectClose(
      [mine.estimate, mine.se, mine.seWeightsKnown],
      [theirs.estimate, theirs.se, theirs.seWeightsKnown],
      1e-7,
      'copies',
    );
  });

  test('spells of other people than the cohorts are a broken promise', () => {
    expect(() => weightedCurves(cohortsWith(ones), spellsOf({ time: [1], cause: [1] }))).toThrow(RangeError);
  });
});

describeAgainstR('R 4.2.2, survival 3.5-3 on NHEFS: deaths until 1992, weighted', () => {
  const r: Json = readJson('causal/nhefs.ipw-survival.json');
  const months = nhefs('death').map((death, i) =>
    death === 1 ? (nhefs('yrdth')[i]! - 83) * 12 + nhefs('modth')[i]! : 120,
  );
  const cohorts = () =>
    valueOf(readCohorts({ cohort: valueOf(readGroups(nhefs('qsmk'))), characteristics: confounders() }));
  const deaths = () => spellsOf({ time: months, cause: nhefs('death') });

  test('survival curves: survfit(weights = 1/e)', () => {
    weightedCurves(cohorts(), deaths(), { estimand: 'ate' }).forEach((curve, side) => {
      expectClose(curve.table.time, r.km[side].time, 0, 'weighted curves: times');
      expectClose(curve.survival, r.km[side].surv, 1e-7, 'weighted curves');
    });
  });

  test('hazard ratio: coxph(weights = stabilised, robust = TRUE); with the propensity counted the error is smaller', () => {
    const ratio = valueOf(weightedHazardRatio(cohorts(), deaths(), { estimand: 'ate' }));
    expectClose([ratio.estimate, ratio.seWeightsKnown], [r.cox.coef, r.cox.seRobust], 1e-7, 'weighted Cox');
    expect(ratio.se!).toBeLessThan(ratio.seWeightsKnown);
  });
});
