import { square, type Square } from '@meedoen/numbers';
import type { Groups } from './groups.ts';
import type { Spells } from './spells.ts';

/**
 * Σ D D' over people or clusters: the covariance of p coefficients from their influence, p numbers per row. Copies add
 * by count, sampling weights multiply what a row moves, and within a cluster rows are added first.
 */
export function crossProducts(
  perRow: Float64Array,
  p: number,
  { weight, weightMeaning }: Spells,
  clusters: Groups | undefined,
): Square {
  const rows = perRow.length / p;
  const result = square(p);
  const add = (from: Float64Array, at: number, w: number): void => {
    for (let j = 0; j < p; j++) {
      const x = w * from[at + j]!;
      for (let h = 0; h <= j; h++) result.values[j * p + h]! += x * from[at + h]!;
    }
  };
  if (clusters) {
    const summed = new Float64Array(clusters.names.length * p);
    for (let i = 0; i < rows; i++) {
      const w = weight ? weight[i]! : 1;
      const c = clusters.codes[i]! * p;
      for (let j = 0; j < p; j++) summed[c + j]! += w * perRow[i * p + j]!;
    }
    for (let c = 0; c < clusters.names.length; c++) add(summed, c * p, 1);
  } else {
    for (let i = 0; i < rows; i++) {
      const w = weight ? weight[i]! : 1;
      add(perRow, i * p, weightMeaning === 'copies' ? w : w * w);
    }
  }
  for (let j = 0; j < p; j++) for (let h = 0; h < j; h++) result.values[h * p + j] = result.values[j * p + h]!;
  return result;
}
