import { everyone, inOrderOf, type Groups } from './groups.ts';
import { countUpTo, type Spells } from './spells.ts';

/**
 * Of the pairs whose order we know, the share in which the higher score had the event first; equal scores count half.
 *
 * A pair is known when one has the event while the other is followed and stays longer, or is censored on that same day.
 * Pairs lie within a stratum and count for the product of their weights. `null` without such pairs. O(n log n).
 *
 * F. E. Harrell et al. (1982), JAMA 247, 2543–2546.
 */
export function concordance(
  spells: Spells,
  score: Float64Array,
  strata: Groups = everyone(spells.size),
  event = 1,
): number | null {
  const { to, from, cause, weight, times } = spells;
  const byTime = inOrderOf(strata.codes, strata.names.length, inOrderOf(to, times.length).order);
  const byEntry = from && inOrderOf(strata.codes, strata.names.length, inOrderOf(from, times.length).order);
  const rank = new Int32Array(score.length);
  let known = 0;
  let right = 0;
  for (let s = 0; s < strata.names.length; s++) {
    const rows = byTime.order.subarray(byTime.start[s]!, byTime.start[s + 1]!);
    const entries = byEntry && byEntry.order.subarray(byEntry.start[s]!, byEntry.start[s + 1]!);
    const levels = distinct(score, rows);
    for (const i of rows) rank[i] = countUpTo(levels, score[i]!) - 1;
    // A Fenwick tree: the weight of those in it, by rank of their score.
    const tree = new Float64Array(levels.length + 1);
    const put = (i: number, sign: number): void => {
      const w = sign * (weight ? weight[i]! : 1);
      for (let at = rank[i]! + 1; at < tree.length; at += at & -at) tree[at]! += w;
    };
    const below = (place: number): number => {
      let total = 0;
      for (let at = place; at > 0; at -= at & -at) total += tree[at]!;
      return total;
    };
    // From the last time to the first: in the tree are those who stay longer and have entered.
    let inTree = 0;
    let leave = entries ? entries.length - 1 : -1;
    for (let end = rows.length; end > 0;) {
      const place = to[rows[end - 1]!]!;
      let begin = end;
      while (begin > 0 && to[rows[begin - 1]!] === place) begin--;
      const same = rows.subarray(begin, end);
      for (; leave >= 0 && from![entries![leave]!]! > place; leave--) {
        put(entries![leave]!, -1);
        inTree -= weight ? weight[entries![leave]!]! : 1;
      }
      const enter = (events: boolean): void => {
        for (const i of same) {
          if ((cause[i] === event) !== events) continue;
          put(i, 1);
          inTree += weight ? weight[i]! : 1;
        }
      };
      enter(false);
      for (const i of same) {
        if (cause[i] !== event) continue;
        const w = weight ? weight[i]! : 1;
        const lower = below(rank[i]!);
        const equal = below(rank[i]! + 1) - lower;
        known += w * inTree;
        right += w * (lower + equal / 2);
      }
      enter(true);
      end = begin;
    }
  }
  return known > 0 ? right / known : null;
}

function distinct(score: Float64Array, rows: Int32Array): Float64Array {
  const sorted = Float64Array.from(rows, (i) => score[i]!).sort();
  return sorted.filter((value, at) => at === 0 || value !== sorted[at - 1]);
}
