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
  // Copies of a row are different people: their squares add by count. Sampling weights multiply what a row moves.
  const copies = ownCluster && weight !== null && spells.weightMeaning === 'copies';
  const fixed = new Float64Array(ownCluster ? spells.size : clusters.names.length);
  const followed = new Float64Array(fixed.length);
  let fixedSquares = 0;
  let cross = 0;
  let followedSquares = 0;

  const change = (i: number, byFixed: number, byFollowed: number): void => {
    const many = copies ? weight![i]! : 1;
    const w = weight && !copies ? weight[i]! : 1;
    const c = ownCluster ? i : clusters.codes[i]!;
    const p = fixed[c]!;
    const f = followed[c]!;
    const p2 = p + w * byFixed;
    const f2 = f + w * byFollowed;
    fixedSquares += many * (p2 * p2 - p * p);
    cross += many * (p2 * f2 - p * f);
    followedSquares += many * (f2 * f2 - f * f);
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

/**
 * Variance of F_k, the share whom a cause had reached, at every time of a group's table, from the influence of each row.
 *
 * Row i moves F_k(t) by Σ S(t_j−)·[∂h_k − Z_i(t_j−)·h_k] over t_j ≤ t, h_k = d_k/n and Z as above. While i is followed
 * that is P + X(t) + b·F_k(t) with X = Σ S(t_j−)·h_k·(A(t_j−) − 1/n), and afterwards P + b·F_k(t): linear in two running
 * functions of time, so six running sums over clusters give the variance at every time in O(n + times).
 */
export function influenceOnIncidence(
  spells: Spells,
  table: RiskTable,
  causeNumber: number,
  within: Within,
): Float64Array {
  const { from, to, cause, weight, times } = spells;
  const { groups, code, clusters } = within;
  const { order, start } = inOrderOf(to, times.length);
  const arrivals = from ? inOrderOf(from, times.length) : null;
  const isIn = (i: number): boolean => groups === undefined || groups.codes[i] === code;
  // Copies of a row are different people: their squares add by count. Sampling weights multiply what a row moves.
  const copies = clusters === undefined && weight !== null && spells.weightMeaning === 'copies';
  const size = clusters ? clusters.names.length : spells.size;
  const fixed = new Float64Array(size); // P
  const onX = new Float64Array(size);
  const onF = new Float64Array(size); // b
  const entered = new Float64Array(spells.size); // A when row i entered
  const outset = new Float64Array(spells.size); // P of row i while followed
  const sums = new Float64Array(6);

  const add = (c: number, sign: number): void => {
    const p = fixed[c]!;
    const a = onX[c]!;
    const b = onF[c]!;
    sums[0]! += sign * p * p;
    sums[1]! += sign * a * a;
    sums[2]! += sign * b * b;
    sums[3]! += sign * p * a;
    sums[4]! += sign * p * b;
    sums[5]! += sign * a * b;
  };
  const change = (i: number, p: number, a: number, b: number): void => {
    const c = clusters ? clusters.codes[i]! : i;
    const w = weight ? weight[i]! : 1;
    const many = copies ? w : 1;
    const each = copies ? 1 : w;
    add(c, -many);
    fixed[c]! += each * p;
    onX[c]! += each * a;
    onF[c]! += each * b;
    add(c, many);
  };

  const variance = new Float64Array(table.time.length);
  let hazard = 0; // A
  let x = 0;
  let f = 0;
  let staying = 1;
  const enter = (i: number): void => {
    entered[i] = hazard;
    outset[i] = hazard * f - x;
    change(i, outset[i]!, 1, -hazard);
  };
  if (!arrivals) for (let i = 0; i < spells.size; i++) if (isIn(i)) enter(i);
  for (let j = 0, k = 0; j < times.length; j++) {
    if (arrivals) {
      for (let at = arrivals.start[j]!; at < arrivals.start[j + 1]!; at++) {
        const i = arrivals.order[at]!;
        if (isIn(i)) enter(i);
      }
    }
    if (k >= table.place.length || table.place[k] !== j) continue;
    const n = table.atRisk[k]!;
    const d = table.events[k]!;
    const step = (staying * (table.eventsByCause[causeNumber - 1]?.[k] ?? 0)) / n;
    x += step * (hazard - 1 / n);
    f += step;
    // Once nobody waits nothing moves any more, and these terms no longer matter.
    const ended = n === d;
    if (!ended) hazard += d / (n * (n - d));
    for (let at = start[j]!; at < start[j + 1]!; at++) {
      const i = order[at]!;
      if (!isIn(i)) continue;
      const own = cause[i] === causeNumber ? staying / n : 0;
      const z = ended ? 0 : (cause[i]! > 0 ? 1 / (n - d) : 0) - (hazard - entered[i]!);
      const moved = outset[i]! + x - entered[i]! * f + own;
      change(i, moved + z * f - outset[i]!, -1, entered[i]! - z);
    }
    staying *= 1 - d / n;
    variance[k] = Math.max(
      0,
      sums[0]! + x * x * sums[1]! + f * f * sums[2]! + 2 * x * sums[3]! + 2 * f * sums[4]! + 2 * x * f * sums[5]!,
    );
    k++;
  }
  return variance;
}
