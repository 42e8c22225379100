/**
 * Keep strata within reach of each other: where the probability of an arm differs by more than `mostApart` between two strata
 * in which it is open (above 0), all strata are moved towards an even spread over their open arms by the same share, the
 * smallest that is enough. Even spreads keep every floor and every closed arm, so those still hold afterwards. Where open
 * arms differ, the even spreads may lie apart already: what that adds is left, with nothing learnt.
 *
 * `learntShare` is 1 where nothing had to be moved. O(arms·strata²).
 */
export function withinReach(
  wanted: readonly (readonly number[])[],
  mostApart: number,
): { readonly probabilities: number[][]; readonly learntShare: number } {
  const even = wanted.map((row) => {
    const open = row.filter((p) => p > 0).length;
    return row.map((p) => (p > 0 ? 1 / open : 0));
  });
  let learntShare = 1;
  for (const [x, row] of wanted.entries()) {
    for (let y = 0; y < x; y++) {
      for (let d = 0; d < row.length; d++) {
        if (row[d] === 0 || wanted[y]![d] === 0) continue;
        // even + share·(wanted − even): the difference of the two is a straight line in the share.
        const start = even[x]![d]! - even[y]![d]!;
        const end = row[d]! - wanted[y]![d]!;
        if (Math.abs(end) <= mostApart) continue;
        const limit = Math.sign(end) * mostApart;
        learntShare = Math.min(learntShare, Math.max(0, (limit - start) / (end - start)));
      }
    }
  }
  const probabilities = wanted.map((row, x) =>
    row.map((p, d) => (learntShare === 1 ? p : even[x]![d]! + learntShare * (p - even[x]![d]!))),
  );
  return { probabilities, learntShare };
}
