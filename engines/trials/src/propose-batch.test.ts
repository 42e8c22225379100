import { describe, expect, test } from 'vitest';
import { valueOf } from '@meedoen/evidence/testing';
import { nextBatch, type TrialOutcomes } from './next-batch.ts';
import {
  assign,
  parseSignatures,
  proposeBatch,
  releaseBatch,
  type BatchProposal,
  type Signature,
} from './propose-batch.ts';
import { parseTrialPlan, type TrialPlan } from './trial-plan.ts';

const digest = (text: string): string =>
  `#${Array.from(text).reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)!) % 1e9, 7)}`;

function planOf(more: object = {}): TrialPlan {
  return valueOf(parseTrialPlan({ programme: 'p', arms: ['letter', 'call'], model: 'independent', ...more }));
}

/** Per arm and stratum: people and successes. */
function outcomesOf(
  cells: readonly (readonly [arm: number, stratum: number, people: number, successes: number])[],
): TrialOutcomes {
  const rows = cells.flatMap(([arm, stratum, people, successes]) =>
    Array.from({ length: people }, (_, i) => ({ arm, stratum, outcome: i < successes ? 1 : 0 })),
  );
  return {
    arm: rows.map(({ arm }) => arm),
    stratum: rows.map(({ stratum }) => stratum),
    outcome: rows.map(({ outcome }) => outcome),
  };
}

const some = outcomesOf([
  [0, 0, 10, 2],
  [1, 0, 10, 7],
]);

function proposed(plan = planOf(), outcomes = some, batch = 2): BatchProposal {
  return valueOf(proposeBatch(plan, outcomes, batch, digest));
}

function signed({ batch, hash }: BatchProposal, more: Partial<Signature> = {}): Signature {
  return { batch, hash, signedBy: 'team leader', signedOn: '2026-03-02', although: null, ...more };
}

describe('nobody is assigned before a person signed', () => {
  test('without a signature: refused, with the hash to sign', () => {
    const proposal = proposed();
    const answer = releaseBatch(proposal, []);
    expect(answer).toMatchObject({ ok: false, problem: { what: 'batch-not-signed', words: { hash: proposal.hash } } });
  });

  test('signed: every person gets an arm, by the probabilities that were signed', () => {
    const proposal = proposed();
    const batch = valueOf(releaseBatch(proposal, [signed(proposal)]));
    const [letter, call] = proposal.strata[0]!.arms;
    expect(valueOf(assign(batch, 'everyone', 0)).arm).toBe('letter');
    expect(valueOf(assign(batch, 'everyone', letter!.probability)).arm).toBe('call');
    expect(valueOf(assign(batch, 'everyone', 0.5)).probabilities).toEqual([letter!.probability, call!.probability]);
    expect(assign(batch, 'nobody', 0)).toMatchObject({ problem: { what: 'stratum-unknown' } });
  });

  const evenly = planOf({ rule: 'uniform' });
  const counts = (letter: number, call: number): TrialOutcomes =>
    outcomesOf([
      [0, 0, 10, letter],
      [1, 0, 10, call],
    ]);

  // Red when the hash leaves out the counts: with an even rule they move no probability.
  test('an outcome changed, and no probability with it: another proposal all the same', () => {
    const [before, after] = [proposed(evenly, counts(2, 7)), proposed(evenly, counts(3, 7))];
    const probabilities = ({ strata }: BatchProposal): number[] =>
      strata.flatMap(({ arms }) => arms.map(({ probability }) => probability));
    expect(probabilities(after)).toEqual(probabilities(before));
    expect(releaseBatch(after, [signed(before)])).toMatchObject({ problem: { what: 'another-proposal-signed' } });
  });

  // Red when the hash leaves out the plan, or the number of the batch.
  test.each([
    { story: 'the plan was changed', of: () => proposed(planOf({ gamma: 0.3 })) },
    { story: 'only its stop rule was', of: () => proposed(planOf({ mostPeople: 1000 })) },
    { story: 'it is the next batch', of: () => proposed(planOf(), some, 3) },
  ])('signed before $story: refused', ({ of }) => {
    const now = of();
    expect(releaseBatch(now, [signed(proposed(), { batch: now.batch })])).toMatchObject({
      problem: { what: 'another-proposal-signed' },
    });
  });

  test('a rule says to stop: the signature must say why to go on', () => {
    const proposal = proposed(planOf({ mostPeople: 20 }));
    expect(proposal.advice).toEqual([{ rule: 'enough-people', people: 20 }]);
    expect(releaseBatch(proposal, [signed(proposal)])).toMatchObject({ problem: { what: 'signed-without-reason' } });
    const although = 'The council asked for twenty more.';
    expect(releaseBatch(proposal, [signed(proposal, { although })]).ok).toBe(true);
  });

  test.each([
    { story: 'no list', json: {}, pointer: '' },
    {
      story: 'no name',
      json: [{ batch: 1, hash: 'a', signedBy: ' ', signedOn: '2026-01-01' }],
      pointer: '/0/signedBy',
    },
    {
      story: 'no day',
      json: [{ batch: 1, hash: 'a', signedBy: 'me', signedOn: '2026-02-30' }],
      pointer: '/0/signedOn',
    },
    {
      story: 'one batch twice',
      json: [1, 2].map(() => ({ batch: 1, hash: 'a', signedBy: 'me', signedOn: '2026-01-01' })),
      pointer: '/1/batch',
    },
  ])('signatures are refused: $story', ({ json, pointer }) => {
    expect(parseSignatures(json)).toMatchObject({ problem: { what: 'signatures-not-usable', words: { pointer } } });
  });
});

describe('fair to every stratum', () => {
  const strata = ['young', 'old'];
  const apart = outcomesOf([
    [0, 0, 60, 6],
    [1, 0, 60, 54],
    [0, 1, 60, 54],
    [1, 1, 60, 6],
  ]);

  test('strata that learnt the opposite stay within reach of each other', () => {
    const free = valueOf(nextBatch(planOf({ strata, mostApart: 1 }), apart, 2));
    const fair = valueOf(nextBatch(planOf({ strata, mostApart: 0.5 }), apart, 2));
    const call = ({ strata: all }: typeof fair): number[] => all.map(({ arms }) => arms[1]!.probability);
    expect(call(free)).toEqual([expect.closeTo(0.9, 5), expect.closeTo(0.1, 5)]);
    // 0.8 apart becomes 0.5: five eighths of what was learnt.
    expect(call(fair)).toEqual([expect.closeTo(0.75, 5), expect.closeTo(0.25, 5)]);
    expect([free.learntShare, fair.learntShare]).toEqual([1, expect.closeTo(0.625, 4)]);
  });

  test('a closed arm gets nobody, from its batch on, and says why; the others share', () => {
    const plan = planOf({
      arms: ['letter', 'call', 'coach'],
      strata,
      closed: [{ arm: 'coach', stratum: 'old', fromBatch: 3, because: 'No coach speaks their language.' }],
    });
    const before = valueOf(nextBatch(plan, apart, 2)).strata[1]!.arms;
    const after = valueOf(nextBatch(plan, apart, 3)).strata[1]!.arms;
    expect(before[2]).toMatchObject({ closedBecause: null });
    expect(before[2]!.probability).toBeGreaterThanOrEqual(0.05);
    expect(after[2]).toMatchObject({ probability: 0, best: 0, closedBecause: 'No coach speaks their language.' });
    expect(after[0]!.probability + after[1]!.probability).toBeCloseTo(1, 12);
    expect(valueOf(nextBatch(plan, apart, 3)).strata[0]!.arms[2]!.probability).toBeGreaterThanOrEqual(0.05);
  });

  test.each([
    { story: 'a floor below 0.05', more: { floor: 0.04 }, pointer: '/floor' },
    { story: 'no reason', more: { closed: [{ arm: 'call', because: '' }] }, pointer: '/closed/0/because' },
    { story: 'the control', more: { closed: [{ arm: 'letter', because: 'dear' }] }, pointer: '/closed/0/arm' },
    { story: 'one arm left', more: { closed: [{ arm: 'call', because: 'dear' }] }, pointer: '/closed' },
    {
      story: 'a stratum nobody knows',
      more: { closed: [{ arm: 'call', stratum: 'x', because: 'y' }] },
      pointer: '/closed/0/stratum',
    },
  ])('a plan is refused: $story', ({ more, pointer }) => {
    const json = { programme: 'p', arms: ['letter', 'call'], ...more };
    expect(parseTrialPlan(json)).toMatchObject({ problem: { what: 'trial-plan-not-usable', words: { pointer } } });
  });

  test('an arm that does worse than the control: advice to close it there, and there alone', () => {
    const plan = planOf({ strata, closeWhenWorseAbove: 0.95 });
    const { advice, stop } = valueOf(nextBatch(plan, apart, 2));
    expect(advice).toEqual([{ rule: 'worse-than-control', arm: 'call', stratum: 'old', chance: expect.closeTo(1, 3) }]);
    expect(stop).toBe(false);
  });
});
