import type { Interval } from './estimate.ts';
import type { SurvivalCurve } from './survival-curve.ts';

/** R's tolerance for “exactly at 1 − p”: products of fractions rarely hit a half to the last bit. */
const SAME = 1.5e-8;

/**
 * The time by which a share p of people had the event (0.5: the median), with the interval where the limits of the curve cross.
 *
 * When the curve lies exactly at 1 − p over a flat stretch, its midpoint; the stretch may run to the end of
 * follow-up. `null` when it is not reached. R. Brookmeyer & J. Crowley (1982), Biometrics 38, 29–41.
 */
export function quantile(curve: SurvivalCurve, p: number): { readonly time: number | null; readonly ci: Interval } {
  if (!(p > 0 && p < 1)) throw new RangeError(`quantile: the share must be between 0 and 1, not ${p}.`);
  const { time } = curve.table;
  return {
    time: crossing(time, curve.survival, 1 - p),
    ci: {
      lower: crossing(time, curve.lower, 1 - p),
      upper: crossing(time, curve.upper, 1 - p),
      confidence: curve.confidence,
    },
  };
}

/**
 * The time of the highest value at or below the level: for a curve that only falls, its first such time.
 * With late entry a limit may start low, rise and fall again; then this is the crossing nearest to the level, as in R.
 */
function crossing(time: Float64Array, values: ArrayLike<number | null>, level: number): number | null {
  let at = -1;
  for (let j = 0; j < time.length; j++) {
    const value = values[j]!;
    if (value !== null && value <= level + SAME && (at < 0 || value > values[at]!)) at = j;
  }
  if (at < 0) return null;
  if (values[at]! < level - SAME) return time[at]!;
  let end = at;
  while (end + 1 < time.length && values[end + 1] !== null && values[end + 1]! >= level - SAME) end++;
  // The flat stretch lasts until the next drop, or until the end of follow-up.
  return (time[at]! + time[Math.min(end + 1, time.length - 1)]!) / 2;
}
