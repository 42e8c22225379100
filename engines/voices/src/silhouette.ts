import { type Clustering } from './k-means.ts';
import { type Places } from './neighbourhoods.ts';

/** Between each two places the distance on the map, row by row. */
export function distances({ x, y }: Places): Float64Array {
  const size = x.length;
  const between = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const dx = x[i]! - x[j]!;
      const dy = y[i]! - y[j]!;
      between[i * size + j] = between[j * size + i] = Math.sqrt(dx * dx + dy * dy);
    }
  }
  return between;
}

/**
 * How much nearer people are to their own group than to the next: 1 far apart, 0 touching. The mean over people
 * of (b − a) / max(a, b), a the mean distance to others of the own group and b to the nearest other group; a person alone
 * in a group counts 0. P. J. Rousseeuw (1987), J. Comput. Appl. Math. 20:53.
 */
export function silhouette({ weight }: Places, between: Float64Array, { of, centerX }: Clustering): number {
  const size = weight.length;
  const k = centerX.length;
  const people = new Float64Array(k);
  let everybody = 0;
  for (let i = 0; i < size; i++) {
    people[of[i]!]! += weight[i]!;
    everybody += weight[i]!;
  }
  const total = new Float64Array(k);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const own = of[i]!;
    if (people[own]! <= 1) continue;
    total.fill(0);
    for (let j = 0; j < size; j++) total[of[j]!]! += weight[j]! * between[i * size + j]!;
    const a = total[own]! / (people[own]! - 1);
    let b = Infinity;
    for (let c = 0; c < k; c++) if (c !== own && people[c]! > 0) b = Math.min(b, total[c]! / people[c]!);
    const wider = Math.max(a, b);
    if (b < Infinity && wider > 0) sum += (weight[i]! * (b - a)) / wider;
  }
  return everybody === 0 ? 0 : sum / everybody;
}
