import { chiSquaredUpperTail, cholesky, quadraticForm, square } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import type { ChiSquaredTest } from './cox.ts';
import { everyone, type Groups } from './groups.ts';
import type { Spells } from './spells.ts';

/**
 * Do the groups reach a cause equally often, others competing? Gray's test (ρ = 0) for one cause, within strata if given.
 *
 * Compares subdistribution hazards, so it asks about cumulative incidence itself and not about the rate among those who
 * still wait. Weights count as copies. Refuses late entry, sampling weights, one group, and a cause that nobody had.
 * O(n + strata × times × groups³).
 *
 * R. J. Gray (1988), Annals of Statistics 16, 1141–1154.
 */
export function grayTest(
  spells: Spells,
  {
    groups,
    cause,
    strata = everyone(spells.size),
  }: { readonly groups: Groups; readonly cause: number; readonly strata?: Groups },
): Parsed<ChiSquaredTest> {
  const k = groups.names.length;
  if (k < 2)
    return refuse(
      'two-groups-needed',
      'A test needs at least two groups; here is 1. Name the column that tells them apart.',
      { groups: k },
    );
  if (spells.from) {
    return refuse(
      'gray-test-with-late-entry',
      'Gray’s test needs people followed from the start. Leave late entries out, or compare the causes with Cox regression.',
    );
  }
  if (spells.weight && spells.weightMeaning === 'sampling') {
    return refuse(
      'gray-test-with-sampling-weights',
      'Gray’s test counts people, and sampling weights are not counts. Use Fine–Gray regression with the groups as covariates: its errors take sampling weights.',
    );
  }
  const { size, to, times, weight } = spells;
  const width = times.length;
  const cells = width * k;
  const leaving = new Float64Array(strata.names.length * cells);
  const mine = new Float64Array(leaving.length);
  const other = new Float64Array(leaving.length);
  for (let i = 0; i < size; i++) {
    const w = weight ? weight[i]! : 1;
    const cell = strata.codes[i]! * cells + to[i]! * k + groups.codes[i]!;
    leaving[cell]! += w;
    const c = spells.cause[i]!;
    if (c === cause) mine[cell]! += w;
    else if (c > 0) other[cell]! += w;
  }
  const z = new Float64Array(k);
  const variance = square(k);
  for (let s = 0; s < strata.names.length; s++) {
    const slice = (cell: Float64Array): Float64Array => cell.subarray(s * cells, (s + 1) * cells);
    addStratum(slice(leaving), slice(mine), slice(other), k, z, variance.values);
  }

  const rest = square(k - 1);
  for (let g = 1; g < k; g++)
    for (let h = 1; h < k; h++) rest.values[(g - 1) * (k - 1) + h - 1] = variance.values[g * k + h]!;
  const factor = cholesky(rest);
  if ('dependentRow' in factor) {
    return refuse(
      'gray-test-without-events',
      `Cause ${cause} did not happen while the groups were followed together. Follow people longer, or leave an empty group out.`,
      {
        cause,
      },
    );
  }
  const chiSquared = quadraticForm(factor, z.slice(1));
  return { ok: true, value: { chiSquared, degrees: k - 1, p: chiSquaredUpperTail(chiSquared, k - 1) } };
}

function addStratum(
  leaving: Float64Array,
  mine: Float64Array,
  other: Float64Array,
  k: number,
  z: Float64Array,
  v: Float64Array,
): void {
  const width = leaving.length / k;
  const atRisk = new Float64Array(k);
  for (let cell = 0; cell < leaving.length; cell++) atRisk[cell % k]! += leaving[cell]!;

  // First pass: the statistic, and what the second needs of every time at which anything happened.
  const waiting = new Float64Array(k).fill(1);
  const reached = new Float64Array(k);
  let pooled = 0;
  type Moment = {
    w: Float64Array;
    total: number;
    spread: Float64Array;
    waitingBefore: Float64Array;
    waitingAfter: Float64Array;
    atRisk: Float64Array;
    pooledAfter: number;
    at: number;
  };
  const moments: Moment[] = [];
  const running = new Float64Array(k * k);
  for (let j = 0; j < width; j++) {
    const at = j * k;
    let d1 = 0;
    let d2 = 0;
    for (let g = 0; g < k; g++) {
      d1 += mine[at + g]!;
      d2 += other[at + g]!;
    }
    if (d1 + d2 > 0) {
      const w = new Float64Array(k);
      let total = 0;
      let expectedOver = 0;
      for (let g = 0; g < k; g++) {
        // Nobody of a group is at risk once its S is 0.
        w[g] = atRisk[g]! > 0 ? atRisk[g]! / waiting[g]! : 0;
        total += w[g]!;
        expectedOver += w[g]! * (1 - reached[g]!);
      }
      const pooledAfter = pooled + d1 / total;
      for (let g = 0; g < k; g++) z[g]! += mine[at + g]! - (d1 * w[g]! * (1 - reached[g]!)) / expectedOver;
      if (d1 > 0) {
        for (let i = 0; i < k; i++) {
          for (let g = 0; g < k; g++) {
            const a = w[i]! * ((i === g ? 1 : 0) - w[g]! / total);
            running[i * k + g]! += (a * d1) / (total * (1 - pooled));
          }
        }
      }
      const waitingBefore = waiting.slice();
      for (let g = 0; g < k; g++) {
        if (atRisk[g] === 0) continue;
        reached[g]! += (waiting[g]! * mine[at + g]!) / atRisk[g]!;
        waiting[g]! *= 1 - (mine[at + g]! + other[at + g]!) / atRisk[g]!;
      }
      moments.push({
        w,
        total,
        spread: running.slice(),
        waitingBefore,
        waitingAfter: waiting.slice(),
        atRisk: atRisk.slice(),
        pooledAfter,
        at,
      });
      pooled = pooledAfter;
    }
    for (let g = 0; g < k; g++) atRisk[g]! -= leaving[at + g]!;
  }

  // Second pass: each moment's events, with all that they still move afterwards.
  const byMine = new Float64Array(k);
  const byOther = new Float64Array(k);
  for (const { w, total, spread, waitingBefore, waitingAfter, atRisk: n, pooledAfter, at } of moments) {
    let d1 = 0;
    for (let g = 0; g < k; g++) d1 += mine[at + g]!;
    for (let g = 0; g < k; g++) {
      if (n[g] === 0) continue;
      const q = waitingAfter[g]! > 0 ? (1 - pooledAfter) / waitingAfter[g]! : 0;
      for (let i = 0; i < k; i++) {
        const a = w[i]! * ((i === g ? 1 : 0) - w[g]! / total);
        const remaining = running[i * k + g]! - spread[i * k + g]!;
        byMine[i] = a + (1 - q) * remaining;
        byOther[i] = -q * remaining;
      }
      const s = waitingBefore[g]!;
      const d2 = other[at + g]!;
      const tiedMine = d1 > 1 ? 1 - (d1 - 1) / (total * s - 1) : 1;
      const tiedOther = d2 > 1 ? 1 - (d2 - 1) / (n[g]! - 1) : 1;
      const weightMine = ((s * d1) / (total * n[g]!)) * tiedMine;
      const weightOther = ((s * s * d2) / (n[g]! * n[g]!)) * tiedOther;
      for (let i = 0; i < k; i++) {
        for (let h = 0; h < k; h++)
          v[i * k + h]! += weightMine * byMine[i]! * byMine[h]! + weightOther * byOther[i]! * byOther[h]!;
      }
    }
  }
}
