import { chiSquaredUpperTail, cholesky, quadraticForm, square } from '@meedoen/numbers';
import { refuse, type Parsed, type Refusal } from '@meedoen/units';
import type { ChiSquaredTest } from './cox.ts';
import { crossProducts } from './cross-products.ts';
import { influenceOnGray, type GrayMoment } from './gray-influence.ts';
import { everyone, type Groups } from './groups.ts';
import type { Spells } from './spells.ts';

/** Of a count, what rounding may leave of people who are all gone. */
const CRUMB = 1e-12;

/** `excess`: by group, events of the cause above those it would have had were incidence the same in all; together 0. */
export type GrayTest = ChiSquaredTest & { readonly excess: Float64Array };

/**
 * Do the groups reach a cause equally often, others competing? Gray's test (ρ = 0) for one cause, within strata if given.
 *
 * Compares subdistribution hazards, so it asks about cumulative incidence itself and not about the rate among those who
 * still wait. Late entry changes only who is at risk: Y/S of a group stays in proportion to the share of it under observation
 * (Geskus 2011), which is all that the statistic and its martingales ask of Y. Copies count as people. With sampling weights
 * or clusters the statistic is weighted, and its variance is Σ of squared influences ({@link influenceOnGray}) instead of Gray's.
 *
 * Refuses one group, a cause that nobody had, and a group of whom nobody was followed, or nobody was left, before others of
 * it entered. O(n + strata × times × groups³).
 *
 * R. J. Gray (1988), Annals of Statistics 16, 1141–1154. R. B. Geskus (2011), Biometrics 67, 39–49.
 */
export function grayTest(
  spells: Spells,
  {
    groups,
    cause,
    strata = everyone(spells.size),
    clusters,
  }: {
    readonly groups: Groups;
    readonly cause: number;
    readonly strata?: Groups;
    /** Rows of one person, household or location. */
    readonly clusters?: Groups;
  },
): Parsed<GrayTest> {
  const k = groups.names.length;
  if (k < 2)
    return refuse(
      'two-groups-needed',
      'A test needs at least two groups; here is 1. Name the column that tells them apart.',
      { groups: k },
    );
  const { size, from, to, times, weight } = spells;
  const width = times.length;
  const cells = width * k;
  const entering = new Float64Array(strata.names.length * cells);
  const leaving = new Float64Array(entering.length);
  const mine = new Float64Array(entering.length);
  const other = new Float64Array(entering.length);
  for (let i = 0; i < size; i++) {
    const w = weight ? weight[i]! : 1;
    const base = strata.codes[i]! * cells + groups.codes[i]!;
    const cell = base + to[i]! * k;
    entering[base + (from ? from[i]! * k : 0)]! += w;
    leaving[cell]! += w;
    const c = spells.cause[i]!;
    if (c === cause) mine[cell]! += w;
    else if (c > 0) other[cell]! += w;
  }
  const z = new Float64Array(k);
  const variance = square(k);
  const weighted = clusters !== undefined || (weight !== null && spells.weightMeaning === 'sampling');
  const influence = weighted ? new Float64Array(size * k) : null;
  for (let s = 0; s < strata.names.length; s++) {
    const slice = (counts: Float64Array): Float64Array => counts.subarray(s * cells, (s + 1) * cells);
    const counts = { entering: slice(entering), leaving: slice(leaving), mine: slice(mine), other: slice(other) };
    const walked = walk(counts, k, z);
    if ('gap' in walked) return refuseGap(groups.names[walked.gap.group]!, times[walked.gap.place]!);
    if (influence) influenceOnGray(spells, walked.moments, { groups, cause, strata, stratum: s }, influence);
    else addVariance(walked.moments, k, variance.values);
  }
  const spread = influence ? crossProducts(influence, k, spells, clusters) : variance;

  const rest = square(k - 1);
  for (let g = 1; g < k; g++)
    for (let h = 1; h < k; h++) rest.values[(g - 1) * (k - 1) + h - 1] = spread.values[g * k + h]!;
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
  return { ok: true, value: { chiSquared, degrees: k - 1, p: chiSquaredUpperTail(chiSquared, k - 1), excess: z } };
}

function refuseGap(group: string, time: number): Refusal {
  return refuse(
    'nobody-followed',
    `Nobody of group ${group} was followed beyond ${time}, though others of it came later: what happened to the group in between is not known. Let the clock of all start later, or leave out who left before it.`,
    { group, time },
  );
}

/** People by time and group (a row per time). */
type Counts = {
  readonly entering: Float64Array;
  readonly leaving: Float64Array;
  readonly mine: Float64Array;
  readonly other: Float64Array;
};

/** First pass: adds to the statistic z, and keeps what its variance needs of every time at which anything happened. */
function walk(
  { entering, leaving, mine, other }: Counts,
  k: number,
  z: Float64Array,
): { moments: GrayMoment[] } | { gap: { group: number; place: number } } {
  const cells = leaving.length;
  const lastEntry = new Int32Array(k);
  const people = new Float64Array(k);
  for (let cell = 0; cell < cells; cell++) {
    people[cell % k]! += leaving[cell]!;
    if (entering[cell]! > 0) lastEntry[cell % k] = Math.floor(cell / k);
  }
  // Backwards, so that the last to leave are counted to the digit.
  const atRisk = leaving.slice();
  for (let cell = cells - k - 1; cell >= 0; cell--) {
    atRisk[cell]! += atRisk[cell + k]! - entering[cell + k]!;
    if (atRisk[cell]! < CRUMB * people[cell % k]!) atRisk[cell] = 0;
  }
  const waiting = new Float64Array(k).fill(1);
  const reached = new Float64Array(k);
  let pooled = 0;
  const moments: GrayMoment[] = [];
  for (let place = 0; place < cells / k; place++) {
    const here = <A extends Float64Array>(counts: A): Float64Array => counts.subarray(place * k, (place + 1) * k);
    const n = here(atRisk);
    const d = here(mine);
    const e = here(other);
    let d1 = 0;
    let any = 0;
    for (let g = 0; g < k; g++) {
      d1 += d[g]!;
      any += d[g]! + e[g]!;
    }
    if (any === 0) continue;
    const before = { waiting: waiting.slice(), reached: reached.slice(), pooled };
    const w = new Float64Array(k);
    let total = 0;
    let expectedOver = 0;
    for (let g = 0; g < k; g++) {
      // Nobody of a group is at risk once its S is 0.
      w[g] = n[g]! > 0 ? n[g]! / waiting[g]! : 0;
      total += w[g]!;
      expectedOver += w[g]! * (1 - reached[g]!);
    }
    pooled += d1 / total;
    for (let g = 0; g < k; g++) {
      z[g]! += d[g]! - (d1 * w[g]! * (1 - reached[g]!)) / expectedOver;
      if (n[g]! > 0) {
        reached[g]! += (waiting[g]! * d[g]!) / n[g]!;
        const staying = 1 - (d[g]! + e[g]!) / n[g]!;
        waiting[g]! *= staying < CRUMB ? 0 : staying;
      }
      if ((n[g] === 0 || waiting[g] === 0) && place < lastEntry[g]!) return { gap: { group: g, place } };
    }
    moments.push({
      ...before,
      place,
      atRisk: n,
      mine: d,
      other: e,
      waitingAfter: waiting.slice(),
      w,
      total,
      pooledAfter: pooled,
    });
  }
  return { moments };
}

/** Second pass, Gray's variance: each moment's events, with all that they still move afterwards. */
function addVariance(moments: readonly GrayMoment[], k: number, v: Float64Array): void {
  const stepOf = ({ w, total }: GrayMoment, i: number, g: number): number =>
    w[i]! * ((i === g ? 1 : 0) - w[g]! / total);
  const sum = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0);
  // What is still to move after the moment: first all of it, then less and less.
  const remaining = new Float64Array(k * k);
  const move = (moment: GrayMoment, sign: number): void => {
    const d1 = sum(moment.mine);
    if (d1 === 0) return;
    const hazard = d1 / (moment.total * (1 - moment.pooled));
    for (let i = 0; i < k; i++)
      for (let g = 0; g < k; g++) remaining[i * k + g]! += sign * stepOf(moment, i, g) * hazard;
  };
  for (const moment of moments) move(moment, 1);
  const byMine = new Float64Array(k);
  const byOther = new Float64Array(k);
  for (const moment of moments) {
    move(moment, -1);
    const { total, waiting, waitingAfter, atRisk: n, pooledAfter, mine, other } = moment;
    const d1 = sum(mine);
    for (let g = 0; g < k; g++) {
      if (n[g] === 0) continue;
      const q = waitingAfter[g]! > 0 ? (1 - pooledAfter) / waitingAfter[g]! : 0;
      for (let i = 0; i < k; i++) {
        byMine[i] = stepOf(moment, i, g) + (1 - q) * remaining[i * k + g]!;
        byOther[i] = -q * remaining[i * k + g]!;
      }
      const s = waiting[g]!;
      const d2 = other[g]!;
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
