import type { Chance } from '@meedoen/numbers';
import type { Parsed } from '@meedoen/units';
import type { Note } from './estimate.ts';
import { fixedEffects, withoutMeans, type FixedEffectsTerm } from './fixed-effects.ts';
import type { Groups } from './groups.ts';
import type { Panel } from './panel.ts';

/** What a two-way fixed-effects regression would say of a policy, and why it may be wrong. */
export type TwoWayWarning = {
  readonly term: Omit<FixedEffectsTerm, 'influence'>;
  readonly clusters: number;
  /**
   * The coefficient is a weighted sum of the effects of cohorts in periods, and weights may be negative: then it can have
   * the sign that no effect has. Cells with a negative weight, and their sum (all weights sum to 1).
   */
  readonly negativeWeights: {
    readonly sum: number;
    readonly cells: readonly { readonly cohort: number; readonly period: number; readonly weight: number }[];
  };
  /** Below 40 clusters; with few treated ones it is cautious or the opposite, so look at the permutations too. */
  readonly wildBootstrap: {
    readonly p: number;
    readonly draws: number;
    readonly weights: 'rademacher' | 'webb';
  } | null;
  /** The share of other assignments of the starts to units that give a coefficient at least as far from 0. */
  readonly permutations: { readonly p: number; readonly assignments: number } | null;
  readonly notes: readonly Note[];
};

const FEW_CLUSTERS = 40;
const WEBB_BELOW = 12;

/**
 * The coefficient that many would report, beside the honest estimates, with its negative weights and, below 40 clusters,
 * a wild cluster bootstrap under the null and randomisation inference. Units treated from the first period on take part,
 * as they would in such a regression. O(draws × units × periods).
 *
 * C. de Chaisemartin & X. D'Haultfœuille (2020), American Economic Review 110, 2964–2996. A. C. Cameron, J. Gelbach & D. Miller
 * (2008), Review of Economics and Statistics 90, 414–427; M. D. Webb (2023), Canadian Journal of Economics 56, 839–858.
 */
export function twoWayWarning(
  panel: Panel,
  chance: Chance,
  { draws = 999, confidence = 0.95 }: { readonly draws?: number; readonly confidence?: number } = {},
): Parsed<TwoWayWarning> {
  const rows = rowsOf(panel);
  const policy = policyOf(panel, panel.cohort);
  const fit = fixedEffects(
    { ...rows, outcome: panel.outcome, regressors: [{ name: 'policy', values: policy }] },
    confidence,
  );
  if (!fit.ok) return fit;
  const { influence: _, ...term } = fit.value.terms[0]!;
  const few = fit.value.clusters < FEW_CLUSTERS;
  const negativeWeights = negativeOnes(panel, policy, rows);
  const started = new Set(panel.cohort.filter((cohort) => cohort <= panel.periods[panel.periods.length - 1]!));
  const notes: Note[] = [];
  if (started.size > 1) {
    notes.push({
      what: 'starts-differ',
      words: { starts: started.size },
      message:
        'Places start at different times, so this coefficient also compares places with others that are treated already. Do not report it; it stands here to be recognised.',
    });
  }
  if (negativeWeights.cells.length > 0) {
    notes.push({
      what: 'negative-weights',
      words: { cells: negativeWeights.cells.length, sum: negativeWeights.sum },
      message: `${negativeWeights.cells.length} of the effects count negatively (together ${negativeWeights.sum.toFixed(3)}): an effect that grows can come out too small or with the wrong sign.`,
    });
  }
  return {
    ok: true,
    value: {
      term,
      clusters: fit.value.clusters,
      negativeWeights,
      wildBootstrap: few ? wildBootstrap(panel, policy, rows, term, chance, draws) : null,
      permutations: few && !panel.clusters ? permutations(panel, rows, term.estimate, chance, draws) : null,
      notes,
    },
  };
}

type Rows = { readonly units: Groups; readonly periods: Groups; readonly clusters: Groups };

function rowsOf({ units, names, periods, clusters }: Panel): Rows {
  const width = periods.length;
  const unitOf = Int32Array.from({ length: units * width }, (_, at) => Math.floor(at / width));
  const byUnit: Groups = { codes: unitOf, names };
  return {
    units: byUnit,
    periods: {
      codes: Int32Array.from({ length: units * width }, (_, at) => at % width),
      names: Array.from(periods, String),
    },
    clusters: clusters ? { codes: unitOf.map((unit) => clusters.codes[unit]!), names: clusters.names } : byUnit,
  };
}

function policyOf({ units, periods }: Panel, cohort: Float64Array): Float64Array {
  const width = periods.length;
  return Float64Array.from({ length: units * width }, (_, at) =>
    periods[at % width]! >= cohort[Math.floor(at / width)]! ? 1 : 0,
  );
}

function negativeOnes(panel: Panel, policy: Float64Array, rows: Rows): TwoWayWarning['negativeWeights'] {
  const own = withoutMeans(policy, rows.units, rows.periods);
  let total = 0;
  for (let i = 0; i < own.length; i++) total += own[i]! * policy[i]!;
  const width = panel.periods.length;
  const sums = new Map<string, { cohort: number; period: number; weight: number }>();
  for (let i = 0; i < own.length; i++) {
    if (policy[i] === 0) continue;
    const cohort = panel.cohort[Math.floor(i / width)]!;
    const period = panel.periods[i % width]!;
    const key = `${cohort} ${period}`;
    const cell = sums.get(key) ?? { cohort, period, weight: 0 };
    cell.weight += own[i]! / total;
    sums.set(key, cell);
  }
  // A weight of rounding size is none.
  const cells = [...sums.values()].filter(({ weight }) => weight < -1e-12);
  return { sum: cells.reduce((sum, { weight }) => sum + weight, 0), cells };
}

/** t of the coefficient in samples where the null holds: each cluster's residuals times one random weight. */
function wildBootstrap(
  panel: Panel,
  policy: Float64Array,
  rows: Rows,
  term: Omit<FixedEffectsTerm, 'influence'>,
  chance: Chance,
  draws: number,
): TwoWayWarning['wildBootstrap'] {
  const d = withoutMeans(policy, rows.units, rows.periods);
  // Under the null units and periods explain all: what is left of the outcome is the residual.
  const u = withoutMeans(panel.outcome, rows.units, rows.periods);
  const width = panel.periods.length;
  const count = rows.clusters.names.length;
  const own = new Float64Array(count); // Σ d·u of a cluster
  const bread = new Float64Array(count); // Σ d²
  const byPeriod = new Float64Array(count * width); // Σ d of a cluster in a period
  const residual = new Float64Array(count * width); // Σ u
  let all = 0;
  for (let i = 0; i < d.length; i++) {
    const g = rows.clusters.codes[i]!;
    own[g]! += d[i]! * u[i]!;
    bread[g]! += d[i]! ** 2;
    byPeriod[g * width + (i % width)]! += d[i]!;
    residual[g * width + (i % width)]! += u[i]!;
    all += d[i]! ** 2;
  }
  const weights = count < WEBB_BELOW ? 'webb' : 'rademacher';
  const weight = weights === 'webb' ? () => WEBB[chance.whole(6)]! : () => 2 * chance.whole(2) - 1;
  const seen = Math.abs(term.estimate / term.errors.cr0);
  const v = new Float64Array(count);
  const means = new Float64Array(width);
  let beyond = 0;
  for (let draw = 0; draw < draws; draw++) {
    let slope = 0;
    means.fill(0);
    for (let g = 0; g < count; g++) {
      v[g] = weight();
      slope += v[g]! * own[g]!;
      for (let t = 0; t < width; t++) means[t]! += (v[g]! * residual[g * width + t]!) / panel.units;
    }
    slope /= all;
    let variance = 0;
    for (let g = 0; g < count; g++) {
      // The weighted residuals less their period means (unit means are 0) and the fitted policy.
      let score = v[g]! * own[g]! - slope * bread[g]!;
      for (let t = 0; t < width; t++) score -= byPeriod[g * width + t]! * means[t]!;
      variance += score * score;
    }
    // A draw that is no draw: all weights alike give the sample itself, up to rounding.
    if (Math.abs(slope) * all >= seen * Math.sqrt(variance) * (1 - 1e-9)) beyond++;
  }
  return { p: (1 + beyond) / (1 + draws), draws, weights };
}

const WEBB = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)] as const;

/** The coefficient with the starts given to other units: all of them with one treated unit, else random orders. */
function permutations(
  panel: Panel,
  rows: Rows,
  estimate: number,
  chance: Chance,
  draws: number,
): TwoWayWarning['permutations'] {
  const last = panel.periods[panel.periods.length - 1]!;
  const treated = Array.from(panel.cohort, (cohort, unit) => (cohort <= last ? unit : -1)).filter((unit) => unit >= 0);
  const u = withoutMeans(panel.outcome, rows.units, rows.periods);
  const coefficient = (cohort: Float64Array): number => {
    const d = withoutMeans(policyOf(panel, cohort), rows.units, rows.periods);
    let over = 0;
    let under = 0;
    for (let i = 0; i < d.length; i++) {
      over += d[i]! * u[i]!;
      under += d[i]! ** 2;
    }
    return over / under;
  };
  const isBeyond = (cohort: Float64Array): boolean => Math.abs(coefficient(cohort)) >= Math.abs(estimate) * (1 - 1e-9);
  if (treated.length === 1) {
    const [only] = treated as [number];
    const beyond = Array.from({ length: panel.units }, (_, unit) => {
      const cohort = Float64Array.from(panel.cohort);
      [cohort[only], cohort[unit]] = [cohort[unit]!, cohort[only]!];
      return isBeyond(cohort);
    }).filter(Boolean).length;
    return { p: beyond / panel.units, assignments: panel.units };
  }
  let beyond = 0;
  for (let draw = 0; draw < draws; draw++) {
    const cohort = Float64Array.from(panel.cohort);
    for (let i = cohort.length - 1; i > 0; i--) {
      const j = chance.whole(i + 1);
      [cohort[i], cohort[j]] = [cohort[j]!, cohort[i]!];
    }
    if (isBeyond(cohort)) beyond++;
  }
  return { p: (1 + beyond) / (1 + draws), assignments: draws };
}
