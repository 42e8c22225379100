import { cholesky, quadraticForm, square } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import type { Note } from './estimate.ts';
import { limits } from './survival-curve.ts';

/**
 * What check-ins tell: the event came after `lower` and at the latest at `upper`.
 * “No” at one wave and “yes” at the next is (wave, next wave]; `lower` 0 when it was yes from the start;
 * `upper` Infinity when it was never yes; both equal when the day is known.
 */
export type CheckIns = { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> };

/** The share who have the event within each interval where the data can tell it apart (nl: Turnbull-schatter). */
export type IntervalEstimate = {
  readonly people: number;
  /** Innermost intervals (lower, upper], ascending; the last may end at Infinity. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly mass: Float64Array;
  /** Share without the event at the end of each interval. */
  readonly survival: Float64Array;
  /** Its standard error and interval (log-log); `null` where it is 0 or 1, or the intervals are too many. */
  readonly se: readonly (number | null)[];
  readonly lowerLimit: readonly (number | null)[];
  readonly upperLimit: readonly (number | null)[];
  /** The log likelihood is within `people · gap` of the highest possible. */
  readonly gap: number;
  readonly iterations: number;
  readonly notes: readonly Note[];
};

const MOST_ITERATIONS = 200_000;

/**
 * Turnbull's estimate from interval-censored times, by self-consistency (EM): each person's event is shared over the
 * intervals it may lie in, in proportion to their mass, until no mass changes by 1e-12 or the gradient shows the maximum.
 *
 * Inside an interval the data say nothing about when. Errors come from the information about the masses that are not 0,
 * as if the intervals had been known beforehand: with many people and few waves that is right, with a wave of one's own for
 * everybody it is a first guess only (Sun 2006, section 3.4). Without censoring in between they are Greenwood's. Refuses columns of different length, no rows,
 * a bound that is not a number from 0 up, and an upper bound below the lower. O(n log n), then O(n + intervals) a step.
 *
 * B. W. Turnbull (1976), JRSS B 38, 290–295. R. Peto (1973), Applied Statistics 22, 86–91, for the intervals.
 */
export function turnbull(
  { lower, upper }: CheckIns,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): Parsed<IntervalEstimate> {
  const size = lower.length;
  if (size === 0) return refuse('no-rows', 'There are no rows. Give at least one person.');
  if (upper.length !== size) {
    return refuse(
      'columns-differ-in-length',
      `Column upper has ${upper.length} rows and column lower has ${size}. Give every row one of each.`,
      {
        column: 'upper',
        rows: upper.length,
        expected: size,
      },
    );
  }
  for (let i = 0; i < size; i++) {
    if (!(lower[i]! >= 0 && lower[i]! < Infinity)) {
      return refuseCell(
        'time-not-usable',
        'lower',
        i,
        `${lower[i]!} is not a time. Write a number from 0 up: when it had not happened yet.`,
      );
    }
    if (!(upper[i]! >= lower[i]!)) {
      return refuseCell(
        'upper-below-lower',
        'upper',
        i,
        `${upper[i]!} does not come after ${lower[i]!}. Write when it had happened, or Infinity when it never did.`,
      );
    }
  }

  const intervals = innermost(lower, upper);
  const count = intervals.lower.length;
  // The intervals a person's event may lie in are neighbours: first to last.
  const first = new Int32Array(size);
  const last = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const exact = lower[i] === upper[i];
    first[i] = placeOf(intervals.upper, lower[i]!, exact);
    last[i] = placeOf(intervals.upper, upper[i]!, true);
    // Where the upper bound lies before the next innermost end, the last one that ended.
    if (last[i] === count || intervals.upper[last[i]!]! > upper[i]!) last[i]!--;
  }

  let mass = new Float64Array(count).fill(1 / count);
  let gap = Infinity;
  let iterations = 0;
  for (let moved = Infinity; iterations < MOST_ITERATIONS && moved > 1e-12 && gap > 1e-12; iterations++) {
    const upTo = new Float64Array(count + 1);
    for (let k = 0; k < count; k++) upTo[k + 1] = upTo[k]! + mass[k]!;
    // Each person adds 1/(their mass) to all their intervals: put in at the first, taken out after the last.
    const slope = new Float64Array(count + 1);
    for (let i = 0; i < size; i++) {
      const share = 1 / (upTo[last[i]! + 1]! - upTo[first[i]!]!) / size;
      slope[first[i]!]! += share;
      slope[last[i]! + 1]! -= share;
    }
    const next = new Float64Array(count);
    let gradient = 0;
    gap = 0;
    moved = 0;
    for (let k = 0; k < count; k++) {
      gradient += slope[k]!;
      gap = Math.max(gap, gradient - 1);
      next[k] = mass[k]! * gradient;
      moved = Math.max(moved, Math.abs(next[k]! - mass[k]!));
    }
    mass = next;
  }

  const survival = new Float64Array(count);
  let after = 1;
  for (let k = 0; k < count; k++) {
    after -= mass[k]!;
    survival[k] = Math.max(0, after);
  }
  survival[count - 1] = 0;
  const notes: Note[] =
    gap * size > 1e-3
      ? [
          {
            what: 'not-converged',
            words: { gap },
            message: 'The estimate had not settled after many steps; its third digit may still move.',
          },
        ]
      : [];
  const se = errorsOf(mass, survival, first, last);
  const band = limits(survival, se, 'log-log', confidence);
  return {
    ok: true,
    value: {
      people: size,
      ...intervals,
      mass,
      survival,
      se,
      lowerLimit: band.lower,
      upperLimit: band.upper,
      gap,
      iterations,
      notes,
    },
  };
}

/** Beyond this many masses the information matrix is too large to be worth it. */
const MOST_MASSES = 1_500;

/**
 * Errors of the survival at the end of each interval: the masses that are not 0 have information Σ αα'/(α'p)², α = 1 where a
 * person's event may lie; they add to 1, so the last is 1 minus the rest.
 */
function errorsOf(
  mass: Float64Array,
  survival: Float64Array,
  first: Int32Array,
  last: Int32Array,
): readonly (number | null)[] {
  const kept: number[] = [];
  for (let k = 0; k < mass.length; k++) if (mass[k]! > 1e-9) kept.push(k);
  const m = kept.length;
  if (m > MOST_MASSES) return Array.from(mass, () => null);
  if (m < 2) return Array.from(survival, (s) => (s === 0 ? null : 0));
  // Each person's intervals are neighbours, so their αα' is a square of ones: its corners, summed up in both directions.
  const placeFrom = new Int32Array(mass.length + 1);
  for (let k = 0, at = 0; k < mass.length; k++) {
    placeFrom[k] = at;
    if (at < m && kept[at] === k) at++;
    placeFrom[k + 1] = at;
  }
  const upTo = new Float64Array(mass.length + 1);
  for (let k = 0; k < mass.length; k++) upTo[k + 1] = upTo[k]! + mass[k]!;
  const width = m + 1;
  const corners = new Float64Array(width * width);
  for (let i = 0; i < first.length; i++) {
    const c = 1 / (upTo[last[i]! + 1]! - upTo[first[i]!]!) ** 2;
    const a = placeFrom[first[i]!]!;
    const b = placeFrom[last[i]! + 1]!;
    corners[a * width + a]! += c;
    corners[a * width + b]! -= c;
    corners[b * width + a]! -= c;
    corners[b * width + b]! += c;
  }
  for (let j = 0; j < m; j++) for (let h = 1; h < m; h++) corners[j * width + h]! += corners[j * width + h - 1]!;
  for (let j = 1; j < m; j++) for (let h = 0; h < m; h++) corners[j * width + h]! += corners[(j - 1) * width + h]!;
  const cell = (j: number, h: number): number => corners[j * width + h]!;
  const free = m - 1;
  const information = square(free);
  for (let j = 0; j < free; j++) {
    for (let h = 0; h < free; h++) {
      information.values[j * free + h] = cell(j, h) - cell(j, free) - cell(free, h) + cell(free, free);
    }
  }
  const factor = cholesky(information, 1e-12);
  // Masses that the data cannot tell apart have no errors.
  if ('dependentRow' in factor) return Array.from(mass, () => null);
  const errors = new Float64Array(m);
  const gone = new Float64Array(free);
  for (let k = 0; k < free; k++) {
    gone[k] = 1;
    errors[k] = Math.sqrt(quadraticForm(factor, gone));
  }
  return Array.from(survival, (s, k) => {
    if (s <= 1e-12) return null;
    const at = placeFrom[k + 1]! - 1;
    return at < 0 ? 0 : errors[at]!;
  });
}

/**
 * The share without the event at a time. `null` inside an interval that holds mass, where the data do not say.
 */
export function survivalBetween({ lower, upper, mass, survival }: IntervalEstimate, time: number): number | null {
  let share = 1;
  for (let k = 0; k < lower.length; k++) {
    if (upper[k]! <= time) share = survival[k]!;
    else if (lower[k]! < time && mass[k]! > 1e-9) return null;
  }
  return share;
}

/** Which interval ends first at or after a bound (for lower bounds: strictly after, unless the day itself is meant). */
function placeOf(ends: Float64Array, bound: number, inclusive: boolean): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (inclusive ? ends[middle]! < bound : ends[middle]! <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Peto's intervals: a lower bound directly followed by an upper bound, among all bounds in order. */
function innermost(lower: ArrayLike<number>, upper: ArrayLike<number>): Pick<IntervalEstimate, 'lower' | 'upper'> {
  // At one time: the day before a known day opens, then uppers close (they include it), then lowers open (they exclude it).
  const order = { opensBefore: 0, closes: 1, opens: 2 } as const;
  const bounds: { time: number; kind: 0 | 1 | 2 }[] = [];
  for (let i = 0; i < lower.length; i++) {
    bounds.push({ time: lower[i]!, kind: lower[i] === upper[i] ? order.opensBefore : order.opens });
    bounds.push({ time: upper[i]!, kind: order.closes });
  }
  bounds.sort((a, b) => (a.time === b.time ? a.kind - b.kind : a.time - b.time));
  const from: number[] = [];
  const to: number[] = [];
  for (let at = 1; at < bounds.length; at++) {
    const [open, close] = [bounds[at - 1]!, bounds[at]!];
    if (open.kind !== order.closes && close.kind === order.closes) {
      from.push(open.time);
      to.push(close.time);
    }
  }
  return { lower: Float64Array.from(from), upper: Float64Array.from(to) };
}
