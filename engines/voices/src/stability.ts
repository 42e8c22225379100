import { chance } from '@meedoen/numbers';
import { bestClusterings, nearestCenters, quick, type Clustering } from './k-means.ts';
import { type Places } from './neighbourhoods.ts';
import { adjustedRandIndex } from './rand-index.ts';

/** Pairs of opposite halves that are drawn. */
const halvings = 4;

/**
 * Would the same groups have come out if half of the places on the map had not been there? For each number of groups from 2
 * the mean, over 8 halves each searched afresh, of the adjusted Rand index with the groups of all places: 1 always the same,
 * around 0 a coin flip.
 *
 * Neighbours from left to right are paired and each half takes one of every pair; its opposite takes the other.
 * The draws are always the same and places are paired by where they lie, so no order and no chance of the
 * caller matters. A. Ben-Hur, A. Elisseeff & I. Guyon (2002), Pacific Symposium on Biocomputing 7:6;
 * P. J. McCarthy (1969), Review of the ISI 37:239 (balanced halves).
 */
export function stabilities(places: Places, most: number): number[] {
  const { x, y, weight } = places;
  const whole = bestClusterings(places, most).map((pool) => pool[0]!);
  const fromLeft = Array.from(x.keys()).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const draw = chance(1);
  const sums = new Float64Array(whole.length);
  for (let halving = 0; halving < halvings; halving++) {
    const taken = new Uint8Array(x.length);
    for (let pair = 0; pair < fromLeft.length; pair += 2) {
      const first = draw.bits() & 1;
      taken[fromLeft[pair]!] = first;
      if (pair + 1 < fromLeft.length) taken[fromLeft[pair + 1]!] = 1 - first;
    }
    for (const side of [0, 1]) {
      const rows = Uint32Array.from(x.keys()).filter((i) => taken[i] === side);
      const half = { x: pick(x, rows), y: pick(y, rows), weight: pick(weight, rows) };
      const found = bestClusterings(half, whole.length, quick);
      whole.forEach((best, at) => (sums[at]! += agreement(places, best, found[at]?.[0])));
    }
  }
  return Array.from(sums.subarray(1), (sum) => sum / (2 * halvings));
}

/** A half in which so many groups cannot be made agrees with nothing. */
function agreement(places: Places, best: Clustering, half: Clustering | undefined): number {
  return half ? adjustedRandIndex(best.of, nearestCenters(places, half), places.weight) : 0;
}

function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}
