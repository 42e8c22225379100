export type CorrectionMethod = 'benjamini-hochberg' | 'benjamini-yekutieli' | 'holm' | 'bonferroni';

/**
 * The p-values of a family of tests that answer one question together, corrected for their number, in the same order:
 * Benjamini–Hochberg (share of false discoveries; Benjamini–Yekutieli under any dependence), Holm or Bonferroni (any false
 * discovery at all). As R's `p.adjust`. O(m log m).
 *
 * Y. Benjamini & Y. Hochberg (1995), JRSS B 57, 289–300. S. Holm (1979), Scandinavian Journal of Statistics 6, 65–70.
 *
 * @param p each from 0 to 1; anything else is a RangeError
 */
export function correctedForMany(p: ArrayLike<number>, method: CorrectionMethod): Float64Array {
  const m = p.length;
  for (let i = 0; i < m; i++) {
    if (!(p[i]! >= 0 && p[i]! <= 1)) throw new RangeError(`correctedForMany: ${p[i]} at ${i} is no p-value.`);
  }
  const corrected = new Float64Array(m);
  const order = Uint32Array.from({ length: m }, (_, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);
  if (method === 'bonferroni') {
    for (let i = 0; i < m; i++) corrected[i] = Math.min(1, p[i]! * m);
  } else if (method === 'holm') {
    let largest = 0;
    for (let rank = 0; rank < m; rank++) {
      largest = Math.max(largest, p[order[rank]!]! * (m - rank));
      corrected[order[rank]!] = Math.min(1, largest);
    }
  } else {
    let dependence = 1;
    if (method === 'benjamini-yekutieli') for (let k = 2; k <= m; k++) dependence += 1 / k;
    let smallest = 1;
    for (let rank = m - 1; rank >= 0; rank--) {
      smallest = Math.min(smallest, p[order[rank]!]! * ((m * dependence) / (rank + 1)));
      corrected[order[rank]!] = smallest;
    }
  }
  return corrected;
}
