import { refuse, type Parsed } from '@meedoen/units';
import { balanceOf, refuseTooDifferent, type Balance, type ComparisonLimits } from './balance.ts';
import { declarationNotes, refuseMismatch, type CohortDeclaration } from './cohort-declaration.ts';
import {
  doublyRobustDifference,
  rawDifference,
  standardisedDifference,
  weightedDifference,
  type CohortDifference,
  type DoublyRobustDifference,
  type ModelOptions,
} from './cohort-means.ts';
import {
  timeDifferences,
  weightedCurves,
  weightedHazardRatio,
  type CohortSpells,
  type CohortTimeDifference,
  type WeightedHazardRatio,
} from './cohort-survival.ts';
import { readCohorts, sureness, type CohortColumns, type Cohorts, type Estimand } from './cohorts.ts';
import { eValue, eValueOfDifference, eValueOfHazardRatio, type EValue } from './e-value.ts';
import { ratioOf, type Note } from './estimate.ts';
import type { IntervalShape, SurvivalCurve } from './survival-curve.ts';

/** Two cohorts, how each is counted, and what is held equal. */
export type ComparisonRequest = {
  /** The reference first; names as in the data. */
  readonly declared: readonly [reference: CohortDeclaration, compared: CohortDeclaration];
  readonly columns: CohortColumns;
  /** Default `overlap`. */
  readonly estimand?: Estimand;
  readonly limits?: ComparisonLimits;
  readonly confidence?: number;
};

/**
 * A comparison of two cohorts that are counted alike. `raw` describes; `adjusted` compares people alike, or is the refusal
 * to do so, with the reason and what data would mend it. A raw difference of cohorts too different can have the wrong sign.
 */
export type CohortComparison<Raw, Adjusted> = {
  readonly declared: readonly [reference: CohortDeclaration, compared: CohortDeclaration];
  /** `null` without characteristics, or when they tell the cohorts apart without exception. */
  readonly balance: Balance | null;
  readonly raw: Raw;
  readonly adjusted: Parsed<Adjusted>;
  readonly notes: readonly Note[];
};

/** A mean outcome, three ways. Where the ways disagree, a model is wrong: look at the balance and at the models. */
export type AdjustedMean = {
  readonly headline: DoublyRobustDifference;
  readonly weighted: CohortDifference;
  readonly standardised: CohortDifference;
  readonly eValue: EValue | null;
};

/** Time until something: days gained, the curves they come from, and a hazard ratio beside them. */
export type AdjustedTime = {
  /** Waiting, then each cause; they add to 0. */
  readonly headline: readonly CohortTimeDifference[];
  readonly curves: readonly [reference: SurvivalCurve, compared: SurvivalCurve];
  readonly hazardRatio: Parsed<WeightedHazardRatio>;
  readonly eValue: EValue | null;
};

/**
 * Compare the mean of an outcome that is measured once per person.
 *
 * Refuses cohorts that are counted differently (clock, who counts, what is measured: all differences in one message), names
 * that are not those in the data, and unusable columns. Cohorts too different to compare are refused within the answer.
 */
export function compareMeans(
  request: ComparisonRequest,
  options: ModelOptions,
): Parsed<CohortComparison<CohortDifference, AdjustedMean>> {
  const asked: ModelOptions = { ...withDefaults(request), ...options };
  return compare(
    request,
    (cohorts) => rawDifference(cohorts, asked),
    (cohorts) => {
      const headline = doublyRobustDifference(cohorts, asked);
      if (!headline.ok) return headline;
      const weighted = weightedDifference(cohorts, asked);
      if (!weighted.ok) return weighted;
      const standardised = standardisedDifference(cohorts, asked);
      if (!standardised.ok) return standardised;
      return {
        ok: true,
        value: {
          headline: headline.value,
          weighted: weighted.value,
          standardised: standardised.value,
          eValue: eValueOfMeans(cohorts, asked, headline.value),
        },
      };
    },
  );
}

/** Compare the time until something happens, all ways to leave together. Refuses as {@link compareMeans}, and as {@link timeDifferences}. */
export function compareTimes(
  request: ComparisonRequest,
  {
    spells,
    horizon,
    causes,
    interval = 'log-log',
  }: {
    readonly spells: CohortSpells;
    readonly horizon: number;
    readonly causes: readonly string[];
    readonly interval?: IntervalShape;
  },
): Parsed<CohortComparison<readonly CohortTimeDifference[], AdjustedTime>> {
  const asked = { ...withDefaults(request), horizon, causes };
  return compare(
    request,
    (cohorts) => timeDifferences(cohorts, spells, { ...asked, weighting: 'none' }),
    (cohorts) => {
      const headline = timeDifferences(cohorts, spells, asked);
      if (!headline.ok) return headline;
      const hazardRatio = weightedHazardRatio(cohorts, spells, asked);
      const ratio = hazardRatio.ok ? hazardRatio.value.hazardRatio : null;
      return {
        ok: true,
        value: {
          headline: headline.value,
          curves: weightedCurves(cohorts, spells, { ...asked, interval }),
          hazardRatio,
          eValue:
            ratio &&
            eValueOfHazardRatio(
              { estimate: ratio.estimate, lower: ratio.ci.lower, upper: ratio.ci.upper },
              { rare: isRare(cohorts, spells) },
            ),
        },
      };
    },
  );
}

function withDefaults({ estimand = 'overlap', confidence = 0.95 }: ComparisonRequest): {
  estimand: Estimand;
  confidence: number;
} {
  return { estimand, confidence };
}

function compare<Raw, Adjusted>(
  request: ComparisonRequest,
  describe: (cohorts: Cohorts) => Parsed<Raw>,
  adjust: (cohorts: Cohorts) => Parsed<Adjusted>,
): Parsed<CohortComparison<Raw, Adjusted>> {
  const { declared, columns, limits } = request;
  const [reference, compared] = declared;
  const mismatch = refuseMismatch(reference, compared);
  if (mismatch) return mismatch;
  const [first, second] = columns.cohort.names;
  if (columns.cohort.names.length === 2 && (first !== reference.name || second !== compared.name)) {
    return refuse(
      'cohort-not-declared',
      `The data hold the cohorts ${first} and ${second}, and ${reference.name} and ${compared.name} are declared. Use the names of the data, the reference first.`,
      { found: `${first}, ${second}`, expected: `${reference.name}, ${compared.name}` },
    );
  }

  // As they are: with nothing held equal everybody weighs the same.
  const plain = readCohorts({ ...columns, characteristics: [] });
  if (!plain.ok) return plain;
  const raw = describe(plain.value);
  if (!raw.ok) return raw;
  const answer = (balance: Balance | null, adjusted: Parsed<Adjusted>): Parsed<CohortComparison<Raw, Adjusted>> => ({
    ok: true,
    value: { declared, balance, raw: raw.value, adjusted, notes: declarationNotes(reference) },
  });
  if (columns.characteristics.length === 0) {
    return answer(
      null,
      refuse(
        'nothing-held-equal',
        'No characteristic is held equal, so there is only the raw comparison. Name what the cohorts may differ in, such as age, education and time since arrival.',
      ),
    );
  }
  const cohorts = readCohorts(columns);
  if (!cohorts.ok) return cohorts.problem.what === 'groups-too-different' ? answer(null, cohorts) : cohorts;
  const balance = balanceOf(cohorts.value, withDefaults(request).estimand);
  const adjusted = refuseTooDifferent(cohorts.value, balance, limits) ?? adjust(cohorts.value);
  // A cell that cannot be used is a fault in the data, not an answer about the cohorts.
  return !adjusted.ok && 'row' in adjusted.problem.words ? adjusted : answer(balance, adjusted);
}

/** From the ratio of weighted shares for an outcome of 0 and 1, else from the difference in standard deviations. */
function eValueOfMeans(cohorts: Cohorts, options: ModelOptions, { estimate, se }: CohortDifference): EValue | null {
  const { outcome } = options;
  const binary = Array.from(outcome).every((y) => y === 0 || y === 1);
  if (!binary) return eValueOfDifference(estimate, se, spreadWithin(cohorts, outcome));
  // Each side's own mean and influence: the difference when the other side's outcomes are 0.
  const side = (code: number): CohortDifference | null => {
    const only = weightedDifference(cohorts, {
      ...options,
      outcome: Array.from(outcome, (y, i) => (cohorts.belongs[i] === code ? y : 0)),
    });
    return only.ok ? only.value : null;
  };
  const compared = side(1);
  const reference = side(0);
  if (!compared || !reference || compared.estimate <= 0 || reference.estimate >= 0) return null;
  const log = Math.log(compared.estimate / -reference.estimate);
  const influence = compared.influence.map(
    (moved, i) => moved / compared.estimate - reference.influence[i]! / reference.estimate,
  );
  const { ci } = sureness(cohorts, log, influence, options.confidence);
  const ratio = ratioOf(log, ci);
  return eValue({ estimate: ratio.estimate, lower: ratio.ci.lower, upper: ratio.ci.upper });
}

/** Below 15 % of the people the hazard ratio is near enough a risk ratio. */
function isRare({ size, counted, people }: Cohorts, { cause }: CohortSpells): boolean {
  let events = 0;
  for (let i = 0; i < size; i++) {
    if (cause[i] === 1) events += counted.weight && counted.weightMeaning === 'copies' ? counted.weight[i]! : 1;
  }
  return events < 0.15 * (people[0] + people[1]);
}

/** The standard deviation of an outcome within cohorts, pooled. */
function spreadWithin({ size, belongs, people, counted }: Cohorts, outcome: ArrayLike<number>): number {
  const total = [0, 0];
  const mass = [0, 0];
  const weightOf = (i: number): number => (counted.weight ? counted.weight[i]! : 1);
  for (let i = 0; i < size; i++) {
    mass[belongs[i]!]! += weightOf(i);
    total[belongs[i]!]! += weightOf(i) * outcome[i]!;
  }
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const side = belongs[i]!;
    squares += weightOf(i) * (outcome[i]! - total[side]! / mass[side]!) ** 2;
  }
  const all = people[0] + people[1];
  return Math.sqrt((squares / (mass[0]! + mass[1]!)) * (all / (all - 2)));
}
