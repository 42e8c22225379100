import { refuse, type Refusal } from '@meedoen/units';
import { cohortWeights, targetOf, type Cohorts, type CohortWeights, type Estimand } from './cohorts.ts';
import type { Note } from './estimate.ts';

/** How far the cohorts differ in one characteristic, in standard deviations, before and after weighting. */
export type BalanceRow = {
  readonly characteristic: string;
  readonly mean: { readonly reference: number; readonly compared: number };
  readonly weightedMean: { readonly reference: number; readonly compared: number };
  /** (x̄₁ − x̄₀)/√((s₁² + s₀²)/2), s always of the unweighted cohorts; `null` where both are 0. Aim below 0.1. */
  readonly before: number | null;
  readonly after: number | null;
};

/** What weighting costs one cohort. */
export type WeightSpread = {
  readonly cohort: string;
  readonly people: number;
  /** (Σw)²/Σw²: how many people without weights would say as much (Kish 1965). */
  readonly effectiveSize: number;
  readonly effectiveShare: number;
  /** The part of all weight that rests on the heaviest person. */
  readonly largestShare: number;
};

/** Are the cohorts alike enough to be compared? */
export type Balance = {
  readonly estimand: Estimand;
  readonly characteristics: readonly BalanceRow[];
  readonly weights: readonly [reference: WeightSpread, compared: WeightSpread];
  /** Part of all people whose propensity lies outside the range in which both cohorts have people. */
  readonly outsideSupport: number;
  /** The same among those the estimand speaks about. */
  readonly outsideSupportOfTarget: number;
  readonly propensity: {
    readonly reference: { readonly lowest: number; readonly highest: number };
    readonly compared: { readonly lowest: number; readonly highest: number };
  };
  readonly notes: readonly Note[];
};

/** When a comparison is refused. The defaults are ours, on the strict side; a plan may set others, and says so. */
export type ComparisonLimits = {
  /** Least effective size as a share of each cohort. Default 0.2. */
  readonly leastEffectiveShare?: number;
  /** Most of a cohort's weight that may rest on one person. Default 0.05, so 20 people a cohort at the least. */
  readonly mostOnOnePerson?: number;
  /** Most of those spoken about who may have nobody alike in the other cohort. Default 0.5. */
  readonly mostOutsideSupport?: number;
};

/** Balance, effective size, the heaviest person and common support under an estimand. O(n·p). */
export function balanceOf(cohorts: Cohorts, estimand: Estimand): Balance {
  const weights = cohortWeights(cohorts, estimand);
  const characteristics = cohorts.characteristics.map(({ name, values }) => balanceRow(cohorts, weights, name, values));
  const spreads = [0, 1].map((side) => spreadOf(cohorts, weights, side)) as [WeightSpread, WeightSpread];
  const support = supportOf(cohorts, estimand);
  const notes: Note[] = [];
  const uneven = characteristics.filter(({ after }) => after !== null && Math.abs(after) > 0.1);
  if (uneven.length > 0) {
    const worst = uneven.reduce((a, b) => (Math.abs(b.after!) > Math.abs(a.after!) ? b : a));
    notes.push({
      what: 'still-unbalanced',
      words: { characteristics: uneven.length, worst: worst.characteristic, difference: worst.after! },
      message: `After weighting, ${uneven.length} of ${characteristics.length} characteristics still differ by more than 0.1 standard deviations; most of all ${worst.characteristic}, by ${worst.after!.toFixed(2)}. Add squares or products of characteristics, or use overlap weights.`,
    });
  }
  if (support.outsideSupport > 0.05) {
    notes.push({
      what: 'outside-common-support',
      words: { share: support.outsideSupport },
      message: `${(100 * support.outsideSupport).toFixed(0)} % of the people have nobody alike in the other cohort. What is said about them rests on the model alone.`,
    });
  }
  return { estimand, characteristics, weights: spreads, ...support, notes };
}

/**
 * The refusal of a comparison that would rest on a few people, or `null`. Says why, in what the cohorts differ most, and
 * what would mend it. A raw comparison of such cohorts can have the wrong sign.
 */
export function refuseTooDifferent(
  cohorts: Cohorts,
  balance: Balance,
  { leastEffectiveShare = 0.2, mostOnOnePerson = 0.05, mostOutsideSupport = 0.5 }: ComparisonLimits = {},
): Refusal | null {
  const fewest = Math.ceil(1 / mostOnOnePerson);
  for (const { cohort, people } of balance.weights) {
    if (people < fewest) {
      return refuse(
        'too-few-people',
        `Cohort ${cohort} has ${people} people, and a comparison needs at least ${fewest} in each. Add people, or put cohorts together that may be taken as one.`,
        { cohort, people, fewest },
      );
    }
  }
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const reasonIn = ({ weights, outsideSupportOfTarget }: Balance): [because: string, reason: string] | null => {
    for (const { cohort, people, effectiveSize, effectiveShare, largestShare } of weights) {
      if (effectiveShare < leastEffectiveShare) {
        const reason = `once made alike, the ${people} people of ${cohort} say as much as ${effectiveSize.toFixed(0)} would (${percent(effectiveShare)}; at least ${percent(leastEffectiveShare)} is needed)`;
        return ['effective-size', reason];
      }
      if (largestShare > mostOnOnePerson) {
        const reason = `one person carries ${percent(largestShare)} of the weight of ${cohort} (at most ${percent(mostOnOnePerson)} is allowed)`;
        return ['one-person', reason];
      }
    }
    return outsideSupportOfTarget > mostOutsideSupport
      ? [
          'support',
          `${percent(outsideSupportOfTarget)} of the people it is about have nobody alike in the other cohort`,
        ]
      : null;
  };
  const found = reasonIn(balance);
  if (!found) return null;
  const [because, reason] = found;
  const apart = balance.characteristics
    .filter(({ before }) => before !== null)
    .toSorted((a, b) => Math.abs(b.before!) - Math.abs(a.before!))[0];
  const differ = apart
    ? `; they differ most in ${apart.characteristic}, by ${Math.abs(apart.before!).toFixed(1)} standard deviations`
    : '';
  const overlapWouldDo = balance.estimand !== 'overlap' && reasonIn(balanceOf(cohorts, 'overlap')) === null;
  const remedy = overlapWouldDo
    ? 'Compare only people who could have been in either cohort (overlap weights): that the data allow.'
    : `Find people of both cohorts who are alike${apart ? ` in ${apart.characteristic}` : ''}, or leave out those who have nobody alike in the other cohort, and say so.`;
  const heaviest = Math.max(...balance.weights.map(({ largestShare }) => largestShare));
  return refuse(
    'groups-too-different',
    `These groups are too different to compare, because ${reason}${differ}. ${remedy}`,
    {
      because,
      effectiveShare: Math.min(...balance.weights.map(({ effectiveShare }) => effectiveShare)),
      largestShare: heaviest,
      outsideSupport: balance.outsideSupportOfTarget,
      characteristic: apart?.characteristic ?? '',
      difference: apart?.before ?? 0,
      overlapWouldDo: Number(overlapWouldDo),
    },
  );
}

function balanceRow(
  { size, belongs, counted }: Cohorts,
  { weight }: CohortWeights,
  characteristic: string,
  values: ArrayLike<number>,
): BalanceRow {
  const people = [0, 0];
  const total = [0, 0];
  const mass = [0, 0];
  const weighted = [0, 0];
  for (let i = 0; i < size; i++) {
    const side = belongs[i]!;
    const w = counted.weight ? counted.weight[i]! : 1;
    people[side]! += w;
    total[side]! += w * values[i]!;
    mass[side]! += w * weight[i]!;
    weighted[side]! += w * weight[i]! * values[i]!;
  }
  const mean = total.map((sum, side) => sum / people[side]!);
  const weightedMean = weighted.map((sum, side) => sum / mass[side]!);
  const squares = [0, 0];
  for (let i = 0; i < size; i++) {
    const side = belongs[i]!;
    squares[side]! += (counted.weight ? counted.weight[i]! : 1) * (values[i]! - mean[side]!) ** 2;
  }
  const variance = squares.map((sum, side) => (people[side]! > 1 ? sum / (people[side]! - 1) : 0));
  const spread = Math.sqrt((variance[0]! + variance[1]!) / 2);
  const apart = ([reference, compared]: number[]): number | null =>
    spread > 0 ? (compared! - reference!) / spread : null;
  const sides = ([reference, compared]: number[]): BalanceRow['mean'] => ({
    reference: reference!,
    compared: compared!,
  });
  return {
    characteristic,
    mean: sides(mean),
    weightedMean: sides(weightedMean),
    before: apart(mean),
    after: apart(weightedMean),
  };
}

function spreadOf(
  { size, belongs, counted, names, people }: Cohorts,
  { weight }: CohortWeights,
  side: number,
): WeightSpread {
  const copies = counted.weightMeaning === 'copies';
  let total = 0;
  let squares = 0;
  let heaviest = 0;
  for (let i = 0; i < size; i++) {
    if (belongs[i] !== side) continue;
    const w = counted.weight ? counted.weight[i]! : 1;
    const each = copies ? weight[i]! : weight[i]! * w;
    const many = copies ? w : 1;
    total += many * each;
    squares += many * each * each;
    heaviest = Math.max(heaviest, each);
  }
  const count = people[side]!;
  const effectiveSize = (total * total) / squares;
  return {
    cohort: names[side]!,
    people: count,
    effectiveSize,
    effectiveShare: effectiveSize / count,
    largestShare: heaviest / total,
  };
}

function supportOf(
  cohorts: Cohorts,
  estimand: Estimand,
): Pick<Balance, 'outsideSupport' | 'outsideSupportOfTarget' | 'propensity'> {
  const { size, belongs, propensity, counted } = cohorts;
  const lowest = [Infinity, Infinity];
  const highest = [-Infinity, -Infinity];
  for (let i = 0; i < size; i++) {
    const side = belongs[i]!;
    lowest[side] = Math.min(lowest[side]!, propensity.fitted[i]!);
    highest[side] = Math.max(highest[side]!, propensity.fitted[i]!);
  }
  const from = Math.max(lowest[0]!, lowest[1]!);
  const to = Math.min(highest[0]!, highest[1]!);
  const target = targetOf(cohorts, estimand, 'counted').share;
  let outside = 0;
  let all = 0;
  let outsideOfTarget = 0;
  let ofTarget = 0;
  for (let i = 0; i < size; i++) {
    const w = counted.weight ? counted.weight[i]! : 1;
    all += w;
    ofTarget += w * target[i]!;
    // Equal shares may differ in their last digit.
    const e = propensity.fitted[i]!;
    if (e >= from - 1e-12 && e <= to + 1e-12) continue;
    outside += w;
    outsideOfTarget += w * target[i]!;
  }
  return {
    outsideSupport: outside / all,
    outsideSupportOfTarget: outsideOfTarget / ofTarget,
    propensity: {
      reference: { lowest: lowest[0]!, highest: highest[0]! },
      compared: { lowest: lowest[1]!, highest: highest[1]! },
    },
  };
}
