import { betaQuantile } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed, type Refusal } from '@meedoen/units';
import { assignmentProbabilities } from './assignment.ts';
import { chancesOfBest } from './best-arm.ts';
import { withinReach } from './fairness.ts';
import { hierarchicalBelief, type HierarchicalBelief } from './hierarchical.ts';
import { openArms, type TrialPlan } from './trial-plan.ts';

/** People so far, in the order of assignment. The outcome is the early measure on which the programme learns: 1 or 0. */
export type TrialOutcomes = {
  readonly stratum: ArrayLike<number>;
  readonly arm: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
};

export type ArmInBatch = {
  readonly arm: string;
  readonly people: number;
  readonly successes: number;
  /** Belief about the success rate: mean, and where it lies with 95 % chance under the model. */
  readonly mean: number;
  readonly sd: number;
  readonly lower: number;
  readonly upper: number;
  /** Chance of being the best of the arms that are open here, and of doing worse than the control. */
  readonly best: number;
  readonly worse: number;
  /** The probability with which the next person of this stratum gets this arm. */
  readonly probability: number;
  /** Why nobody here gets it; `null` where it is open. */
  readonly closedBecause: string | null;
};

/** A rule of the plan that is met, for a person to decide on. */
export type StopAdvice =
  | { readonly rule: 'best-arm-found' }
  | { readonly rule: 'enough-people'; readonly people: number }
  | { readonly rule: 'worse-than-control'; readonly arm: string; readonly stratum: string; readonly chance: number };

export type NextBatch = {
  /** Spread evenly, because the first batch is not full yet. */
  readonly even: boolean;
  readonly strata: readonly { readonly stratum: string; readonly arms: readonly ArmInBatch[] }[];
  /** 1, or less where strata lay further apart than the plan allows: what was learnt then counts for this share. */
  readonly learntShare: number;
  /** Rules of the plan that say: stop, or close an arm. A person decides. */
  readonly advice: readonly StopAdvice[];
  /** Is a rule met that says: stop? */
  readonly stop: boolean;
};

/**
 * What the next people get: per stratum the chance that each open arm is best, and the probability with which it is given,
 * in millionths, so that a log holds all of it. The first batch is spread evenly. Where two strata would lie further apart
 * than `mostApart`, all are moved towards an even spread until they do not. Never uses anything about a person but the
 * stratum the plan names.
 *
 * Refuses an outcome that is not 1 or 0, a stratum or arm that is not in the plan, and a floor that cannot be.
 */
export function nextBatch(plan: TrialPlan, outcomes: TrialOutcomes, batch: number): Parsed<NextBatch> {
  const { arms, strata } = plan;
  const found = spreadOf(plan, outcomes, batch);
  if (!found.ok) return found;
  const { people, successes, belief, even, open, probabilities, learntShare } = found.value;
  const shown = strata.map((stratum, x) => {
    const among = open[x]!;
    const best = belief.bestAmong(x, among);
    return {
      stratum,
      arms: arms.map((arm, d): ArmInBatch => {
        const [mean, sd] = [belief.mean[d]![x]!, belief.sd[d]![x]!];
        const { a, b } = betaOf(mean, sd);
        const isOpen = among.includes(d);
        const shut = plan.closed.find((one) => one.arm === arm && (one.stratum ?? stratum) === stratum);
        return {
          arm,
          people: people[d]![x]!,
          successes: successes[d]![x]!,
          mean,
          sd,
          lower: betaQuantile(0.025, a, b),
          upper: betaQuantile(0.975, a, b),
          best: isOpen ? best[among.indexOf(d)]! : 0,
          worse: d === 0 ? 0 : belief.bestAmong(x, [0, d])[0]!,
          probability: probabilities[x]![d]!,
          closedBecause: isOpen ? null : shut!.because,
        };
      }),
    };
  });
  const advice = even ? [] : adviceOf(plan, outcomes.arm.length, shown);
  const stop = advice.some(({ rule }) => rule !== 'worse-than-control');
  return { ok: true, value: { even, strata: shown, learntShare, advice, stop } };
}

/** The probabilities alone, by stratum and then arm: what a replay asks a thousand times. */
export function batchProbabilities(plan: TrialPlan, outcomes: TrialOutcomes, batch: number): Parsed<number[][]> {
  const found = spreadOf(plan, outcomes, batch);
  return found.ok ? { ok: true, value: found.value.probabilities } : found;
}

type Spread = {
  readonly people: readonly Float64Array[];
  readonly successes: readonly Float64Array[];
  readonly belief: HierarchicalBelief;
  readonly even: boolean;
  readonly open: readonly (readonly number[])[];
  readonly probabilities: number[][];
  readonly learntShare: number;
};

function spreadOf(plan: TrialPlan, outcomes: TrialOutcomes, batch: number): Parsed<Spread> {
  const { arms, strata } = plan;
  const counted = count(plan, outcomes);
  if (!counted.ok) return counted;
  const { people, successes } = counted.value;
  const seen = outcomes.arm.length;
  const even = seen < plan.firstBatch || seen === 0;
  const belief =
    plan.model === 'hierarchical'
      ? hierarchicalBelief(arms.map((_, d) => ({ successes: successes[d]!, trials: people[d]! })))
      : independent(successes, people);
  const open = strata.map((stratum) => openArms(plan, stratum, batch));
  const wanted: number[][] = [];
  for (const [x, among] of open.entries()) {
    const chances = even ? among.map(() => 1 / among.length) : belief.bestAmong(x, among);
    const spread = assignmentProbabilities(chances, even ? { ...plan, rule: 'uniform' } : plan);
    if (!spread.ok) return spread;
    const row = arms.map(() => 0);
    among.forEach((d, at) => (row[d] = spread.value[at]!));
    wanted.push(row);
  }
  const fair = withinReach(wanted, plan.mostApart);
  const probabilities = fair.probabilities.map(inMillionths);
  return {
    ok: true,
    value: { people, successes, belief, even, open, probabilities, learntShare: fair.learntShare },
  };
}

function adviceOf(plan: TrialPlan, seen: number, strata: NextBatch['strata']): StopAdvice[] {
  const { stopWhenBestAbove, mostPeople, closeWhenWorseAbove } = plan;
  const advice: StopAdvice[] = [];
  if (stopWhenBestAbove !== null && strata.every(({ arms }) => arms.some(({ best }) => best > stopWhenBestAbove))) {
    advice.push({ rule: 'best-arm-found' });
  }
  if (mostPeople !== null && seen >= mostPeople) advice.push({ rule: 'enough-people', people: seen });
  if (closeWhenWorseAbove !== null) {
    for (const { stratum, arms } of strata) {
      for (const { arm, worse, closedBecause } of arms) {
        if (closedBecause === null && worse > closeWhenWorseAbove) {
          advice.push({ rule: 'worse-than-control', arm, stratum, chance: worse });
        }
      }
    }
  }
  return advice;
}

type Counts = Pick<Spread, 'people' | 'successes'>;

function count({ arms, strata }: TrialPlan, { stratum, arm, outcome }: TrialOutcomes): Parsed<Counts> {
  const people = arms.map(() => new Float64Array(strata.length));
  const successes = arms.map(() => new Float64Array(strata.length));
  if (stratum.length !== arm.length || outcome.length !== arm.length) {
    return refuse('columns-differ-in-length', 'Give stratum, arm and outcome of every person.');
  }
  for (let i = 0; i < arm.length; i++) {
    const y = outcome[i]!;
    if (y !== 0 && y !== 1) {
      const message = `${y} is neither 1 nor 0. The programme learns from yes and no.`;
      return refuseCell('outcome-not-yes-or-no', 'outcome', i, message, { found: String(y) });
    }
    const of = people[arm[i]!];
    if (!of) return unknown('arm', arm[i]!, arms, i);
    if (!(stratum[i]! >= 0 && stratum[i]! < strata.length)) return unknown('stratum', stratum[i]!, strata, i);
    of[stratum[i]!]!++;
    successes[arm[i]!]![stratum[i]!]! += y;
  }
  return { ok: true, value: { people, successes } };
}

function unknown(column: 'arm' | 'stratum', found: number, names: readonly string[], row: number): Refusal {
  const message = `there is no ${column} ${found}. Use one of ${names.join(', ')}.`;
  return refuseCell(`${column}-unknown`, column, row, message, { found, names: names.join(', ') });
}

function independent(successes: readonly Float64Array[], people: readonly Float64Array[]): HierarchicalBelief {
  const a = successes.map((of) => of.map((s) => 1 + s));
  const b = people.map((of, d) => of.map((n, x) => 1 + n - successes[d]![x]!));
  return {
    mean: a.map((of, d) => of.map((first, x) => first / (first + b[d]![x]!))),
    sd: a.map((of, d) =>
      of.map((first, x) => {
        const n = first + b[d]![x]!;
        return Math.sqrt((first * b[d]![x]!) / (n * n * (n + 1)));
      }),
    ),
    bestAmong: (x, among) => chancesOfBest(among.map((d) => ({ a: a[d]![x]!, b: b[d]![x]! }))),
  };
}

/** The Beta with this mean and standard deviation: exact for one stratum, and near for a mixture. */
function betaOf(mean: number, sd: number): { a: number; b: number } {
  const n = Math.max(1e-3, (mean * (1 - mean)) / (sd * sd) - 1);
  return { a: mean * n, b: (1 - mean) * n };
}

/** Rounded to millionths that add to 1; what rounding leaves goes to the largest. */
function inMillionths(probabilities: readonly number[]): number[] {
  const parts = probabilities.map((p) => Math.round(p * 1e6));
  const largest = parts.indexOf(Math.max(...parts));
  parts[largest]! += 1e6 - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / 1e6);
}
