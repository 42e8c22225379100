import type { WeightMeaning } from './spells.ts';

/** What rows stand for when their influence is added up. */
export type Counted = {
  readonly weight: Float64Array | null;
  readonly weightMeaning: WeightMeaning;
  /** Which rows are one person; without it each row is one. */
  readonly person?: Int32Array;
  /** Which rows are one household or location: these are added up, and so are the people in them. */
  readonly clusters?: { readonly codes: Int32Array } | undefined;
};

/**
 * The variance of an estimate from its influence function, one number per row: rows are added within a person or a
 * cluster, then squared and added. Sampling weights multiply what a row moves. Copies of a person are different people,
 * whose squares add by count; within a cluster they are added like everybody else.
 *
 * So the difference of two estimates on the same rows has the variance of the difference of their influences.
 */
export function varianceFromInfluence(
  influence: Float64Array,
  { weight, weightMeaning, person, clusters }: Counted,
): number {
  const unit = clusters?.codes ?? person;
  const copies = !clusters && weight !== null && weightMeaning === 'copies';
  let total = 0;
  if (!unit) {
    for (let i = 0; i < influence.length; i++) {
      const w = weight ? weight[i]! : 1;
      total += influence[i]! * influence[i]! * (copies ? w : w * w);
    }
    return total;
  }
  const summed = new Float64Array(unit.reduce((a, b) => Math.max(a, b), -1) + 1);
  const count = copies ? new Float64Array(summed.length) : null;
  for (let i = 0; i < influence.length; i++) {
    const u = unit[i]!;
    summed[u]! += influence[i]! * (weight && !copies ? weight[i]! : 1);
    if (count) count[u] = weight![i]!;
  }
  for (let u = 0; u < summed.length; u++) total += summed[u]! * summed[u]! * (count ? count[u]! : 1);
  return total;
}
