import { ascendingOrder } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import type { Covariate } from './covariates.ts';
import type { Groups } from './groups.ts';
import { findUnusable } from './usable-columns.ts';

/** People around a threshold: from `cutoff` of the running variable on, a rule applies. One value per row. */
export type CutoffColumns = {
  /** The running variable that decides (nl: toewijzingsvariabele), such as an age or a score. */
  readonly running: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
  /** What was fixed before the rule could act; makes the interval narrower, not the answer right. */
  readonly covariates?: readonly Covariate[];
  /** Rows of one place or household. */
  readonly clusters?: Groups;
};

/**
 * One side of the cutoff, the nearest row first, so that every window around the cutoff is the first so many rows.
 * Rows with one running value form a group: group k holds rows `groupStart[k]` to `groupStart[k + 1] - 1`.
 */
export type Side = {
  readonly size: number;
  /** Running values as given, and minus the cutoff. */
  readonly at: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly covariates: readonly Float64Array[];
  readonly clusters: Int32Array | null;
  /** The row it came from. */
  readonly row: Int32Array;
  readonly groups: number;
  readonly groupStart: Int32Array;
};

export type CutoffData = {
  readonly size: number;
  readonly cutoff: number;
  readonly below: Side;
  readonly above: Side;
  readonly covariateNames: readonly string[];
  readonly clusterCount: number;
  /** Spread of the running variable: the smaller of its deviation and IQR/1.349 (quantiles of type 2). */
  readonly spread: number;
};

/** Distinct running values a side needs: the pilot fits a polynomial of degree four. */
const FEWEST_VALUES = 6;

/**
 * Sort the rows on either side of the cutoff; who stands exactly on it is above.
 *
 * Refuses, naming row and column: columns of different length, cells that are not finite numbers, a cutoff outside the
 * data, fewer than six distinct running values on a side, an outcome that never varies. O(n).
 */
export function readCutoffData(columns: CutoffColumns, cutoff = 0): Parsed<CutoffData> {
  const { running, outcome, covariates = [], clusters } = columns;
  const size = running.length;
  if (size === 0) return refuse('no-rows', 'There are no rows. Give at least one person.');
  if (!Number.isFinite(cutoff)) {
    return refuse('cutoff-not-usable', `The cutoff ${cutoff} is not a number. Write a number, such as 18.`);
  }
  const named = [{ name: 'running', values: running }, { name: 'outcome', values: outcome }, ...covariates];
  const unusable = findUnusable(named, size, 'running');
  if (unusable) return unusable;
  if (clusters && clusters.codes.length !== size) {
    throw new RangeError(`readCutoffData: ${clusters.codes.length} clusters for ${size} rows.`);
  }

  const order = ascendingOrder(running);
  const lowest = running[order[0]!]!;
  const highest = running[order[size - 1]!]!;
  if (lowest === highest) {
    return refuse(
      'running-constant',
      `The running variable is ${lowest} in every row, so there is no cutoff to compare around. Name another column.`,
      { value: lowest },
    );
  }
  if (cutoff <= lowest || cutoff > highest) {
    return refuse(
      'cutoff-outside-data',
      `The cutoff ${cutoff} has rows on one side only: the running variable goes from ${lowest} to ${highest}. Choose a cutoff between them.`,
      { cutoff, lowest, highest },
    );
  }
  let first = 0;
  while (running[order[first]!]! < cutoff) first++;
  const below = sideOf(columns, order.subarray(0, first).toReversed(), cutoff);
  const above = sideOf(columns, order.subarray(first), cutoff);
  for (const [name, side] of [
    ['below', below],
    ['from', above],
  ] as const) {
    if (side.groups < FEWEST_VALUES) {
      return refuse(
        'too-few-values-on-a-side',
        `There are ${side.groups} different running values ${name} the cutoff ${cutoff}; the comparison needs at least ${FEWEST_VALUES} on each side. Use a finer running variable, or another method.`,
        { side: name, values: side.groups, needed: FEWEST_VALUES },
      );
    }
  }
  const firstOutcome = outcome[0]!;
  let varies = false;
  for (let i = 1; i < size && !varies; i++) varies = outcome[i]! !== firstOutcome;
  if (!varies) {
    return refuse(
      'outcome-constant',
      `The outcome is ${firstOutcome} in every row, so there is no effect to see. Name another column.`,
      { value: firstOutcome },
    );
  }
  return {
    ok: true,
    value: {
      size,
      cutoff,
      below,
      above,
      covariateNames: covariates.map(({ name }) => name),
      clusterCount: clusters ? clusters.names.length : 0,
      spread: spreadOf(running, order),
    },
  };
}

function sideOf({ running, outcome, covariates = [], clusters }: CutoffColumns, row: Int32Array, cutoff: number): Side {
  const size = row.length;
  const at = new Float64Array(size);
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  const starts: number[] = [];
  for (let i = 0; i < size; i++) {
    at[i] = running[row[i]!]!;
    x[i] = at[i]! - cutoff;
    y[i] = outcome[row[i]!]!;
    if (i === 0 || at[i] !== at[i - 1]) starts.push(i);
  }
  starts.push(size);
  return {
    size,
    at,
    x,
    y,
    covariates: covariates.map(({ values }) => Float64Array.from(row, (i) => values[i]!)),
    clusters: clusters ? Int32Array.from(row, (i) => clusters.codes[i]!) : null,
    row,
    groups: starts.length - 1,
    groupStart: Int32Array.from(starts),
  };
}

function spreadOf(running: ArrayLike<number>, order: Int32Array): number {
  const size = order.length;
  // Around the middle value, so that large numbers that differ little keep their digits.
  const middle = running[order[size >> 1]!]!;
  let total = 0;
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const d = running[i]! - middle;
    total += d;
    squares += d * d;
  }
  const deviation = Math.sqrt((squares - (total * total) / size) / (size - 1));
  const range = quantile(running, order, 0.75) - quantile(running, order, 0.25);
  // More than half on one value: the range is 0 and says nothing.
  return range > 0 ? Math.min(deviation, range / 1.349) : deviation;
}

/** Type 2 of Hyndman & Fan (1996): at a jump the mean of both sides. */
function quantile(running: ArrayLike<number>, order: Int32Array, share: number): number {
  const place = order.length * share;
  const at = (k: number): number => running[order[Math.min(Math.max(k, 1), order.length) - 1]!]!;
  return place === Math.floor(place) ? (at(place) + at(place + 1)) / 2 : at(Math.ceil(place));
}

/** A side without its covariates, as wide as given: for checks that must not lean on them. */
export function withOutcome(data: CutoffData, outcome: (side: Side) => Float64Array): CutoffData {
  const replace = (side: Side): Side => ({ ...side, y: outcome(side), covariates: [] });
  return { ...data, below: replace(data.below), above: replace(data.above), covariateNames: [] };
}
