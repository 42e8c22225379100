import { chance } from '@meedoen/numbers';
import { refuse, type Parsed, type Refusal } from '@meedoen/units';
import type { Note } from '@meedoen/evidence';
import { adaptiveInference, type TrialHistory } from './adaptive-inference.ts';
import { armAt } from './assignment.ts';
import { batchProbabilities, nextBatch, type NextBatch } from './next-batch.ts';
import { proposeBatch, type Digest, type Signature } from './propose-batch.ts';
import type { TrialPlan } from './trial-plan.ts';

/** A history with the stratum of each person, as its place in the plan. */
export type StratifiedHistory = TrialHistory & { readonly stratum: ArrayLike<number> };

/** How a batch that is over compares with what the plan would have proposed, and who signed it. */
export type BatchAudit = {
  readonly batch: number;
  readonly people: number;
  /** What the plan proposes from the batches before it. */
  readonly hash: string;
  /** The furthest a logged probability lies from the proposed one; people are assigned as proposed below 1e-5. */
  readonly furthest: number;
  readonly asProposed: boolean;
  readonly signedBy: string | null;
  readonly signedOn: string | null;
  /** Was this very proposal signed? */
  readonly signedThis: boolean;
};

/** Logs keep six digits or more; anything beyond is another algorithm. */
const AS_LOGGED = 1e-5;

/**
 * Propose every batch of a history again, from the batches before it, and hold it against the log and the signatures. Outcomes
 * must be those that were known: what came in late shows as a difference. Refuses what {@link proposeBatch} refuses.
 */
export function auditBatches(
  plan: TrialPlan,
  history: StratifiedHistory,
  signatures: readonly Signature[],
  digest: Digest,
): Parsed<BatchAudit[]> {
  const k = plan.arms.length;
  const audits: BatchAudit[] = [];
  for (const { batch, from, to } of batchesOf(history)) {
    const proposal = proposeBatch(plan, firstOf(history, from), batch, digest);
    if (!proposal.ok) return proposal;
    let furthest = 0;
    for (let i = from; i < to; i++) {
      const { arms } = proposal.value.strata[history.stratum[i]!]!;
      for (let d = 0; d < k; d++) {
        furthest = Math.max(furthest, Math.abs(history.probabilities[i * k + d]! - arms[d]!.probability));
      }
    }
    const signature = signatures.find((one) => one.batch === batch);
    audits.push({
      batch,
      people: to - from,
      hash: proposal.value.hash,
      furthest,
      asProposed: furthest < AS_LOGGED,
      signedBy: signature?.signedBy ?? null,
      signedOn: signature?.signedOn ?? null,
      signedThis: signature?.hash === proposal.value.hash,
    });
  }
  return { ok: true, value: audits };
}

/**
 * What each batch of a history was proposed with, from the batches before it, and the coming one last: for the picture of a
 * programme over time. Refuses what {@link nextBatch} refuses.
 */
export function batchByBatch(
  plan: TrialPlan,
  history: StratifiedHistory,
): Parsed<{ readonly batch: number; readonly next: NextBatch }[]> {
  const over = batchesOf(history);
  const coming = { batch: (over[over.length - 1]?.batch ?? 0) + 1, from: history.batch.length };
  const found: { batch: number; next: NextBatch }[] = [];
  for (const { batch, from } of [...over, coming]) {
    const next = nextBatch(plan, firstOf(history, from), batch);
    if (!next.ok) return next;
    found.push({ batch, next: next.value });
  }
  return { ok: true, value: found };
}

export type ReplayTest = {
  readonly draws: number;
  readonly seed: number;
  /** Of every arm against the control: its AIPW estimate over its error, and how often a replay lies as far from 0. */
  readonly contrasts: readonly {
    readonly arms: readonly [arm: string, control: string];
    readonly statistic: number;
    readonly p: number;
  }[];
  /** The same for the contrast furthest from 0: does any arm do anything for anybody? */
  readonly overall: { readonly statistic: number; readonly p: number };
  readonly assumptions: readonly Note[];
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'replay-of-the-plan',
    words: {},
    message:
      'People came in this order whatever they and others were given, and the programme would have gone on as long.',
  },
  {
    what: 'nothing-for-anybody',
    words: {},
    message:
      'The p-values are exact for “no arm does anything for anybody”. With more than two arms, read a single contrast beside its interval: other arms may be what works.',
  },
];

/**
 * A randomisation test of an assignment that learnt. If no arm did anything for anybody, every person's outcome would have
 * been the same under every arm: so run the whole programme again with new chance and these outcomes, learning from them
 * batch by batch as the plan says, and count how often a contrast (AIPW, √p weights, over its error) lies at least as far from
 * 0: p = (1 + as far)/(1 + draws). It needs no large sample and no model. A replay that cannot be judged counts as far.
 *
 * Refuses a history whose logged probabilities are not the plan's: the replay would be of another programme. And what
 * {@link adaptiveInference} refuses. O(draws · batches · belief).
 *
 * R. Simon & N. R. Simon (2011), Statistics & Probability Letters 81, 767–772. V. Hadad and others (2021), PNAS 118.
 */
export function replayTest(
  plan: TrialPlan,
  history: StratifiedHistory,
  { draws = 499, seed = 1 }: { readonly draws?: number; readonly seed?: number } = {},
): Parsed<ReplayTest> {
  if (!(Number.isInteger(draws) && draws >= 19)) throw new RangeError(`replayTest: at least 19 draws, not ${draws}.`);
  const seen = statisticsOf(history);
  if (!seen.ok) return seen;
  const logged = refuseUnlessLogged(plan, history);
  if (logged) return logged;
  const far = seen.value.map(() => 0);
  let farOverall = 0;
  const largest = Math.max(...seen.value.map(Math.abs));
  const draw = chance(seed);
  const known: Known = new Map();
  for (let r = 0; r < draws; r++) {
    const again = replay(plan, history, () => draw.share(), known);
    if (!again.ok) return again;
    const found = statisticsOf(again.value);
    const statistics = found.ok ? found.value.map(Math.abs) : seen.value.map(() => Infinity);
    statistics.forEach((one, at) => (far[at]! += Number(!(one < Math.abs(seen.value[at]!) - TIE))));
    farOverall += Number(!(Math.max(...statistics) < largest - TIE));
  }
  return {
    ok: true,
    value: {
      draws,
      seed,
      contrasts: seen.value.map((statistic, at) => ({
        arms: [plan.arms[at + 1]!, plan.arms[0]!],
        statistic,
        p: (1 + far[at]!) / (1 + draws),
      })),
      overall: { statistic: largest, p: (1 + farOverall) / (1 + draws) },
      assumptions: ASSUMPTIONS,
    },
  };
}

/** Equal statistics differ by rounding, and must count as equally far. */
const TIE = 1e-9;

/** Probabilities by batch and by what was counted before it, on which alone they rest: small programmes come by the same often. */
type Known = Map<string, number[][]>;

/** How many had which outcome, by arm and stratum, among the first. */
function countsOf({ arms, arm, stratum, outcome }: StratifiedHistory, count: number, strata: number): Int32Array {
  const counts = new Int32Array(2 * strata * arms.length);
  for (let i = 0; i < count; i++) counts[2 * (arm[i]! * strata + stratum[i]!) + outcome[i]!]!++;
  return counts;
}

/** The same people and outcomes, assigned anew as the plan says, from what each batch before would have taught. */
function replay(
  plan: TrialPlan,
  history: StratifiedHistory,
  share: () => number,
  known: Known,
): Parsed<StratifiedHistory> {
  const k = plan.arms.length;
  const { length } = history.outcome;
  const arm = new Int32Array(length);
  const probabilities = new Float64Array(length * k);
  const again = { ...history, arm, probabilities };
  for (const { batch, from, to } of batchesOf(history)) {
    const key = `${batch}:${countsOf(again, from, plan.strata.length).join(' ')}`;
    let spread = known.get(key);
    if (!spread) {
      const found = batchProbabilities(plan, firstOf(again, from), batch);
      if (!found.ok) return found;
      known.set(key, (spread = found.value));
    }
    for (let i = from; i < to; i++) {
      const own = spread[history.stratum[i]!]!;
      arm[i] = armAt(own, share());
      probabilities.set(own, i * k);
    }
  }
  return { ok: true, value: again };
}

function statisticsOf(history: TrialHistory): Parsed<number[]> {
  const found = adaptiveInference(history);
  if (!found.ok) return found;
  return { ok: true, value: found.value.contrasts.map(({ estimate, se }) => (estimate === 0 ? 0 : estimate / se)) };
}

function refuseUnlessLogged(plan: TrialPlan, history: StratifiedHistory): Refusal | null {
  const audits = auditBatches(plan, history, [], () => '');
  if (!audits.ok) return audits;
  const other = audits.value.find(({ asProposed }) => !asProposed);
  if (!other) return null;
  return refuse(
    'not-assigned-by-plan',
    `In batch ${other.batch} a logged probability lies ${other.furthest.toFixed(6)} from what this plan gives. A replay would be of another programme: use the plan under which people were assigned, and outcomes as they were known then.`,
    { batch: other.batch, furthest: other.furthest },
  );
}

function firstOf({ stratum, arm, outcome }: StratifiedHistory, count: number) {
  const first = (values: ArrayLike<number>): number[] => Array.prototype.slice.call(values, 0, count) as number[];
  return { stratum: first(stratum), arm: first(arm), outcome: first(outcome) };
}

function batchesOf({ batch }: TrialHistory): { batch: number; from: number; to: number }[] {
  const found: { batch: number; from: number; to: number }[] = [];
  for (let i = 0; i < batch.length; i++) {
    if (i === 0 || batch[i] !== batch[i - 1]) found.push({ batch: batch[i]!, from: i, to: i + 1 });
    else found[found.length - 1]!.to = i + 1;
  }
  return found;
}
