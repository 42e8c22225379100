import { betaQuantile } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import { assignmentProbabilities, type AssignmentOptions, type AssignmentRule } from './assignment.ts';
import { chancesOfBest } from './best-arm.ts';
import { hierarchicalBelief } from './hierarchical.ts';

/** What was decided about an adaptive programme before it began (nl: proefplan). */
export type TrialPlan = Required<AssignmentOptions> & {
  readonly programme: string;
  /** The first is the control, against which the others are held. */
  readonly arms: readonly string[];
  /** Groups whose best arm may differ; one is `everyone`. */
  readonly strata: readonly string[];
  /** `hierarchical`: strata of an arm teach about each other. `independent`: each stratum by itself. */
  readonly model: 'independent' | 'hierarchical';
  /** People in a batch before anything is learnt, spread evenly. */
  readonly firstBatch: number;
  /** Advise to stop when an arm is this likely to be best in every stratum; `null` for never. */
  readonly stopWhenBestAbove: number | null;
};

const rules: readonly AssignmentRule[] = ['tempered-thompson', 'exploration', 'uniform'];
const known = ['programme', 'arms', 'strata', 'model', 'rule', 'gamma', 'floor', 'firstBatch', 'stopWhenBestAbove'];

/** Read a plan from JSON; refuses, with a pointer, what is missing, unknown or cannot be. */
export function parseTrialPlan(json: unknown): Parsed<TrialPlan> {
  const wrong = (pointer: string, message: string): Parsed<never> => ({
    ok: false,
    problem: { at: { pointer }, what: 'trial-plan-not-usable', words: { pointer }, message },
  });
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return wrong('', 'A plan is an object: { "programme": …, "arms": [ … ] }.');
  }
  const plan = json as Record<string, unknown>;
  const stranger = Object.keys(plan).find((key) => !known.includes(key));
  if (stranger !== undefined)
    return wrong(`/${stranger}`, `There is no "${stranger}". Parts are: ${known.join(', ')}.`);
  const { programme, arms, strata = ['everyone'], model = 'hierarchical', rule = 'tempered-thompson' } = plan;
  const { gamma = 0.2, floor = 0.05, firstBatch = 0, stopWhenBestAbove = null } = plan;
  if (typeof programme !== 'string' || programme.trim() === '')
    return wrong('/programme', 'Give the programme a name.');
  if (!areNames(arms) || arms.length < 2)
    return wrong('/arms', 'Name at least two different arms; the first is the control.');
  if (!areNames(strata)) return wrong('/strata', 'Write strata as a list of different names, or leave them out.');
  if (model !== 'independent' && model !== 'hierarchical')
    return wrong('/model', 'Write "hierarchical" or "independent".');
  const chosen = rules.find((one) => one === rule);
  if (chosen === undefined) return wrong('/rule', `Write one of: ${rules.join(', ')}.`);
  if (!isShare(gamma)) return wrong('/gamma', 'Write the evenly spread share as a number from 0 to 1, such as 0.2.');
  if (!isShare(floor))
    return wrong('/floor', 'Write the least probability of an arm as a number from 0, such as 0.05.');
  if (floor * arms.length > 1) {
    return wrong('/floor', `${arms.length} arms cannot each get ${floor}: choose at most ${1 / arms.length}.`);
  }
  if (!(Number.isInteger(firstBatch) && (firstBatch as number) >= 0))
    return wrong('/firstBatch', 'Write a whole number of people.');
  if (stopWhenBestAbove !== null && !isShare(stopWhenBestAbove)) {
    return wrong('/stopWhenBestAbove', 'Write a probability, such as 0.95, or null.');
  }
  return {
    ok: true,
    value: {
      programme,
      arms,
      strata,
      model,
      rule: chosen,
      gamma,
      floor,
      firstBatch: firstBatch as number,
      stopWhenBestAbove: stopWhenBestAbove as number | null,
    },
  };
}

/** People so far, in the order of assignment. The outcome is the early measure on which the programme learns: 1 or 0. */
export type TrialOutcomes = {
  readonly stratum: ArrayLike<number>;
  readonly arm: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
};

export type NextBatch = {
  /** Spread evenly, because the first batch is not full yet. */
  readonly even: boolean;
  readonly strata: readonly {
    readonly stratum: string;
    readonly arms: readonly {
      readonly arm: string;
      readonly people: number;
      readonly successes: number;
      /** Belief about the success rate: mean, and where it lies with 95 % chance under the model. */
      readonly mean: number;
      readonly sd: number;
      readonly lower: number;
      readonly upper: number;
      readonly best: number;
      /** The probability with which the next person of this stratum gets this arm. */
      readonly probability: number;
    }[];
  }[];
  /** Is the stop rule of the plan met? A person decides. */
  readonly stop: boolean;
};

/**
 * What the next people get: per stratum the chance that each arm is best, and the probability with which it is given. The
 * first batch is spread evenly. Never uses anything about a person but the stratum the plan names.
 *
 * Refuses an outcome that is not 1 or 0, a stratum or arm that is not in the plan, and a floor that cannot be.
 */
export function nextBatch(plan: TrialPlan, { stratum, arm, outcome }: TrialOutcomes): Parsed<NextBatch> {
  const { arms, strata } = plan;
  const k = arms.length;
  const people = arms.map(() => new Float64Array(strata.length));
  const successes = arms.map(() => new Float64Array(strata.length));
  if (stratum.length !== arm.length || outcome.length !== arm.length) {
    return refuse('columns-differ-in-length', 'Give stratum, arm and outcome of every person.');
  }
  for (let i = 0; i < arm.length; i++) {
    const y = outcome[i]!;
    if (y !== 0 && y !== 1)
      return refuseCell(
        'outcome-not-yes-or-no',
        'outcome',
        i,
        `${y} is neither 1 nor 0. The programme learns from yes and no.`,
      );
    const of = people[arm[i]!];
    if (!of) return refuseCell('arm-unknown', 'arm', i, `there is no arm ${arm[i]!}. Use one of ${arms.join(', ')}.`);
    if (!(stratum[i]! >= 0 && stratum[i]! < strata.length)) {
      return refuseCell(
        'stratum-unknown',
        'stratum',
        i,
        `there is no stratum ${stratum[i]!}. Use one of ${strata.join(', ')}.`,
      );
    }
    of[stratum[i]!]!++;
    successes[arm[i]!]![stratum[i]!]! += y;
  }
  const even = arm.length < plan.firstBatch || arm.length === 0;
  const belief =
    plan.model === 'hierarchical'
      ? hierarchicalBelief(arms.map((_, d) => ({ successes: successes[d]!, trials: people[d]! })))
      : independent(successes, people);
  const shown: NextBatch['strata'][number][] = [];
  for (const [x, name] of strata.entries()) {
    const spread = assignmentProbabilities(belief.best[x]!, even ? { ...plan, rule: 'uniform' } : plan);
    if (!spread.ok) return spread;
    shown.push({
      stratum: name,
      arms: Array.from({ length: k }, (_, d) => {
        const [mean, sd] = [belief.mean[d]![x]!, belief.sd[d]![x]!];
        const { a, b } = betaOf(mean, sd);
        return {
          arm: arms[d]!,
          people: people[d]![x]!,
          successes: successes[d]![x]!,
          mean,
          sd,
          lower: betaQuantile(0.025, a, b),
          upper: betaQuantile(0.975, a, b),
          best: belief.best[x]![d]!,
          probability: spread.value[d]!,
        };
      }),
    });
  }
  const limit = plan.stopWhenBestAbove;
  const stop = limit !== null && !even && shown.every((one) => one.arms.some(({ best }) => best > limit));
  return { ok: true, value: { even, strata: shown, stop } };
}

function independent(
  successes: readonly Float64Array[],
  people: readonly Float64Array[],
): { mean: Float64Array[]; sd: Float64Array[]; best: Float64Array[] } {
  const a = successes.map((of) => of.map((s) => 1 + s));
  const b = people.map((of, d) => of.map((n, x) => 1 + n - successes[d]![x]!));
  const strata = people[0]!.length;
  return {
    mean: a.map((of, d) => of.map((first, x) => first / (first + b[d]![x]!))),
    sd: a.map((of, d) =>
      of.map((first, x) => {
        const n = first + b[d]![x]!;
        return Math.sqrt((first * b[d]![x]!) / (n * n * (n + 1)));
      }),
    ),
    best: Array.from({ length: strata }, (_, x) => chancesOfBest(a.map((of, d) => ({ a: of[x]!, b: b[d]![x]! })))),
  };
}

/** The Beta with this mean and standard deviation: exact for one stratum, and near for a mixture. */
function betaOf(mean: number, sd: number): { a: number; b: number } {
  const n = Math.max(1e-3, (mean * (1 - mean)) / (sd * sd) - 1);
  return { a: mean * n, b: (1 - mean) * n };
}

function areNames(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === 'string' && name.trim() !== '') &&
    new Set(value).size === value.length
  );
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
