import { describe, expect, test } from 'vitest';
import { chance } from '@meedoen/numbers';
import { valueOf } from '@meedoen/evidence/testing';
import { adaptiveInference } from './adaptive-inference.ts';
import { armAt } from './assignment.ts';
import { batchProbabilities } from './next-batch.ts';
import { proposeBatch } from './propose-batch.ts';
import { auditBatches, replayTest, type StratifiedHistory } from './replay.ts';
import { parseTrialPlan, type TrialPlan } from './trial-plan.ts';

const planOf = (more: object = {}): TrialPlan =>
  valueOf(parseTrialPlan({ programme: 'p', arms: ['letter', 'call'], model: 'independent', ...more }));

/** Run a programme: batches of these sizes, an outcome per person and arm, arms by `share`. */
function programme(
  plan: TrialPlan,
  sizes: readonly number[],
  outcomeOf: (person: number, arm: number) => number,
  share: (person: number) => number,
): StratifiedHistory {
  const rows: { batch: number; stratum: number; arm: number; outcome: number; p: readonly number[] }[] = [];
  for (const [at, size] of sizes.entries()) {
    const so = {
      arm: rows.map((r) => r.arm),
      stratum: rows.map((r) => r.stratum),
      outcome: rows.map((r) => r.outcome),
    };
    const spread = valueOf(batchProbabilities(plan, so, at + 1));
    for (let i = 0; i < size; i++) {
      const person = sizes.slice(0, at).reduce((sum, n) => sum + n, 0) + i;
      const stratum = person % plan.strata.length;
      const arm = armAt(spread[stratum]!, share(person));
      rows.push({ batch: at + 1, stratum, arm, outcome: outcomeOf(person, arm), p: spread[stratum]! });
    }
  }
  return {
    arms: plan.arms,
    batch: rows.map((r) => r.batch),
    stratum: rows.map((r) => r.stratum),
    arm: rows.map((r) => r.arm),
    outcome: rows.map((r) => r.outcome),
    probabilities: rows.flatMap((r) => [...r.p]),
  };
}

describe('a programme of seven people in two batches', () => {
  const plan = planOf();
  const outcomes = [1, 0, 1, 0, 1, 1, 0];
  const runWith = (arms: number): StratifiedHistory =>
    programme(
      plan,
      [4, 3],
      (person) => outcomes[person]!,
      (person) => ((arms >> person) & 1 ? 1 - 1e-12 : 0),
    );
  const statistic = (history: StratifiedHistory): number => {
    const found = adaptiveInference(history);
    if (!found.ok) return Infinity;
    const { estimate, se } = found.value.contrasts[0]!;
    return estimate === 0 ? 0 : Math.abs(estimate / se);
  };

  test('as every one of the 128 ways it could have gone, each with its probability', () => {
    const seen = runWith(0b0010110);
    let exact = 0;
    let total = 0;
    for (let arms = 0; arms < 128; arms++) {
      const history = runWith(arms);
      const likely = outcomes.reduce((product, _, i) => product * history.probabilities[2 * i + history.arm[i]!]!, 1);
      total += likely;
      if (!(statistic(history) < statistic(seen) - 1e-9)) exact += likely;
    }
    expect(total).toBeCloseTo(1, 9);
    expect(exact).toBeGreaterThan(0.05);
    expect(exact).toBeLessThan(0.95);
    const draws = 4999;
    const { p } = valueOf(replayTest(plan, seen, { draws })).contrasts[0]!;
    // Red when replays do not learn, or keep the probabilities that were logged.
    expect(Math.abs(p - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / draws));
  });
});

test('without any effect a p below 0.2 comes in 20 of 100 programmes', () => {
  const plan = planOf({ firstBatch: 10 });
  const draw = chance(11);
  let below = 0;
  const programmes = 120;
  for (let r = 0; r < programmes; r++) {
    const history = programme(
      plan,
      [10, 10],
      () => Number(draw.share() < 0.4),
      () => draw.share(),
    );
    const found = replayTest(plan, history, { draws: 19, seed: r + 1 });
    if (found.ok && found.value.contrasts[0]!.p <= 0.2) below++;
  }
  // 24 ± 3·√(120·0.2·0.8).
  expect(below).toBeGreaterThan(10);
  expect(below).toBeLessThan(38);
});

test('an arm that works is seen, and the largest contrast is no likelier than each alone', () => {
  const plan = planOf({ arms: ['letter', 'call', 'coach'], strata: ['a', 'b'], firstBatch: 60 });
  const draw = chance(3);
  const rates = [0.2, 0.2, 0.7];
  const history = programme(
    plan,
    [60, 60],
    (_, arm) => Number(draw.share() < rates[arm]!),
    () => draw.share(),
  );
  const found = valueOf(replayTest(plan, history, { draws: 99 }));
  const [call, coach] = found.contrasts;
  expect(coach!.p).toBe(0.01);
  expect(call!.p).toBeGreaterThan(0.05);
  expect(found.overall.p).toBeGreaterThanOrEqual(coach!.p);
  expect(valueOf(replayTest(plan, history, { draws: 99 }))).toEqual(found);
});

describe('batches that are over', () => {
  const plan = planOf({ firstBatch: 10 });
  const draw = chance(5);
  const history = programme(
    plan,
    [10, 10, 10],
    () => Number(draw.share() < 0.5),
    () => draw.share(),
  );
  const digest = (text: string): string => text;

  test('are proposed again from what came before, and held against log and signature', () => {
    const first = valueOf(proposeBatch(plan, { arm: [], stratum: [], outcome: [] }, 1, digest));
    const signatures = [
      { batch: 1, hash: first.hash, signedBy: 'me', signedOn: '2026-01-05', although: null },
      { batch: 2, hash: 'another', signedBy: 'me', signedOn: '2026-02-05', although: null },
    ];
    const audits = valueOf(auditBatches(plan, history, signatures, digest));
    expect(audits.map(({ asProposed, signedBy, signedThis }) => ({ asProposed, signedBy, signedThis }))).toEqual([
      { asProposed: true, signedBy: 'me', signedThis: true },
      { asProposed: true, signedBy: 'me', signedThis: false },
      { asProposed: true, signedBy: null, signedThis: false },
    ]);
  });

  test('a log that is not the plan’s: told in the audit, and no replay', () => {
    const other = { ...history, probabilities: Array.from(history.probabilities, () => 0.5) };
    expect(valueOf(auditBatches(plan, other, [], digest)).map(({ asProposed }) => asProposed)).toEqual([
      true,
      false,
      false,
    ]);
    expect(replayTest(plan, other)).toMatchObject({ problem: { what: 'not-assigned-by-plan', words: { batch: 2 } } });
  });
});

test('an arm closed to some is held against the control on the others', () => {
  // Of the old (odd) nobody gets a coach. Among the young: coach 3 of 4, letter 1 of 4; the old never find work.
  const rows = Array.from({ length: 16 }, (_, i) => {
    const old = i % 2 === 1;
    const arm = old ? 0 : (i / 2) % 2;
    return { arm, outcome: old ? 0 : arm === 1 ? Number(i < 12) : Number(i < 4), p: old ? [1, 0] : [0.5, 0.5] };
  });
  const found = valueOf(
    adaptiveInference(
      {
        arms: ['letter', 'coach'],
        batch: rows.map(() => 1),
        arm: rows.map(({ arm }) => arm),
        outcome: rows.map(({ outcome }) => outcome),
        probabilities: rows.flatMap(({ p }) => p),
      },
      { weights: 'uniform' },
    ),
  );
  // Γ = ½ + [A = d](Y − ½)/½, mean over the eight young: coach ¾, letter ¼.
  expect(found.contrasts[0]).toMatchObject({ estimate: expect.closeTo(0.5, 12), n: 8 });
  expect(found.contrasts[0]!.diagnostics.map(({ what }) => what)).toEqual(['arm-closed-to-some']);
});
