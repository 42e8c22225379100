import { normalQuantile, type Chance } from '@meedoen/numbers';
import { clusterSums } from './group-time-effects.ts';
import type { Groups } from './groups.ts';

/** The random factor of each cluster: ±1, or Mammen's two points, which also keep the third moment. */
export type Multiplier = 'rademacher' | 'mammen';

export type MultiplierBootstrap = {
  /** Per estimate, from the quartiles of its draws; `null` where nothing moves it. */
  readonly se: readonly (number | null)[];
  /** Estimate ± this many se holds all estimates together with the asked confidence; `null` where nothing moves. */
  readonly critical: number | null;
  readonly draws: number;
};

/**
 * Errors and a band for several estimates at once, from their influence: each draw gives every unit (cluster) one random
 * factor and adds up what they move. SE = (Q75 − Q25)/(z75 − z25), which a few wild draws cannot spoil; the band is the
 * quantile of the largest |draw|/SE. The same chance gives the same bytes. O(draws × estimates × clusters).
 *
 * B. Callaway & P. H. C. Sant'Anna (2021), section 4; E. Mammen (1993), Annals of Statistics 21, 255–285.
 */
export function multiplierBootstrap(
  influence: readonly Float64Array[],
  chance: Chance,
  {
    clusters = null,
    draws = 1000,
    confidence = 0.95,
    multiplier = 'rademacher',
  }: {
    readonly clusters?: Groups | null;
    readonly draws?: number;
    readonly confidence?: number;
    readonly multiplier?: Multiplier;
  } = {},
): MultiplierBootstrap {
  if (!(Number.isInteger(draws) && draws >= 100))
    throw new RangeError(`${draws} draws: give a whole number from 100 up.`);
  const sums = influence.map((one) => clusterSums(one, clusters));
  const count = sums.length;
  const units = count === 0 ? 0 : sums[0]!.length;
  // Unit after unit, so that a draw reads memory in one line.
  const table = new Float64Array(units * count);
  for (const [k, one] of sums.entries()) for (let i = 0; i < units; i++) table[i * count + k] = one[i]!;

  const all = sums.map(() => new Float64Array(draws));
  const factors = multiplier === 'rademacher' ? signs(chance) : mammen(chance);
  const moved = new Float64Array(count);
  for (let draw = 0; draw < draws; draw++) {
    moved.fill(0);
    for (let i = 0; i < units; i++) {
      const v = factors();
      for (let k = 0, at = i * count; k < count; k++, at++) moved[k]! += v * table[at]!;
    }
    for (let k = 0; k < count; k++) all[k]![draw] = moved[k]!;
  }

  const apart = normalQuantile(0.75) - normalQuantile(0.25);
  const se = all.map((values) => {
    const sorted = values.toSorted();
    const spread = (at(sorted, 0.75) - at(sorted, 0.25)) / apart;
    return spread > 0 ? spread : null;
  });
  if (se.every((one) => one === null)) return { se, critical: null, draws };
  const largest = Float64Array.from({ length: draws }, (_, draw) =>
    se.reduce((most: number, one, k) => (one === null ? most : Math.max(most, Math.abs(all[k]![draw]!) / one)), 0),
  ).sort();
  return { se, critical: at(largest, confidence), draws };
}

/** The smallest value with at least this share at or below it. */
function at(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** +1 and −1 with equal chance, 32 from each random word. */
function signs(chance: Chance): () => number {
  let word = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      word = chance.bits();
      left = 32;
    }
    left--;
    const sign = (word & 1) * 2 - 1;
    word >>>= 1;
    return sign;
  };
}

function mammen(chance: Chance): () => number {
  const root = Math.sqrt(5);
  const low = (1 - root) / 2;
  const high = (1 + root) / 2;
  const often = (root + 1) / (2 * root);
  return () => (chance.share() < often ? low : high);
}
