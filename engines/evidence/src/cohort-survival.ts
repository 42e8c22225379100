import { normalTwoSided, solve } from '@meedoen/numbers';
import type { Parsed } from '@meedoen/units';
import { RAW_COMPARISON } from './assumptions.ts';
import type { CohortDifference } from './cohort-means.ts';
import {
  cohortError,
  cohortWeights,
  influenceThroughWeights,
  sureness,
  type Cohorts,
  type CohortWeights,
  type Estimand,
} from './cohorts.ts';
import type { CoxTies } from './cox-design.ts';
import { fitCox } from './cox.ts';
import { detectable, detectableRatio, type LogEffect } from './detectable.ts';
import { ratioOf, type Note, type Ratio } from './estimate.ts';
import { inOrderOf, type Groups } from './groups.ts';
import type { RiskTable } from './risk-table.ts';
import type { Spells } from './spells.ts';
import { curveOf, kaplanMeier, type IntervalShape, type SurvivalCurve } from './survival-curve.ts';
import { timesLost } from './time-lost.ts';

const HELD_EQUAL: readonly Note[] = [
  {
    what: 'no-other-differences',
    words: {},
    message: 'The cohorts differ in nothing else that matters for when it happens but the named characteristics.',
  },
  {
    what: 'propensity-model',
    words: {},
    message: 'The logistic model of who is in which cohort is right.',
  },
  {
    what: 'independent-censoring',
    words: {},
    message: 'People whom we stopped following would have gone on like those of the same cohort whom we still follow.',
  },
];

/** The spells of the people in cohorts, in the same order. People count as the cohorts say; spells bring no weights. */
export type CohortSpells = Spells & { readonly weight: null };

/**
 * Survival curves of both cohorts, weighted to be alike: the reference first (any cause counts as the event).
 *
 * Errors from the influence function of weighted people and of the fitted propensity; Greenwood's formula on weights would
 * be wrong. O(n·p + times·p²).
 *
 * S. R. Cole & M. A. Hernán (2004), Computer Methods and Programs in Biomedicine 75, 45–49, for the curves.
 */
export function weightedCurves(
  cohorts: Cohorts,
  spells: CohortSpells,
  {
    estimand = 'overlap',
    interval = 'log-log',
    confidence = 0.95,
  }: { readonly estimand?: Estimand; readonly interval?: IntervalShape; readonly confidence?: number } = {},
): readonly [reference: SurvivalCurve, compared: SurvivalCurve] {
  const weights = cohortWeights(cohorts, estimand);
  const curves = kaplanMeier(weightedSpells(cohorts, spells, weights), { groups: groupsOf(cohorts) });
  return curves.map((curve, side) => {
    const variance = varianceOfLogSurvival(cohorts, spells, weights, curve.table, side);
    return curveOf(curve.table, variance, interval, confidence);
  }) as [SurvivalCurve, SurvivalCurve];
}

/** A difference in mean time up to a horizon, and the means it comes from. */
export type CohortTimeDifference = CohortDifference & {
  /** `waiting`, or what came after it. */
  readonly cause: string;
  readonly horizon: number;
  readonly p: number | null;
};

/**
 * How much more time the second cohort spends waiting, and after each cause, up to a horizon, the cohorts made alike: the
 * headline effect. “On average 56 more days in work in the first year.” The differences add to 0.
 *
 * `weighting: 'none'` compares the cohorts as they are, level 1. Refuses what {@link timesLost} refuses. O(n·p + times·causes).
 */
export function timeDifferences(
  cohorts: Cohorts,
  spells: CohortSpells,
  {
    horizon,
    causes,
    estimand = 'overlap',
    weighting = 'propensity',
    confidence = 0.95,
  }: {
    readonly horizon: number;
    readonly causes: readonly string[];
    readonly estimand?: Estimand;
    readonly weighting?: 'propensity' | 'none';
    readonly confidence?: number;
  },
): Parsed<CohortTimeDifference[]> {
  const weights = weighting === 'none' ? unweighted(cohorts) : cohortWeights(cohorts, estimand);
  const times = timesLost(weightedSpells(cohorts, spells, weights), { horizon, causes, groups: groupsOf(cohorts) });
  if (!times.ok) return times;
  const [reference, compared] = times.value;
  return {
    ok: true,
    value: compared!.map((more, k): CohortTimeDifference => {
      const less = reference![k]!;
      const perWeight = more.influence.map((moved, i) => moved - less.influence[i]!);
      const influence = weighting === 'none' ? perWeight : influenceThroughWeights(cohorts, weights, perWeight);
      const estimate = more.estimate - less.estimate;
      const sure = sureness(cohorts, estimate, influence, confidence);
      return {
        cause: more.cause,
        horizon,
        estimate,
        ...sure,
        smallestDetectable: detectable(sure),
        p: sure.se ? normalTwoSided(estimate / sure.se) : null,
        n: cohorts.people[0] + cohorts.people[1],
        estimand: weighting === 'none' ? 'ate' : estimand,
        means: { reference: less.estimate, compared: more.estimate },
        level: weighting === 'none' ? 1 : 2,
        assumptions: weighting === 'none' ? [RAW_COMPARISON] : HELD_EQUAL,
        influence,
      };
    }),
  };
}

/** How many times as often the event happens in the second cohort, the cohorts made alike: a marginal hazard ratio. */
export type WeightedHazardRatio = LogEffect & {
  /** `estimate` and `ci` are of the logarithm; these are of the ratio. */
  readonly hazardRatio: Ratio;
  /** The error R's coxph(weights, robust) gives: it takes the weights as known. */
  readonly seWeightsKnown: number;
  readonly estimand: Estimand;
  readonly influence: Float64Array;
};

/**
 * Cox regression on the cohort alone under the weights, each cohort's multiplied by its share of people (stabilised).
 *
 * Errors count that the propensity was estimated. A hazard ratio is no time and changes with follow-up: show it beside
 * {@link timeDifferences}, not in its place. Copies use Breslow's ties, so that they are exactly repeated rows.
 * Refuses what {@link fitCox} refuses.
 *
 * M. A. Hernán, B. Brumback & J. M. Robins (2000), Epidemiology 11, 561–570.
 */
export function weightedHazardRatio(
  cohorts: Cohorts,
  spells: CohortSpells,
  {
    estimand = 'overlap',
    cause = 1,
    confidence = 0.95,
    ties = cohorts.counted.weight && cohorts.counted.weightMeaning === 'copies' ? 'breslow' : 'efron',
  }: {
    readonly estimand?: Estimand;
    readonly cause?: number;
    readonly confidence?: number;
    readonly ties?: CoxTies;
  } = {},
): Parsed<WeightedHazardRatio> {
  const { size, belongs, counted } = cohorts;
  const plain = cohortWeights(cohorts, estimand);
  const mass = [0, 0];
  for (let i = 0; i < size; i++) mass[belongs[i]!]! += counted.weight ? counted.weight[i]! : 1;
  const all = mass[0]! + mass[1]!;
  const stabiliser = mass.map((part) => part / all);
  const weights: CohortWeights = {
    estimand,
    weight: plain.weight.map((w, i) => w * stabiliser[belongs[i]!]!),
    slope: plain.slope.map((w, i) => w * stabiliser[belongs[i]!]!),
  };
  const fitted = fitCox(weightedSpells(cohorts, spells, weights), {
    covariates: [{ name: cohorts.names[1], values: belongs }],
    ties,
    cause,
    robust: true,
  });
  if (!fitted.ok) return fitted;
  const [term] = fitted.value.terms;
  const perWeight = fitted.value.influence!;
  const influence = influenceThroughWeights(cohorts, weights, perWeight);
  const seWeightsKnown = cohortError(
    cohorts,
    perWeight.map((moved, i) => moved * weights.weight[i]!),
  );
  // The shares of people are estimated too: a person more in one cohort moves both.
  let viaShare = 0;
  for (let i = 0; i < size; i++) {
    const moved = (counted.weight ? counted.weight[i]! : 1) * plain.weight[i]! * perWeight[i]!;
    viaShare += belongs[i] === 1 ? moved : -moved;
  }
  for (let i = 0; i < size; i++) influence[i]! += (viaShare * (belongs[i]! - stabiliser[1]!)) / all;
  const sure = sureness(cohorts, term!.estimate, influence, confidence);
  return {
    ok: true,
    value: {
      estimate: term!.estimate,
      ...sure,
      smallestDetectable: detectableRatio(sure),
      diagnostics: [...sure.diagnostics, ...fitted.value.diagnostics],
      n: cohorts.people[0] + cohorts.people[1],
      level: 2,
      assumptions: [
        ...HELD_EQUAL,
        {
          what: 'proportional-hazards',
          words: {},
          message:
            'One cohort’s hazard is the other’s times the same number at all times; else the ratio is an average.',
        },
      ],
      hazardRatio: ratioOf(term!.estimate, sure.ci),
      seWeightsKnown,
      estimand,
      influence,
    },
  };
}

function groupsOf({ belongs, names }: Cohorts): Groups {
  return { codes: Int32Array.from(belongs), names };
}

function unweighted({ size }: Cohorts): CohortWeights {
  return { estimand: 'ate', weight: new Float64Array(size).fill(1), slope: new Float64Array(size) };
}

/** The spells with each row's people times its cohort weight. What they are weighs, not counts: so errors are not Greenwood's. */
function weightedSpells({ size, counted }: Cohorts, spells: CohortSpells, { weight }: CohortWeights): Spells {
  if (spells.size !== size) throw new RangeError(`There are ${size} people in the cohorts and ${spells.size} spells.`);
  const { weight: people } = counted;
  return {
    ...spells,
    weight: people ? weight.map((w, i) => w * people[i]!) : weight,
    weightMeaning: 'sampling',
  };
}

/**
 * Variance of ln S at every time of one cohort's table. Row i moves ln S(t) by w·Z_i(t) (see influence.ts) and, through the
 * propensity, by x(A − e)'I⁻¹H(t), H(t) = Σ people·w'·Z(t)·x over the cohort. While a row is followed Z = P + A(t), with
 * A(t) the same for all; so running sums of P and of the followed, times each other, times x(A − e) and times x, give the
 * variance at every time without ever summing over people twice.
 */
function varianceOfLogSurvival(
  { size, belongs, propensity, counted }: Cohorts,
  { from, to, cause, times }: CohortSpells,
  { weight, slope }: CohortWeights,
  table: RiskTable,
  side: number,
): Float64Array {
  const { matrix, names } = propensity.design;
  const k = names.length;
  const { weight: people, clusters } = counted;
  const copies = !clusters && people !== null && counted.weightMeaning === 'copies';
  const unitOf = (i: number): number => (clusters ? clusters.codes[i]! : i);
  const units = clusters ? clusters.names.length : size;
  const each = (i: number): number => (people && !copies ? people[i]! : 1);
  const many = (i: number): number => (copies ? people![i]! : 1);

  // x(A − e), summed within units; and the sum of its squares, over the people of both cohorts.
  const scores = new Float64Array(units * k);
  for (let i = 0; i < size; i++) {
    const pulled = each(i) * propensity.pull[i]!;
    for (let j = 0; j < k; j++) scores[unitOf(i) * k + j]! += pulled * matrix[i * k + j]!;
  }
  const scoreSquares = new Float64Array(k * k);
  for (let u = 0; u < units; u++) {
    const count = copies ? people![u]! : 1;
    for (let j = 0; j < k; j++) {
      const moved = count * scores[u * k + j]!;
      if (moved === 0) continue;
      for (let h = 0; h < k; h++) scoreSquares[j * k + h]! += moved * scores[u * k + h]!;
    }
  }

  const fixed = new Float64Array(units);
  const followed = new Float64Array(units);
  let fixedSquares = 0;
  let cross = 0;
  let followedSquares = 0;
  const fixedScores = new Float64Array(k);
  const followedScores = new Float64Array(k);
  const fixedSlope = new Float64Array(k);
  const followedSlope = new Float64Array(k);
  const change = (i: number, byFixed: number, byFollowed: number): void => {
    const u = unitOf(i);
    const count = many(i);
    const p = fixed[u]!;
    const f = followed[u]!;
    const ofP = each(i) * weight[i]! * byFixed;
    const ofF = each(i) * weight[i]! * byFollowed;
    fixed[u] = p + ofP;
    followed[u] = f + ofF;
    fixedSquares += count * ofP * (2 * p + ofP);
    cross += count * ((p + ofP) * (f + ofF) - p * f);
    followedSquares += count * ofF * (2 * f + ofF);
    const turned = count * each(i) * slope[i]!;
    for (let j = 0; j < k; j++) {
      const score = count * scores[u * k + j]!;
      fixedScores[j]! += ofP * score;
      followedScores[j]! += ofF * score;
      const x = turned * matrix[i * k + j]!;
      fixedSlope[j]! += byFixed * x;
      followedSlope[j]! += byFollowed * x;
    }
  };

  const variance = new Float64Array(table.time.length);
  const going = inOrderOf(to, times.length);
  const coming = from ? inOrderOf(from, times.length) : null;
  let hazard = 0; // A(t)
  if (!coming) for (let i = 0; i < size; i++) if (belongs[i] === side) change(i, 0, 1);
  for (let j = 0, at = 0; j < times.length; j++) {
    if (coming) {
      for (let a = coming.start[j]!; a < coming.start[j + 1]!; a++) {
        const i = coming.order[a]!;
        if (belongs[i] === side) change(i, -hazard, 1);
      }
    }
    if (at >= table.place.length || table.place[at] !== j) continue;
    const n = table.atRisk[at]!;
    const d = table.events[at]!;
    if (n === d) return variance.fill(Infinity, at); // S = 0 from here on
    hazard += d / (n * (n - d));
    for (let a = going.start[j]!; a < going.start[j + 1]!; a++) {
      const i = going.order[a]!;
      if (belongs[i] === side) change(i, hazard - (cause[i]! > 0 ? 1 / (n - d) : 0), -1);
    }
    const direction = solve(
      propensity.information,
      fixedSlope.map((part, l) => part + hazard * followedSlope[l]!),
    );
    let total = fixedSquares + 2 * hazard * cross + hazard * hazard * followedSquares;
    for (let l = 0; l < k; l++) {
      let through = 2 * (fixedScores[l]! + hazard * followedScores[l]!);
      for (let h = 0; h < k; h++) through += scoreSquares[l * k + h]! * direction[h]!;
      total += direction[l]! * through;
    }
    variance[at] = Math.max(0, total);
    at++;
  }
  return variance;
}
