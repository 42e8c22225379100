import { describe, expect, test } from 'vitest';
import { nhefs, confounders } from '../test/nhefs.ts';
import { describeAgainstR, expectClose, readJson, valueOf } from '../test/reference.ts';
import { balanceOf, refuseTooDifferent } from './balance.ts';
import { readCohorts, type Estimand } from './cohorts.ts';
import { readGroups } from './groups.ts';

const twelve = (weight?: readonly number[]) =>
  valueOf(
    readCohorts({
      cohort: valueOf(readGroups([0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1])),
      characteristics: [{ name: 'x', values: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1] }],
      ...(weight && { weight }),
    }),
  );

describe('by hand: x = 1 for 2 of 6 and for 4 of 6', () => {
  test('before: ⅓ over √(4/15), the sample variance of either cohort; after: 0', () => {
    const [row] = balanceOf(twelve(), 'ate').characteristics;
    expect(row!.before).toBeCloseTo(1 / 3 / Math.sqrt(4 / 15), 13);
    expect(row!.after).toBeCloseTo(0, 12);
    expect(row!.weightedMean.compared).toBeCloseTo(1 / 2, 12);
  });

  test('ATE weights 1½ (four) and 3 (two): effective size 12²/(4·2¼ + 2·9), the heaviest ¼', () => {
    const [reference] = balanceOf(twelve(), 'ate').weights;
    expect(reference.effectiveSize).toBeCloseTo(144 / 27, 11);
    expect(reference.largestShare).toBeCloseTo(1 / 4, 12);
  });

  test('copies: people count, and the heaviest is one person', () => {
    const [reference] = balanceOf(twelve(Array(12).fill(10)), 'ate').weights;
    expect(reference.people).toBe(60);
    expect(reference.effectiveSize).toBeCloseTo(1440 / 27, 10);
    expect(reference.largestShare).toBeCloseTo(1 / 40, 12);
  });

  test.each(['ate', 'att', 'atc', 'overlap'] satisfies Estimand[])(
    '%s: six people are too few, and that is said',
    (estimand) => {
      const cohorts = twelve();
      expect(refuseTooDifferent(cohorts, balanceOf(cohorts, estimand))).toMatchObject({
        problem: { what: 'too-few-people', words: { people: 6, fewest: 20 } },
      });
      const many = twelve(Array(12).fill(10));
      expect(refuseTooDifferent(many, balanceOf(many, estimand))).toBeNull();
    },
  );
});

describe('too different to compare', () => {
  // 300 people of each: 20 to 49 years in the first cohort, 42 to 71 in the second; a quarter overlaps.
  const age = Array.from({ length: 600 }, (_, i) => (i < 300 ? 20 + (i % 30) : 42 + (i % 30)));
  const cohorts = valueOf(
    readCohorts({
      cohort: valueOf(
        readGroups(
          age.map((_, i) => (i < 300 ? 'Ukraine' : 'asylum')),
          { order: ['asylum', 'Ukraine'] },
        ),
      ),
      characteristics: [{ name: 'age', values: age.map((a, i) => a + (i % 7) / 7) }],
    }),
  );

  test('refused, with the reason, what differs most, and a remedy that would do', () => {
    const refusal = refuseTooDifferent(cohorts, balanceOf(cohorts, 'ate'));
    expect(refusal).toMatchObject({
      problem: { what: 'groups-too-different', words: { characteristic: 'age', overlapWouldDo: 1 } },
    });
    expect(refusal!.problem.message).toMatch(
      /^These groups are too different to compare, because .*age, by 2\.\d standard/,
    );
    expect(refusal!.problem.message).toContain('overlap weights');
    expect(refuseTooDifferent(cohorts, balanceOf(cohorts, 'overlap'))).toBeNull();
  });

  test('a plan may set other limits', () => {
    const lenient = { mostOutsideSupport: 0.9 };
    expect(refuseTooDifferent(cohorts, balanceOf(cohorts, 'ate'), lenient)).toBeNull();
  });

  test.each([
    { because: 'effective-size', limits: { leastEffectiveShare: 0.8 }, says: /people of \w+ say as much as \d+ would/ },
    { because: 'one-person', limits: { mostOnOnePerson: 0.012 }, says: /one person carries 1 % of the weight/ },
    { because: 'support', limits: {}, says: /73 % of the people it is about have nobody alike/ },
  ])('why: $because', ({ because, limits, says }) => {
    const refusal = refuseTooDifferent(cohorts, balanceOf(cohorts, 'ate'), limits);
    expect(refusal).toMatchObject({ problem: { words: { because } } });
    expect(refusal!.problem.message).toMatch(says);
  });

  test('who has nobody alike is counted', () => {
    const { outsideSupport, propensity, notes } = balanceOf(cohorts, 'overlap');
    // Ages below 42 occur in the first cohort only, ages from 50 on in the second only: about 22 of 30 in each.
    expect(outsideSupport).toBeGreaterThan(0.65);
    expect(outsideSupport).toBeLessThan(0.78);
    expect(propensity.compared.highest).toBeGreaterThan(propensity.reference.highest);
    expect(notes).toMatchObject([{ what: 'outside-common-support' }]);
  });
});

describeAgainstR('R 4.2.2 on NHEFS: weights and balance', () => {
  const r = readJson('causal/nhefs.ipw.json');
  const balance = () =>
    balanceOf(
      valueOf(readCohorts({ cohort: valueOf(readGroups(nhefs('qsmk'))), characteristics: confounders() })),
      'ate',
    );

  test('standardised differences before and after', () => {
    const rows = new Map(balance().characteristics.map((row) => [row.characteristic, row]));
    const named = (r.balance.vars as string[]).map((name) => rows.get(name)!);
    expectClose(
      named.map(({ before }) => before),
      r.balance.smdRaw,
      1e-10,
      'balance before',
    );
    expectClose(
      named.map(({ after }) => after),
      r.balance.smdWeighted,
      1e-7,
      'balance after',
      1e-3,
    );
  });

  test('effective sizes', () => {
    const [reference, compared] = balance().weights;
    expectClose(
      [compared.effectiveSize, reference.effectiveSize],
      [r.weights.essTreated, r.weights.essControl],
      1e-7,
      'effective size',
    );
  });
});
