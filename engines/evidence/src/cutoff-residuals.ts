import type { Side } from './cutoff-data.ts';
import { coefficients, fittedAt, leverages, type LocalFit } from './local-polynomial.ts';
import { neighbourResiduals } from './nearest-neighbours.ts';

/**
 * What the errors rest on. `neighbours`: how rows differ from the nearest three. `hc0` to `hc3`: how they differ from
 * the fitted line, plainly (0), made larger for the coefficients (1) or for each row's pull on the line (2, 3).
 */
export type ResidualKind = 'neighbours' | 'hc0' | 'hc1' | 'hc2' | 'hc3';

/**
 * Residuals of the nearest `rows` rows for the fits of a side: one list per fit, in the order of `fits`. Leverages
 * are those of the first fit for all of them, as rdrobust has it.
 */
export function residualsFor(
  kind: ResidualKind,
  side: Side,
  y: Float64Array,
  rows: number,
  fits: readonly LocalFit[],
): Float64Array[] {
  if (kind === 'neighbours') {
    const residuals = neighbourResiduals(side, y, rows);
    return fits.map(() => residuals);
  }
  const pull = kind === 'hc2' || kind === 'hc3' ? leverages(fits[0]!) : null;
  return fits.map((fit) => {
    const residuals = fittedAt(fit, coefficients(fit, y), rows);
    const factor = kind === 'hc1' ? Math.sqrt(rows / (rows - fit.degree - 1)) : 1;
    for (let i = 0; i < rows; i++) {
      const left = pull && i < pull.length ? 1 - pull[i]! : 1;
      residuals[i] =
        ((y[i]! - residuals[i]!) * factor) / (kind === 'hc2' ? Math.sqrt(left) : kind === 'hc3' ? left : 1);
    }
    return residuals;
  });
}

/**
 * The variance Σ(l·e)² of a weighted sum of outcomes; with clusters rows are added within them first and the sum is
 * made larger by (n − 1)/(n − coefficients)·G/(G − 1), for this side alone.
 */
export function varianceOf(
  side: Side,
  weights: Float64Array,
  residuals: Float64Array,
  { rows, coefficients: k }: { readonly rows: number; readonly coefficients: number },
): number {
  const parts = influenceOf(weights, residuals);
  const { clusters } = side;
  let total = 0;
  if (clusters === null) {
    for (const part of parts) total += part * part;
    return total;
  }
  const sums = new Map<number, number>();
  for (let i = 0; i < rows; i++) sums.set(clusters[i]!, (sums.get(clusters[i]!) ?? 0) + (parts[i] ?? 0));
  for (const part of sums.values()) total += part * part;
  return total * clusterFactor(rows, k, sums.size);
}

export function clusterFactor(rows: number, k: number, clusters: number): number {
  return (((rows - 1) / (rows - k)) * clusters) / (clusters - 1);
}

/** l·e per row. */
export function influenceOf(weights: Float64Array, residuals: Float64Array): Float64Array {
  return weights.map((weight, i) => weight * residuals[i]!);
}
