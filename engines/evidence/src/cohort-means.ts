import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import { RAW_COMPARISON } from './assumptions.ts';
import {
  cohortError,
  cohortWeights,
  gradientOf,
  influenceThroughWeights,
  sureness,
  targetOf,
  type Cohorts,
  type Estimand,
} from './cohorts.ts';
import { detectable, type Effect } from './detectable.ts';
import type { Estimate, Note } from './estimate.ts';
import { leastSquares } from './least-squares.ts';
import type { LinearDesign } from './linear-design.ts';
import { fitLogistic } from './logistic.ts';
import { influenceThrough, type ModelFit } from './model-fit.ts';

/**
 * How much higher the mean outcome is in the second cohort than in the first, once they are made alike.
 * `influence` holds one number per row; weighted as the rows are, it sums to 0 and gives `se`.
 */
export type CohortDifference = Effect & {
  readonly estimand: Estimand;
  /** Mean outcome of each cohort; `null` where the method gives only their difference. */
  readonly means: { readonly reference: number; readonly compared: number } | null;
  readonly influence: Float64Array;
};

/** An outcome measured once per person: a number, or 0 and 1. */
export type MeanOptions = {
  readonly outcome: ArrayLike<number>;
  /** What the outcome column is called, for refusals. */
  readonly column?: string;
  /** Default `overlap`: the comparison with the least noise, of people who could have been in either cohort. */
  readonly estimand?: Estimand;
  readonly confidence?: number;
};

export type ModelOptions = MeanOptions & {
  /** `linear` for numbers, `logistic` for 0 and 1. Default `linear`. */
  readonly outcomeModel?: 'linear' | 'logistic';
  /** Characteristics with which the difference may vary. Default `everything`: each cohort has a model of its own. */
  readonly effectVariesWith?: 'everything' | readonly string[];
};

const HELD_EQUAL: Note = {
  what: 'no-other-differences',
  words: {},
  message: 'The cohorts differ in nothing else that matters for the outcome but the named characteristics.',
};
const COMMON_SUPPORT: Note = {
  what: 'common-support',
  words: {},
  message: 'For everybody the comparison speaks about there are people alike in both cohorts.',
};
const PROPENSITY_RIGHT: Note = {
  what: 'propensity-model',
  words: {},
  message: 'The logistic model of who is in which cohort is right.',
};
const OUTCOME_RIGHT: Note = {
  what: 'outcome-model',
  words: {},
  message: 'The model of the outcome is right.',
};
const ONE_OF_BOTH_RIGHT: Note = {
  what: 'one-model-right',
  words: {},
  message: 'The model of who is in which cohort or the model of the outcome is right; one of them is enough.',
};

/** The plain difference of means. A raw comparison, level 1: the cohorts differ in more than their name. */
export function rawDifference(
  cohorts: Cohorts,
  { outcome, column, confidence }: MeanOptions,
): Parsed<CohortDifference> {
  const refused = refuseOutcome(cohorts, outcome, column);
  if (refused) return refused;
  const { sides, influence } = weightedMeans(cohorts, outcome, null);
  return finish(cohorts, sides, influence, 'ate', confidence, {
    level: 1,
    assumptions: [RAW_COMPARISON],
  });
}

/**
 * Inverse probability weighting, each cohort's weights made to add to 1 (Hájek 1971): Σwy/Σw per cohort.
 *
 * Errors count that the propensity was estimated, by stacking its influence; taking it as known would make them too large.
 * Refuses an outcome that is not a number, and what {@link readCohorts} refused. O(n·p).
 *
 * J. K. Lunceford & M. Davidian (2004), Statistics in Medicine 23, 2937–2960.
 */
export function weightedDifference(
  cohorts: Cohorts,
  { outcome, column, estimand = 'overlap', confidence }: MeanOptions,
): Parsed<CohortDifference> {
  const refused = refuseOutcome(cohorts, outcome, column);
  if (refused) return refused;
  const weights = cohortWeights(cohorts, estimand);
  const { sides, influence } = weightedMeans(cohorts, outcome, weights.weight);
  const stacked = influenceThroughWeights(cohorts, weights, influence);
  return finish(cohorts, sides, stacked, estimand, confidence, {
    level: 2,
    assumptions: [HELD_EQUAL, COMMON_SUPPORT, PROPENSITY_RIGHT],
  });
}

/** Each cohort's weighted mean, and what their difference moves by when a row's total weight grows by one. */
function weightedMeans(
  { size, belongs, counted }: Cohorts,
  outcome: ArrayLike<number>,
  weight: Float64Array | null,
): { readonly sides: [number, number]; readonly influence: Float64Array } {
  const total = [0, 0];
  const mass = [0, 0];
  for (let i = 0; i < size; i++) {
    const w = (counted.weight ? counted.weight[i]! : 1) * (weight ? weight[i]! : 1);
    total[belongs[i]!]! += w * outcome[i]!;
    mass[belongs[i]!]! += w;
  }
  const sides: [number, number] = [total[0]! / mass[0]!, total[1]! / mass[1]!];
  const influence = Float64Array.from(belongs, (side, i) => {
    const moved = (outcome[i]! - sides[side]!) / mass[side]!;
    return side === 1 ? moved : -moved;
  });
  return { sides, influence };
}

/**
 * Horvitz–Thompson's form of the same: the weights are divided by the number of people, not by their own sum. Kept for
 * comparison; it is noisier, and it moves when a constant is added to the outcome.
 */
export function horvitzThompson(
  cohorts: Cohorts,
  { outcome, column, estimand = 'overlap', confidence }: MeanOptions,
): Parsed<CohortDifference> {
  const refused = refuseOutcome(cohorts, outcome, column);
  if (refused) return refused;
  const { size, belongs, propensity, counted } = cohorts;
  const { weight, slope } = cohortWeights(cohorts, estimand);
  const target = targetOf(cohorts, estimand, 'modelled');
  let mass = 0;
  const sides: [number, number] = [0, 0];
  for (let i = 0; i < size; i++) {
    const people = counted.weight ? counted.weight[i]! : 1;
    mass += people * target.share[i]!;
    sides[belongs[i]!]! += people * weight[i]! * outcome[i]!;
  }
  sides[0] /= mass;
  sides[1] /= mass;
  const estimate = sides[1] - sides[0];
  const direct = new Float64Array(size);
  const gradient = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const signed = belongs[i] === 1 ? outcome[i]! : -outcome[i]!;
    direct[i] = (weight[i]! * signed - estimate * target.share[i]!) / mass;
    gradient[i] = (slope[i]! * signed - estimate * target.slope[i]!) / mass;
  }
  const through = influenceThrough(propensity, gradientOf(cohorts, propensity.design, gradient));
  return finish(cohorts, sides, addTo(direct, through), estimand, confidence, {
    level: 2,
    assumptions: [HELD_EQUAL, COMMON_SUPPORT, PROPENSITY_RIGHT],
  });
}

/**
 * The g-formula (standardisation): predict everybody's outcome in either cohort, and average the difference over the people
 * the estimand speaks about. Errors by stacking the influence of the fitted models. Refuses what the models refuse.
 *
 * J. M. Robins (1986), Mathematical Modelling 7, 1393–1512.
 */
export function standardisedDifference(cohorts: Cohorts, options: ModelOptions): Parsed<CohortDifference> {
  const { outcome, column, estimand = 'overlap', confidence } = options;
  const refused = refuseOutcome(cohorts, outcome, column);
  if (refused) return refused;
  const models = outcomeModels(cohorts, options);
  if (!models.ok) return models;
  const { size, propensity, counted } = cohorts;
  const [first, second] = models.value;
  const target = targetOf(cohorts, estimand, 'counted');
  let mass = 0;
  const sides: [number, number] = [0, 0];
  for (let i = 0; i < size; i++) {
    const share = (counted.weight ? counted.weight[i]! : 1) * target.share[i]!;
    mass += share;
    sides[0] += share * first.predicted[i]!;
    sides[1] += share * second.predicted[i]!;
  }
  sides[0] /= mass;
  sides[1] /= mass;
  const estimate = sides[1] - sides[0];
  const influence = new Float64Array(size);
  const viaTarget = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const off = second.predicted[i]! - first.predicted[i]! - estimate;
    influence[i] = (target.share[i]! * off) / mass;
    viaTarget[i] = (target.slope[i]! * off) / mass;
  }
  addTo(influence, influenceThrough(propensity, gradientOf(cohorts, propensity.design, viaTarget)));
  const inMeans = target.share.map((share) => share / mass);
  addTo(influence, influenceOfModels(cohorts, models.value, inMeans, inMeans));
  return finish(cohorts, sides, influence, estimand, confidence, {
    level: 2,
    assumptions: [HELD_EQUAL, COMMON_SUPPORT, OUTCOME_RIGHT],
  });
}

/** {@link doublyRobustDifference} also gives the error of the efficient influence function, right when both models are. */
export type DoublyRobustDifference = CohortDifference & { readonly seEfficient: number };

/**
 * Augmented inverse probability weighting: the g-formula, corrected by the weighted residuals. Right when either the model
 * of the outcome or the model of who is in which cohort is right: the headline.
 *
 * `se` stacks the influence of all fitted models, so that it too stands when only one of them is right; `seEfficient` is
 * the plain sd/√n of the efficient scores, rows taken one by one. Refuses what the models refuse. O(iterations·n·p²).
 *
 * J. M. Robins, A. Rotnitzky & L. P. Zhao (1994), JASA 89, 846–866. L. A. Stefanski & D. D. Boos (2002), The American
 * Statistician 56, 29–38, for stacking.
 */
export function doublyRobustDifference(cohorts: Cohorts, options: ModelOptions): Parsed<DoublyRobustDifference> {
  const { outcome, column, estimand = 'overlap', confidence } = options;
  const refused = refuseOutcome(cohorts, outcome, column);
  if (refused) return refused;
  const models = outcomeModels(cohorts, options);
  if (!models.ok) return models;
  const { size, belongs, propensity, counted } = cohorts;
  const [first, second] = models.value;
  const { weight, slope } = cohortWeights(cohorts, estimand);
  const target = targetOf(cohorts, estimand, 'counted');
  let mass = 0;
  const sides: [number, number] = [0, 0];
  for (let i = 0; i < size; i++) {
    const people = counted.weight ? counted.weight[i]! : 1;
    mass += people * target.share[i]!;
    sides[0] += people * target.share[i]! * first.predicted[i]!;
    sides[1] += people * target.share[i]! * second.predicted[i]!;
    sides[belongs[i]!]! += people * weight[i]! * residual(i);
  }
  function residual(i: number): number {
    return outcome[i]! - (belongs[i] === 1 ? second : first).predicted[i]!;
  }
  sides[0] /= mass;
  sides[1] /= mass;
  const estimate = sides[1] - sides[0];

  const influence = new Float64Array(size);
  const viaPropensity = new Float64Array(size);
  const inFirst = new Float64Array(size);
  const inSecond = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const off = second.predicted[i]! - first.predicted[i]! - estimate;
    const signed = belongs[i] === 1 ? residual(i) : -residual(i);
    influence[i] = (target.share[i]! * off + weight[i]! * signed) / mass;
    viaPropensity[i] = (target.slope[i]! * off + slope[i]! * signed) / mass;
    inSecond[i] = (target.share[i]! - (belongs[i] === 1 ? weight[i]! : 0)) / mass;
    inFirst[i] = (target.share[i]! - (belongs[i] === 1 ? 0 : weight[i]!)) / mass;
  }
  // The efficient scores leave the fitted models out; their mean is 0, so n − 1 makes their variance that of a sample.
  const people = cohorts.people[0] + cohorts.people[1];
  const seEfficient = cohortError(cohorts, influence) * Math.sqrt(people / (people - 1));
  addTo(influence, influenceThrough(propensity, gradientOf(cohorts, propensity.design, viaPropensity)));
  addTo(influence, influenceOfModels(cohorts, models.value, inFirst, inSecond));
  const difference = finish(cohorts, sides, influence, estimand, confidence, {
    level: 2,
    assumptions: [HELD_EQUAL, COMMON_SUPPORT, ONE_OF_BOTH_RIGHT],
  });
  return difference.ok ? { ok: true, value: { ...difference.value, seEfficient } } : difference;
}

/** Predictions for one cohort: for everybody, as if they were in it. */
type OutcomeModel = {
  readonly fit: ModelFit;
  /** Rows as if in this cohort, in the coordinates of the fit's design. */
  readonly rows: Float64Array;
  readonly predicted: Float64Array;
  /** How predictions move with the linear predictor: 1, or m(1 − m). */
  readonly slope: Float64Array;
};

function outcomeModels(
  cohorts: Cohorts,
  { outcome, column = 'outcome', outcomeModel = 'linear', effectVariesWith = 'everything' }: ModelOptions,
): Parsed<readonly [OutcomeModel, OutcomeModel]> {
  const { size, belongs, propensity, counted, characteristics } = cohorts;
  const { design } = propensity;
  const fitTo = (columns: LinearDesign, emphasis?: ArrayLike<number>): Parsed<ModelFit> => {
    const options = { weight: counted.weight, column, ...(emphasis && { emphasis }) };
    return outcomeModel === 'linear' ? leastSquares(columns, outcome, options) : fitLogistic(columns, outcome, options);
  };
  const predict = (fit: ModelFit, rows: Float64Array): OutcomeModel => {
    const k = fit.beta.length;
    const predicted = new Float64Array(size);
    const slope = new Float64Array(size).fill(1);
    for (let i = 0; i < size; i++) {
      let linear = 0;
      for (let j = 0; j < k; j++) linear += rows[i * k + j]! * fit.beta[j]!;
      predicted[i] = outcomeModel === 'linear' ? linear : 1 / (1 + Math.exp(-linear));
      if (outcomeModel === 'logistic') slope[i] = predicted[i]! * (1 - predicted[i]!);
    }
    return { fit, rows, predicted, slope };
  };

  if (effectVariesWith === 'everything') {
    const models: OutcomeModel[] = [];
    for (const side of [0, 1]) {
      const fit = fitTo(
        design,
        belongs.map((code) => Number(code === side)),
      );
      if (!fit.ok) return inCohort(fit, cohorts.names[side]!);
      models.push(predict(fit.value, design.matrix));
    }
    return { ok: true, value: [models[0]!, models[1]!] };
  }

  const varying: number[] = [];
  for (const name of effectVariesWith) {
    const at = characteristics.findIndex((one) => one.name === name);
    if (at < 0) {
      return refuse(
        'characteristic-not-listed',
        `The effect cannot vary with ${name}, because it is not among the characteristics: ${characteristics.map((one) => one.name).join(', ')}. Add it, or leave it out here.`,
        { column: name },
      );
    }
    varying.push(at + 1);
  }
  // One model for both: the characteristics, the cohort, and the cohort times each characteristic named.
  const k = design.names.length;
  const width = k + 1 + varying.length;
  const rowsAs = (side: (i: number) => number): Float64Array => {
    const rows = new Float64Array(size * width);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < k; j++) rows[i * width + j] = design.matrix[i * k + j]!;
      rows[i * width + k] = side(i);
      for (const [at, j] of varying.entries()) rows[i * width + k + 1 + at] = side(i) * design.matrix[i * k + j]!;
    }
    return rows;
  };
  const shared: LinearDesign = {
    size,
    names: [...design.names, 'cohort', ...effectVariesWith.map((name) => `cohort × ${name}`)],
    matrix: rowsAs((i) => belongs[i]!),
    mean: Float64Array.from({ length: width }, (_, j) => design.mean[j] ?? 0),
    spread: Float64Array.from({ length: width }, (_, j) => design.spread[j] ?? 1),
  };
  const fit = fitTo(shared);
  if (!fit.ok) return fit;
  return {
    ok: true,
    value: [
      predict(
        fit.value,
        rowsAs(() => 0),
      ),
      predict(
        fit.value,
        rowsAs(() => 1),
      ),
    ],
  };
}

/** A refusal of a model that was fitted on one cohort says so; one of a cell names the cell already. */
function inCohort(refusal: Extract<Parsed<never>, { ok: false }>, name: string): Extract<Parsed<never>, { ok: false }> {
  const { problem } = refusal;
  if ('row' in problem.words) return refusal;
  return { ok: false, problem: { ...problem, message: `Cohort ${name}: ${problem.message}` } };
}

/**
 * Influence of the fitted outcome models on Σ people·(inSecond·m₁ − inFirst·m₀). When both predictions come from one fit
 * their slopes are added first.
 */
function influenceOfModels(
  cohorts: Cohorts,
  [first, second]: readonly [OutcomeModel, OutcomeModel],
  inFirst: Float64Array,
  inSecond: Float64Array,
): Float64Array {
  const slopeOf = ({ fit, rows, slope }: OutcomeModel, parts: Float64Array): Float64Array =>
    gradientOf(
      cohorts,
      { ...fit.design, matrix: rows },
      parts.map((part, i) => part * slope[i]!),
    );
  const up = slopeOf(second, inSecond);
  const down = slopeOf(first, inFirst).map((part) => -part);
  if (first.fit === second.fit) return influenceThrough(first.fit, addTo(up, down));
  return addTo(influenceThrough(second.fit, up), influenceThrough(first.fit, down));
}

function addTo(total: Float64Array, more: Float64Array): Float64Array {
  for (let i = 0; i < total.length; i++) total[i]! += more[i]!;
  return total;
}

function refuseOutcome(
  { size }: Cohorts,
  outcome: ArrayLike<number>,
  column = 'outcome',
): ReturnType<typeof refuse> | null {
  if (outcome.length !== size) {
    return refuse(
      'columns-differ-in-length',
      `Column ${column} has ${outcome.length} rows and there are ${size} people. Give every column one value per row.`,
      { column, rows: outcome.length, expected: size },
    );
  }
  for (let i = 0; i < size; i++) {
    if (!Number.isFinite(outcome[i]!)) {
      const message = `${outcome[i]} is not a number. Write a number, or leave the row out.`;
      return refuseCell('outcome-not-usable', column, i, message, { found: String(outcome[i]) });
    }
  }
  return null;
}

function finish(
  cohorts: Cohorts,
  [reference, compared]: readonly [number, number],
  influence: Float64Array,
  estimand: Estimand,
  confidence: number | undefined,
  said: Pick<Estimate, 'level' | 'assumptions'>,
): Parsed<CohortDifference> {
  const estimate = compared - reference;
  const { se, ci, diagnostics } = sureness(cohorts, estimate, influence, confidence);
  return {
    ok: true,
    value: {
      estimate,
      se,
      ci,
      smallestDetectable: detectable({ se, ci }),
      n: cohorts.people[0] + cohorts.people[1],
      ...said,
      diagnostics,
      estimand,
      means: { reference, compared },
      influence,
    },
  };
}
