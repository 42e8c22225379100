import type { Groups } from './groups.ts';
import { inOrderOf } from './groups.ts';
import type { RiskTable } from './risk-table.ts';
import type { Spells } from './spells.ts';

type Within = { readonly groups: Groups | undefined; readonly code: number; readonly clusters: Groups | undefined };

/**
 * Variance of ln S at every time of a group's table, from the influence of each row.
 *
 * Row i moves ln S(t) by Z_i(t) = −[event of i up to t] / (n − d) + ∫ up to t while i is followed of d / (n(n − d)).
 * Rows are summed within their cluster (weights included) and the squares added. A cluster with followed weight W
 * holds Z = P + W·A(t), where only A(t) = Σ d / (n(n − d)) moves between its own entries and exits; so three running
 * sums over clusters, ΣP², ΣPW and ΣW², give the variance at every time in O(n + times).
 * Without clusters and weights it equals Greenwood's formula when everybody is followed from the start; with late
 * entry the two differ, and Greenwood's stays the default.
 */
export function influenceOnLogSurvival(spells: Spells, table: RiskTable, within: Within): Float64Array {
  const { from, to, cause, weight, times } = spells;
  const { groups, code, clusters } = within;
  const { order, start } = inOrderOf(to, times.length);
  const arrivals = from ? inOrderOf(from, times.length) : null;
  const isIn = (i: number): boolean => groups === undefined || groups.codes[i] === code;
  const ownCluster = clusters === undefined;
  const fixed = new Float64Array(ownCluster ? spells.size : clusters.names.length);
  const followed = new Float64Array(fixed.length);
  let fixedSquares = 0;
  let cross = 0;
  let followedSquares = 0;

  const change = (i: number, byFixed: number, byFollowed: number): void => {
    const w = weight ? weight[i]! : 1;
    const c = ownCluster ? i : clusters.codes[i]!;
    const p = fixed[c]!;
    const f = followed[c]!;
    const p2 = p + w * byFixed;
    const f2 = f + w * byFollowed;
    fixedSquares += p2 * p2 - p * p;
    cross += p2 * f2 - p * f;
    followedSquares += f2 * f2 - f * f;
    fixed[c] = p2;
    followed[c] = f2;
  };

  const variance = new Float64Array(table.time.length);
  let hazard = 0; // A(t)
  if (!arrivals) for (let i = 0; i < spells.size; i++) if (isIn(i)) change(i, 0, 1);
  for (let j = 0, k = 0; j < times.length; j++) {
    if (arrivals) {
      for (let a = arrivals.start[j]!; a < arrivals.start[j + 1]!; a++) {
        const i = arrivals.order[a]!;
        if (isIn(i)) change(i, -hazard, 1);
      }
    }
    if (k >= table.place.length || table.place[k] !== j) continue;
    const n = table.atRisk[k]!;
    const d = table.events[k]!;
    if (n === d) return variance.fill(Infinity, k); // S = 0 from here on
    hazard += d / (n * (n - d));
    for (let a = start[j]!; a < start[j + 1]!; a++) {
      const i = order[a]!;
      if (isIn(i)) change(i, hazard - (cause[i]! > 0 ? 1 / (n - d) : 0), -1);
    }
    variance[k] = Math.max(0, fixedSquares + 2 * hazard * cross + hazard * hazard * followedSquares);
    k++;
  }
  return variance;
}
