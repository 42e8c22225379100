import { refuse, type Parsed } from '@meedoen/units';
import type { AggregatePoint } from './aggregate-effects.ts';
import { criticalValue, type Interval } from './estimate.ts';
import { productWithin, type GroupTimeEffects } from './group-time-effects.ts';

/** How far trends may have parted after the policy, and what is left of the effect then. */
export type TrendSensitivity = {
  /** M̄: after the policy trends part by at most this many times the largest step before it, per period. */
  readonly largestSteps: readonly { readonly multiple: number; readonly ci: Interval }[];
  /** The M̄ from which 0 is inside; 0 when it always was, `null` when it is not up to 100. */
  readonly breaksAtMultiple: number | null;
  /** M: the straight line of the last step before the policy goes on, and bends by at most M per period. */
  readonly bends: readonly { readonly bend: number; readonly ci: Interval }[];
  readonly breaksAtBend: number | null;
  /** The steps between periods before the policy, from which both take their measure. */
  readonly stepsBefore: readonly { readonly at: number; readonly step: number; readonly se: number }[];
  /** The effect that is judged: the mean over all times from the start on. */
  readonly estimate: number;
};

const MULTIPLES = [0, 0.25, 0.5, 0.75, 1, 1.5, 2] as const;
const FURTHEST = 100;

/**
 * What if trends were not parallel after the policy? The interval that holds the mean effect over the times from the start
 * on, for every difference of trends that is bounded by what was seen before (relative magnitudes), or that goes on in a
 * line and bends a little (smoothness).
 *
 * The differences of trends allowed are those whose every step after the policy is at most M̄ times the largest step before;
 * which step is the largest is not known, so the interval is the union over all of them and over both signs, each with its
 * own error: it covers at least as often as it says, and often more (Rambachan & Roth test all bounds together, which is
 * narrower and takes an optimiser). Bends are in the unit of the outcome per period; `bends` runs over the size of the
 * last step. Refuses data without a step before the policy. O(steps × units).
 *
 * A. Rambachan & J. Roth (2023), Review of Economic Studies 90, 2555–2591.
 */
export function trendSensitivity(all: GroupTimeEffects, points: readonly AggregatePoint[]): Parsed<TrendSensitivity> {
  const { anticipation, base, confidence } = all.options;
  const after = points.filter(({ at }) => at >= 0);
  const before = points.filter(({ at }) => at < -anticipation);
  const start = before.at(-1)?.at ?? 0;
  const steps: Moved[] = [];
  for (const [at, point] of before.entries()) {
    // With a varying base an effect before the policy is itself a step; with a universal one the difference of two is.
    if (base === 'varying') steps.push({ at: point.at, value: point.estimate, moved: point.influence });
    else if (at > 0) steps.push(difference(point, before[at - 1]!));
  }
  const real = steps.filter(({ moved }) => productWithin(moved, moved, all.clusters) > 0);
  if (real.length === 0 || after.length === 0) {
    return refuse(
      'no-step-before',
      'There is no step between two periods before the policy to measure trends by. Add earlier periods, or judge the trends by other means.',
    );
  }
  // How many steps lie between the base and each time after it.
  const between = points.filter(({ at }) => at > start).map(({ at }) => at);
  const reach = after.map(({ at }) => between.filter((time) => time <= at).length);
  const mean = (of: (steps: number) => number): number => reach.reduce((sum, k) => sum + of(k), 0) / reach.length;

  const size = all.size;
  const effect = new Float64Array(size);
  for (const { influence } of after) for (let i = 0; i < size; i++) effect[i]! += influence[i]! / after.length;
  const estimate = after.reduce((sum, point) => sum + point.estimate, 0) / after.length;
  const variance = productWithin(effect, effect, all.clusters);
  const z = criticalValue(confidence);
  const measured = real.map(({ at, value, moved }) => ({
    at,
    value,
    own: productWithin(moved, moved, all.clusters),
    shared: productWithin(effect, moved, all.clusters),
  }));
  /** θ + a·step, with its error. */
  const shifted = (a: number, { value, own, shared }: (typeof measured)[number]): { value: number; reach: number } => ({
    value: estimate + a * value,
    reach: z * Math.sqrt(Math.max(0, variance + 2 * a * shared + a * a * own)),
  });

  const byMultiple = (multiple: number): Interval => {
    const a = multiple * mean((k) => k);
    const ends = measured.flatMap((step) => [shifted(a, step), shifted(-a, step)]);
    return {
      lower: Math.min(...ends.map((end) => end.value - end.reach)),
      upper: Math.max(...ends.map((end) => end.value + end.reach)),
      confidence,
    };
  };
  const last = measured.at(-1)!;
  const line = shifted(-mean((k) => k), last);
  const byBend = (bend: number): Interval => {
    // A bend of M in every period moves the kth one by k(k + 1)/2.
    const most = bend * mean((k) => (k * (k + 1)) / 2);
    return { lower: line.value - line.reach - most, upper: line.value + line.reach + most, confidence };
  };
  const unit = Math.abs(last.value);
  return {
    ok: true,
    value: {
      largestSteps: MULTIPLES.map((multiple) => ({ multiple, ci: byMultiple(multiple) })),
      breaksAtMultiple: breakdown(byMultiple, FURTHEST),
      bends: [0, 0.5, 1, 2].map((times) => ({ bend: times * unit, ci: byBend(times * unit) })),
      breaksAtBend: breakdown(byBend, FURTHEST * (unit > 0 ? unit : Math.abs(estimate))),
      stepsBefore: measured.map(({ at, value, own }) => ({ at, step: value, se: Math.sqrt(own) })),
      estimate,
    },
  };
}

type Moved = { readonly at: number; readonly value: number; readonly moved: Float64Array };

function difference(later: AggregatePoint, earlier: AggregatePoint): Moved {
  return {
    at: later.at,
    value: later.estimate - earlier.estimate,
    moved: later.influence.map((value, i) => value - earlier.influence[i]!),
  };
}

/** The smallest bound whose interval holds 0, to a thousandth of it. */
function breakdown(intervalAt: (bound: number) => Interval, furthest: number): number | null {
  const holdsZero = (bound: number): boolean => {
    const { lower, upper } = intervalAt(bound);
    return lower! <= 0 && upper! >= 0;
  };
  if (holdsZero(0)) return 0;
  if (!holdsZero(furthest)) return null;
  let low = 0;
  let high = furthest;
  while (high - low > 1e-3 * high + 1e-12 * furthest) {
    const middle = (low + high) / 2;
    if (holdsZero(middle)) high = middle;
    else low = middle;
  }
  return high;
}
