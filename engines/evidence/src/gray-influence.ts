import type { Groups } from './groups.ts';
import type { Spells } from './spells.ts';

/** A time at which anything happened: by group how many were at risk, S and F just before, and S just after. */
export type GrayMoment = {
  readonly place: number;
  readonly atRisk: Float64Array;
  readonly mine: Float64Array;
  readonly other: Float64Array;
  readonly waiting: Float64Array;
  readonly waitingAfter: Float64Array;
  readonly reached: Float64Array;
  /** Y/S by group, with its sum; and the pooled F just before and after. */
  readonly w: Float64Array;
  readonly total: number;
  readonly pooled: number;
  readonly pooledAfter: number;
};

/**
 * What each row moves the statistic of Gray's test by when it gets a little more weight, added to `influence`, one number
 * per row and group.
 *
 * z is a function of counts by time and group: who was at risk, who reached the cause, who another. Its slope in each is
 * found backwards in time, from the last moment, where S and F of a group no longer matter, to the first: at each moment
 * z += d − R·D/ΣR with R = Y(1 − F)/S, then F += S·d/Y and S ← S(1 − (d + e)/Y). A row then moves z by the slope in its own
 * event and by those in Y while it was at risk. O(n·groups + times·groups²) for a stratum.
 *
 * L. A. Jaeckel (1972), The infinitesimal jackknife, Bell Laboratories; D. A. Binder (1983), International Statistical Review 51, 279–292.
 */
export function influenceOnGray(
  { size, from, to, cause: causes, times }: Spells,
  moments: readonly GrayMoment[],
  of: { readonly groups: Groups; readonly cause: number; readonly strata: Groups; readonly stratum: number },
  influence: Float64Array,
): void {
  const k = of.groups.names.length;
  const width = times.length;
  // By time, group and component of z: the slope in an event of the cause, of another, and Σ of slopes in Y before the time.
  const byMine = new Float64Array(width * k * k);
  const byOther = new Float64Array(width * k * k);
  const byRisk = new Float64Array((width + 1) * k * k);
  const onReached = new Float64Array(k * k);
  const onWaiting = new Float64Array(k * k);
  for (let m = moments.length - 1; m >= 0; m--) {
    const { place, atRisk, mine, other, waiting, reached } = moments[m]!;
    let events = 0;
    let expectedOver = 0;
    const r = new Float64Array(k);
    for (let g = 0; g < k; g++) {
      events += mine[g]!;
      r[g] = atRisk[g]! > 0 ? (atRisk[g]! * (1 - reached[g]!)) / waiting[g]! : 0;
      expectedOver += r[g]!;
    }
    for (let g = 0; g < k; g++) {
      const n = atRisk[g]!;
      if (n === 0) continue;
      const s = waiting[g]!;
      const gone = (mine[g]! + other[g]!) / n;
      for (let h = 0; h < k; h++) {
        const cell = g * k + h;
        const at = place * k * k + cell;
        const f = onReached[cell]!;
        const w = onWaiting[cell]!;
        const own = g === h ? 1 : 0;
        const onR = (-events * (own - r[h]! / expectedOver)) / expectedOver;
        byMine[at] = own - r[h]! / expectedOver + ((f - w) * s) / n;
        byOther[at] = (-w * s) / n;
        byRisk[at + k * k] = (onR * r[g]!) / n + (s * (w * gone - (f * mine[g]!) / n)) / n;
        onReached[cell] = f - (onR * n) / s;
        onWaiting[cell] = (f * mine[g]!) / n + w * (1 - gone) - (onR * r[g]!) / s;
      }
    }
  }
  for (let at = k * k; at < byRisk.length; at++) byRisk[at]! += byRisk[at - k * k]!;
  for (let i = 0; i < size; i++) {
    if (of.strata.codes[i] !== of.stratum) continue;
    const g = of.groups.codes[i]! * k;
    const end = to[i]! * k * k + g;
    const start = (from ? from[i]! : 0) * k * k + g;
    const own = causes[i]! === 0 ? null : causes[i] === of.cause ? byMine : byOther;
    for (let h = 0; h < k; h++)
      influence[i * k + h]! += (own ? own[end + h]! : 0) + byRisk[end + k * k + h]! - byRisk[start + h]!;
  }
}
