import type { Side } from './cutoff-data.ts';

/** Neighbours per row: three, as Abadie & Imbens (2006) and all later work on cutoffs. */
const NEIGHBOURS = 3;

/**
 * Residuals against the mean of the nearest three rows among the first `rows` of a side: √(m/(m + 1))·(y − mean of m).
 *
 * Rows with one running value come as a whole, so m can be more than three; values equally far on both sides are both
 * taken. All rows of such a group share their neighbours, so the search runs over groups: O(rows) once sorted.
 */
export function neighbourResiduals(side: Side, y: Float64Array, rows: number): Float64Array {
  const { at, groupStart } = side;
  const residuals = new Float64Array(rows);
  const wanted = Math.min(NEIGHBOURS, rows - 1);
  let groups = 0;
  const sums: number[] = [];
  for (; groups < side.groups && groupStart[groups]! < rows; groups++) {
    let total = 0;
    for (let i = groupStart[groups]!; i < groupStart[groups + 1]!; i++) total += y[i]!;
    sums.push(total);
  }
  for (let group = 0; group < groups; group++) {
    const here = at[groupStart[group]!]!;
    let nearer = group;
    let further = group;
    let total = sums[group]!;
    while (groupStart[further + 1]! - groupStart[nearer]! - 1 < wanted) {
      // Distances of values as given: minus the cutoff, equal ones could differ by a rounding.
      const toNearer = nearer > 0 ? Math.abs(here - at[groupStart[nearer - 1]!]!) : Infinity;
      const toFurther = further + 1 < groups ? Math.abs(at[groupStart[further + 1]!]! - here) : Infinity;
      if (toNearer <= toFurther) total += sums[--nearer]!;
      if (toFurther <= toNearer) total += sums[++further]!;
    }
    const m = groupStart[further + 1]! - groupStart[nearer]! - 1;
    const factor = Math.sqrt(m / (m + 1));
    for (let i = groupStart[group]!; i < groupStart[group + 1]!; i++) {
      residuals[i] = factor * (y[i]! - (total - y[i]!) / m);
    }
  }
  return residuals;
}
