import { chance } from '@meedoen/numbers';
import { settle, type Clustering } from './k-means.ts';
import { type Places } from './neighbourhoods.ts';
import { adjustedRandIndex } from './rand-index.ts';

/** Pairs of opposite halves that are drawn. */
const halvings = 8;
/** So many of the divisions that settle compete again in each half. */
const rivals = 6;

/**
 * Would the same groups have come out if half of the places on the map had not been there? The mean, over 16
 * halves, of the adjusted Rand index between the best division and the one that is best for that half: 1 always
 * the same, around 0 a coin flip.
 *
 * Balanced halves: neighbours from left to right are paired and each half takes one of every pair; its opposite
 * takes the other. The draws are always the same and places are paired by where they lie, so no order and no chance of
 * the caller matters. A. Ben-Hur, A. Elisseeff & I. Guyon (2002), Pacific Symposium on Biocomputing 7:6;
 * P. J. McCarthy (1969), Review of the ISI 37:239 (balanced halves).
 *
 * @param pool divisions into equally many groups that settle, best first
 */
export function stability(places: Places, pool: readonly Clustering[]): number {
  const { x, y, weight } = places;
  const fromLeft = Array.from(x.keys()).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const best = pool[0]!;
  const draw = chance(1);
  let sum = 0;
  for (let halving = 0; halving < halvings; halving++) {
    const taken = new Uint8Array(x.length);
    for (let pair = 0; pair < fromLeft.length; pair += 2) {
      const first = draw.bits() & 1;
      taken[fromLeft[pair]!] = first;
      if (pair + 1 < fromLeft.length) taken[fromLeft[pair + 1]!] = 1 - first;
    }
    for (const side of [0, 1]) {
      const half: Places = { x, y, weight: weight.map((people, i) => (taken[i] === side ? people : 0)) };
      let winner = best;
      let smallest = Infinity;
      for (const rival of pool.slice(0, rivals)) {
        // Places of weight 0 move no center, but learn which center they are nearest to.
        const settled = settle(half, rival);
        if (settled.squaredError < smallest) {
          smallest = settled.squaredError;
          winner = settled;
        }
      }
      sum += adjustedRandIndex(best.of, winner.of, weight);
    }
  }
  return sum / (2 * halvings);
}
