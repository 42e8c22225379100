import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import type { Covariate } from './covariates.ts';
import type { Estimate } from './estimate.ts';
import { intervalByClusters } from './few-clusters.ts';
import { refuseUnlessTwo, type Groups } from './groups.ts';
import { varianceFromInfluence, type Counted } from './influence-variance.ts';
import { linearDesign, type LinearDesign } from './linear-design.ts';
import { fitLogistic, type LogisticFit } from './logistic.ts';
import { influenceThrough } from './model-fit.ts';
import type { WeightMeaning } from './spells.ts';

/**
 * About whom a comparison speaks. `ate`: everybody in both cohorts; `att`: people like those in the second cohort;
 * `atc`: people like those in the first; `overlap`: people who could have been in either, the more so the more they could.
 */
export type Estimand = 'ate' | 'att' | 'atc' | 'overlap';

/** What a caller hands in: one entry per person (or row of alike people). */
export type CohortColumns = {
  /** Two groups: the reference first, then the cohort that is compared with it. */
  readonly cohort: Groups;
  /** What is held equal. None: the groups are compared as they are. */
  readonly characteristics: readonly Covariate[];
  readonly weight?: ArrayLike<number>;
  readonly weightMeaning?: WeightMeaning;
  /** Rows of one household or location. */
  readonly clusters?: Groups;
};

/**
 * Two cohorts and the share of people like each person who are in the second: the propensity e(x), from a logistic
 * regression on the characteristics (Rosenbaum & Rubin 1983). Every comparison in this room starts here.
 */
export type Cohorts = {
  readonly size: number;
  readonly names: readonly [reference: string, compared: string];
  /** 1 in the second cohort, 0 in the first. */
  readonly belongs: Uint8Array;
  /** Rows per cohort, and people: their copies, or rows. */
  readonly rows: readonly [number, number];
  readonly people: readonly [number, number];
  readonly characteristics: readonly Covariate[];
  readonly propensity: LogisticFit;
  readonly counted: Counted & { readonly clusters: Groups | undefined };
};

/**
 * Check the columns and fit the propensity. Refuses other than two groups, an empty group, weights that are not above 0,
 * unusable or dependent characteristics, and characteristics that tell the cohorts apart without exception: then nobody is
 * left to compare with. O(iterations·n·p²).
 */
export function readCohorts(columns: CohortColumns): Parsed<Cohorts> {
  const { cohort, characteristics, weight, weightMeaning = 'copies', clusters } = columns;
  const size = cohort.codes.length;
  const several = refuseUnlessTwo(cohort);
  if (several) return several;
  if (weight && weight.length !== size) {
    return refuse(
      'columns-differ-in-length',
      `Column weight has ${weight.length} rows and there are ${size} people. Give every column one value per row.`,
      { column: 'weight', rows: weight.length, expected: size },
    );
  }
  if (clusters && clusters.codes.length !== size) {
    throw new RangeError(`There are ${size} people and ${clusters.codes.length} clusters.`);
  }
  const rows: [number, number] = [0, 0];
  const people: [number, number] = [0, 0];
  const belongs = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const w = weight ? weight[i]! : 1;
    if (!(w > 0 && w < Infinity)) {
      const message = `${w} is not a weight. Write a number above 0, or leave the row out.`;
      return refuseCell('weight-not-usable', 'weight', i, message, { found: String(w) });
    }
    const side = cohort.codes[i] === 1 ? 1 : 0;
    belongs[i] = side;
    rows[side]++;
    people[side] += weightMeaning === 'copies' ? w : 1;
  }
  const names = [cohort.names[0]!, cohort.names[1]!] as const;
  for (const side of [0, 1] as const) {
    if (rows[side] === 0) {
      return refuse('group-empty', `Cohort ${names[side]} has no rows. Give people of both cohorts.`, {
        group: names[side],
      });
    }
  }
  const design = linearDesign(characteristics, size);
  if (!design.ok) return design;
  const counts = weight ? Float64Array.from(weight) : null;
  const propensity = fitLogistic(design.value, belongs, { weight: counts, column: 'cohort' });
  if (!propensity.ok) {
    const { what, words } = propensity.problem;
    if (what !== 'separation') return propensity;
    const { column = '' } = words;
    return refuse(
      'groups-too-different',
      `These groups are too different to compare: ${column}, alone or with other characteristics, tells ${names[0]} and ${names[1]} apart without exception, so some people have nobody to be compared with. Compare only people who occur in both cohorts, merge rare categories, or find people of both cohorts who are alike in ${column}.`,
      { column, reference: names[0], compared: names[1], because: 'separation' },
    );
  }
  return {
    ok: true,
    value: {
      size,
      names,
      belongs,
      rows,
      people,
      characteristics,
      propensity: propensity.value,
      counted: { weight: counts, weightMeaning, clusters },
    },
  };
}

/**
 * Weights that make both cohorts look like the people an estimand speaks about: h(e)/e in the second cohort and
 * h(e)/(1 − e) in the first, h = 1, e, 1 − e or e(1 − e).
 *
 * F. Li, K. L. Morgan & A. M. Zaslavsky (2018), JASA 113, 390–400.
 */
export type CohortWeights = {
  readonly estimand: Estimand;
  /** Per row, for the cohort it is in, beside the people it stands for. */
  readonly weight: Float64Array;
  /** How weights move with the linear predictor of the propensity. */
  readonly slope: Float64Array;
};

export function cohortWeights({ size, belongs, propensity }: Cohorts, estimand: Estimand): CohortWeights {
  const weight = new Float64Array(size);
  const slope = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const e = propensity.fitted[i]!;
    const own = belongs[i] === 1 ? e : 1 - e; // the share of people like this one in the own cohort
    const other = 1 - own;
    const sign = belongs[i] === 1 ? 1 : -1;
    const speaksOfOwn = (estimand === 'att') === (belongs[i] === 1);
    if (estimand === 'ate') {
      weight[i] = 1 / own;
      slope[i] = (-sign * other) / own;
    } else if (estimand === 'overlap') {
      weight[i] = other;
      slope[i] = -sign * own * other;
    } else if (speaksOfOwn) {
      weight[i] = 1;
    } else {
      weight[i] = other / own;
      slope[i] = (-sign * other) / own;
    }
  }
  return { estimand, weight, slope };
}

/**
 * How much each row belongs to the people an estimand speaks about, and how that moves with the linear predictor. For ATT
 * and ATC either the people of that cohort are `counted`, or each row's share of them is `modelled`.
 */
export function targetOf(
  { size, belongs, propensity }: Cohorts,
  estimand: Estimand,
  from: 'counted' | 'modelled',
): { readonly share: Float64Array; readonly slope: Float64Array } {
  const share = new Float64Array(size).fill(1);
  const slope = new Float64Array(size);
  if (estimand === 'ate') return { share, slope };
  for (let i = 0; i < size; i++) {
    const e = propensity.fitted[i]!;
    if (estimand === 'overlap') {
      share[i] = e * (1 - e);
      slope[i] = e * (1 - e) * (1 - 2 * e);
    } else {
      const side = estimand === 'att' ? 1 : 0;
      share[i] = from === 'counted' ? Number(belongs[i] === side) : side === 1 ? e : 1 - e;
      slope[i] = from === 'counted' ? 0 : (side === 1 ? 1 : -1) * e * (1 - e);
    }
  }
  return { share, slope };
}

/**
 * The influence of each row on a weighted estimate, its part in the propensity included: `perWeight` is what the estimate
 * moves by when the row's total weight grows by one.
 */
export function influenceThroughWeights(
  cohorts: Cohorts,
  { weight, slope }: CohortWeights,
  perWeight: Float64Array,
): Float64Array {
  const { size, propensity } = cohorts;
  const gradient = gradientOf(
    cohorts,
    propensity.design,
    slope.map((turned, i) => turned * perWeight[i]!),
  );
  const influence = influenceThrough(propensity, gradient);
  for (let i = 0; i < size; i++) influence[i]! += weight[i]! * perWeight[i]!;
  return influence;
}

/** Σ people·part·x over the rows: how a sum of parts moves with the coefficients of a model. */
export function gradientOf(
  { counted }: Cohorts,
  { size, names, matrix }: LinearDesign,
  parts: Float64Array,
): Float64Array {
  const k = names.length;
  const gradient = new Float64Array(k);
  for (let i = 0; i < size; i++) {
    const moved = (counted.weight ? counted.weight[i]! : 1) * parts[i]!;
    if (moved === 0) continue;
    for (let j = 0; j < k; j++) gradient[j]! += matrix[i * k + j]! * moved;
  }
  return gradient;
}

/** Standard error of an estimate about cohorts from its influence function. */
export function cohortError({ counted }: Cohorts, influence: Float64Array): number {
  return Math.sqrt(varianceFromInfluence(influence, counted));
}

/** Standard error and interval of an estimate about cohorts; few clusters widen it, see {@link intervalByClusters}. */
export function sureness(
  cohorts: Cohorts,
  estimate: number,
  influence: Float64Array,
  confidence = 0.95,
): Pick<Estimate, 'se' | 'ci' | 'diagnostics'> {
  const { clusters } = cohorts.counted;
  const count = clusters ? new Set(clusters.codes).size : Infinity;
  return intervalByClusters(estimate, cohortError(cohorts, influence), count, confidence);
}
