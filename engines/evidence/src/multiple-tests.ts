import { refuse, refuseCell, type Parsed } from '@meedoen/units';

export type CorrectionMethod = 'benjamini-hochberg' | 'benjamini-yekutieli' | 'holm' | 'bonferroni';

export type CorrectedTests = {
  readonly method: CorrectionMethod;
  readonly tests: number;
  /** Corrected p-values, in the order of the tests. */
  readonly p: Float64Array;
};

/**
 * The p-values of a family of tests that answer one question together, corrected for their number: Benjamini–Hochberg
 * (share of false discoveries; Benjamini–Yekutieli under any dependence), Holm or Bonferroni (any false discovery at all).
 * As R's `p.adjust`. Refuses no tests, and a p that is not between 0 and 1. O(m log m).
 *
 * Y. Benjamini & Y. Hochberg (1995), JRSS B 57, 289–300. S. Holm (1979), Scandinavian Journal of Statistics 6, 65–70.
 */
export function correctForManyTests(
  p: ArrayLike<number>,
  method: CorrectionMethod = 'benjamini-hochberg',
): Parsed<CorrectedTests> {
  const m = p.length;
  if (m === 0) return refuse('no-tests', 'There are no tests. Give at least one p-value.');
  for (let i = 0; i < m; i++) {
    if (!(p[i]! >= 0 && p[i]! <= 1)) {
      return refuseCell('p-not-usable', 'p', i, `${p[i]!} is no p-value. Write a number from 0 to 1.`, {
        found: String(p[i]!),
      });
    }
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
  return { ok: true, value: { method, tests: m, p: corrected } };
}
