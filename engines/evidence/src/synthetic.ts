import { normalTwoSided, type Chance } from '@meedoen/numbers';
import { refuse, type Parsed, type Refusal } from '@meedoen/units';
import { detectable, type Effect } from './detectable.ts';
import { symmetricInterval, type Note } from './estimate.ts';
import type { Panel } from './panel.ts';
import { frankWolfe, smallestMixture, withIntercept, type Mixture } from './simplex-weights.ts';

/**
 * What stands for the treated without the policy. `difference`: controls that moved like them, and the periods before that
 * are like those after. `control`: controls that were like them, in level too. `plain`: all controls and periods alike.
 */
export type SyntheticMethod = 'difference' | 'control' | 'plain';

/**
 * `placebo`: how the estimate scatters when controls play the treated, which needs more controls than treated units.
 * `jackknife`: without each unit in turn, which needs two treated units.
 */
export type SyntheticErrors = 'placebo' | 'jackknife';

export type SyntheticOptions = {
  readonly method?: SyntheticMethod;
  readonly errors?: SyntheticErrors;
  /**
   * `published`: the two-stage search of the authors, which stops a little before the best weights. `exact`: the best
   * weights. Default published, so that numbers can be compared.
   */
  readonly weights?: 'published' | 'exact';
  /** Draws of placebo units where more than one is treated (with one, all controls play it in turn). Default 500. */
  readonly draws?: number;
  readonly confidence?: number;
};

/** The effect on a few units, such as one town, against a mixture of others (nl: synthetische controle). */
export type SyntheticEffect = Effect & {
  readonly p: number | null;
  readonly method: SyntheticMethod;
  readonly errors: SyntheticErrors;
  readonly treated: readonly string[];
  /** First period under the policy. */
  readonly start: number;
  readonly unitWeights: readonly { readonly unit: string; readonly weight: number }[];
  readonly periodWeights: readonly { readonly period: number; readonly weight: number }[];
  /** How much weights are pulled apart, in units of the outcome. */
  readonly zeta: { readonly units: number; readonly periods: number };
  /** Mean of the treated and of their mixture, moved to the same level, in each period. */
  readonly series: readonly { readonly period: number; readonly treated: number; readonly synthetic: number }[];
  /** Root of the mean squared difference between the two before the policy. */
  readonly fit: number;
  /** Estimates with controls in the place of the treated. */
  readonly placebos: readonly number[];
  /** With one treated unit: the gap to its own mixture of every control that played it, in each period. */
  readonly placeboGaps: readonly { readonly unit: string; readonly gaps: readonly number[] }[];
  /** Share of placebos at least as far from 0, the estimate among them; only with one treated unit. */
  readonly rankP: number | null;
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'mixture-would-have-moved-alike',
    words: {},
    message: 'Without the policy the treated would have moved on like the mixture that moved like them before.',
  },
  {
    what: 'no-spill-over',
    words: {},
    message: 'The policy in one place changes nothing in the places compared with.',
  },
];

/**
 * Synthetic difference-in-differences, synthetic control, or the plain difference of differences.
 *
 * Weights of controls and of earlier periods lie on the simplex; ζ = (N₁T₁)^¼·σ̂ for units, 10⁻⁶·σ̂ for periods, σ̂ the
 * spread of first differences among controls. Placebo errors with one treated unit run over all controls, so no chance is
 * needed; with more, `chance` draws which controls play them. Level 3 of the Maryland scale, as far as the fit before holds.
 *
 * Refuses: units that start at different times, no or one control, fewer than three periods before, errors that these data
 * cannot give. O(placebos × steps × units × periods).
 *
 * D. Arkhangelsky, S. Athey, D. Hirshberg, G. Imbens & S. Wager (2021), American Economic Review 111, 4088–4118.
 * A. Abadie, A. Diamond & J. Hainmueller (2010), JASA 105, 493–505.
 */
export function syntheticEffect(
  panel: Panel,
  options: SyntheticOptions = {},
  chance?: Chance,
): Parsed<SyntheticEffect> {
  const { method = 'difference', confidence = 0.95, weights: solver = 'published', draws = 500 } = options;
  const split = splitOf(panel);
  if (!split.ok) return split;
  const { start, treated, controls, before } = split.value;
  const width = panel.periods.length;
  const errors = options.errors ?? 'placebo';
  const problem = findProblem(errors, treated.length, controls.length);
  if (problem) return problem;

  const units = [...controls, ...treated].map((unit) => panel.outcome.subarray(unit * width, (unit + 1) * width));
  const noise = noiseOf(units.slice(0, controls.length), before);
  if (!(noise > 0)) {
    return refuse(
      'controls-do-not-move',
      'The outcome of the controls changes by the same amount in every period, so there is nothing to choose a mixture by. Use another outcome, or compare plainly.',
    );
  }
  const after = width - before;
  const zeta =
    method === 'difference'
      ? { units: (treated.length * after) ** 0.25 * noise, periods: 1e-6 * noise }
      : { units: 1e-6 * noise, periods: 0 };
  const search: Search = { method, zeta, leastFall: (1e-5 * noise) ** 2, solver };
  const found = weigh(units, treated.length, before, search);
  const estimate = effectOf(units, treated.length, before, found);

  const played =
    errors === 'placebo'
      ? playPlacebos(units, treated.length, before, search, found, draws, chance, panel.periods)
      : [];
  const placebos = played.map((one) => one.estimate);
  const se = errors === 'placebo' ? spread(placebos) : jackknife(units, treated.length, before, method, found);
  if (se === null) {
    return refuse(
      'jackknife-undefined',
      'One control carries the whole mixture, so it cannot be left out. Use placebo errors.',
    );
  }
  const series = seriesOf(units, treated.length, found, panel.periods, method);
  const fit = Math.sqrt(
    series.slice(0, before).reduce((sum, one) => sum + (one.treated - one.synthetic) ** 2, 0) / before,
  );
  const ci = symmetricInterval(estimate, se, confidence);
  const largest = Math.max(...found.units);
  const diagnostics: Note[] = [];
  if (method !== 'plain' && largest > 0.5) {
    const heaviest = panel.names[controls[found.units.indexOf(largest)]!]!;
    diagnostics.push({
      what: 'one-control-dominates',
      words: { unit: heaviest, share: largest },
      message: `${heaviest} makes ${Math.round(100 * largest)} % of the mixture: the result leans on what happened there.`,
    });
  }
  if (fit > 2 * noise) {
    diagnostics.push({
      what: 'poor-fit-before',
      words: { fit, noise },
      message:
        'Before the policy the mixture is further from the treated than a year is from the next: it does not stand for them.',
    });
  }
  return {
    ok: true,
    value: {
      estimate,
      se,
      ci,
      smallestDetectable: detectable({ se, ci }),
      n: panel.units,
      level: fit > 2 * noise ? 2 : 3,
      assumptions: ASSUMPTIONS,
      diagnostics,
      p: se > 0 ? normalTwoSided(estimate / se) : null,
      method,
      errors,
      treated: treated.map((unit) => panel.names[unit]!),
      start,
      unitWeights: controls.map((unit, at) => ({ unit: panel.names[unit]!, weight: found.units[at]! })),
      periodWeights: Array.from(found.periods, (weight, at) => ({ period: panel.periods[at]!, weight })),
      zeta,
      series,
      fit,
      placebos,
      placeboGaps:
        treated.length === 1 ? played.map(({ gaps }, at) => ({ unit: panel.names[controls[at]!]!, gaps })) : [],
      rankP:
        errors === 'placebo' && treated.length === 1
          ? (1 + placebos.filter((one) => Math.abs(one) >= Math.abs(estimate)).length) / (1 + placebos.length)
          : null,
    },
  };
}

type Split = {
  readonly start: number;
  readonly treated: readonly number[];
  readonly controls: readonly number[];
  readonly before: number;
};

function splitOf({ units, names, periods, cohort }: Panel): Parsed<Split> {
  const last = periods[periods.length - 1]!;
  const all = Array.from({ length: units }, (_, unit) => unit);
  const treated = all.filter((unit) => cohort[unit]! <= last);
  const controls = all.filter((unit) => cohort[unit]! > last);
  const starts = new Set(treated.map((unit) => cohort[unit]!));
  if (starts.size === 0) return refuse('no-cohort', 'No unit comes under the policy. Look at the column of starts.');
  if (starts.size > 1) {
    return refuse(
      'starts-differ',
      `Units start in ${[...starts].sort((a, b) => a - b).join(', ')}: one mixture cannot stand for all. Use differences in differences, or keep one start and the units never treated.`,
      { starts: starts.size },
    );
  }
  const [start] = starts as unknown as [number];
  const before = periods.filter((period) => period < start).length;
  if (before < 3) {
    return refuse(
      'too-few-periods-before',
      `There are ${before} periods before the start in ${start}; a mixture needs at least 3 to be chosen by, and more to be trusted. Add earlier periods.`,
      { periods: before, needed: 3 },
    );
  }
  if (controls.length < 2) {
    return refuse(
      'too-few-controls',
      `There ${controls.length === 1 ? `is 1 unit (${names[controls[0]!]})` : 'are no units'} without the policy; a mixture needs at least 2.`,
      { units: controls.length, needed: 2 },
    );
  }
  return { ok: true, value: { start, treated, controls, before } };
}

function findProblem(errors: SyntheticErrors, treated: number, controls: number): Refusal | null {
  if (errors === 'placebo' && controls <= treated) {
    return refuse(
      'too-few-controls-for-placebos',
      `Placebos need more controls than treated units; here are ${controls} and ${treated}. Use the jackknife.`,
      { controls, treated },
    );
  }
  if (errors === 'jackknife' && treated < 2) {
    return refuse('jackknife-needs-two', 'The jackknife needs at least two treated units. Use placebo errors.', {
      treated,
    });
  }
  return null;
}

/** The spread of changes from one period to the next among controls before the policy. */
function noiseOf(controls: readonly Float64Array[], before: number): number {
  const changes = controls.flatMap((y) => Array.from({ length: before - 1 }, (_, t) => y[t + 1]! - y[t]!));
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length;
  const deviation = Math.sqrt(changes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (changes.length - 1));
  // Equal changes differ by rounding alone.
  return deviation > 1e-12 * Math.max(...changes.map(Math.abs)) ? deviation : 0;
}

type Weights = { readonly units: Float64Array; readonly periods: Float64Array };
type Search = {
  readonly method: SyntheticMethod;
  readonly zeta: { readonly units: number; readonly periods: number };
  readonly leastFall: number;
  readonly solver: 'published' | 'exact';
};

const FIRST_STEPS = 100;
const MOST_STEPS = 10_000;

/** Weights of controls and periods; the last `treated` units are the treated ones. */
function weigh(
  units: readonly Float64Array[],
  treated: number,
  before: number,
  { method, zeta, leastFall, solver }: Search,
  from?: Weights,
): Weights {
  const count = units.length - treated;
  const width = units[0]!.length;
  const alike = (size: number): Float64Array => new Float64Array(size).fill(1 / size);
  if (method === 'plain') return { units: alike(count), periods: alike(before) };
  const search = (mixture: Mixture, start: Float64Array): Float64Array => {
    if (solver === 'exact') return smallestMixture(mixture, 1e-6 * leastFall);
    const first = frankWolfe(mixture, start, leastFall, FIRST_STEPS);
    const limit = Math.max(...first) / 4;
    const few = first.map((value) => (value <= limit ? 0 : value));
    const total = few.reduce((sum, value) => sum + value, 0);
    return frankWolfe(
      mixture,
      few.map((value) => value / total),
      leastFall,
      MOST_STEPS,
    );
  };
  const treatedMean = (t: number): number => meanOver(units.slice(count), (y) => y[t]!);
  const byUnits: Mixture = {
    rows: before,
    count,
    columns: Float64Array.from({ length: before * count }, (_, at) => units[at % count]![Math.floor(at / count)]!),
    target: Float64Array.from({ length: before }, (_, t) => treatedMean(t)),
    penalty: zeta.units ** 2,
  };
  if (method === 'control') {
    return { units: search(byUnits, from?.units ?? alike(count)), periods: new Float64Array(before) };
  }
  const byPeriods: Mixture = {
    rows: count,
    count: before,
    columns: Float64Array.from({ length: count * before }, (_, at) => units[Math.floor(at / before)]![at % before]!),
    target: Float64Array.from({ length: count }, (_, unit) => afterMean(units[unit]!, before, width)),
    penalty: zeta.periods ** 2,
  };
  return {
    periods: search(withIntercept(byPeriods), from?.periods ?? alike(before)),
    units: search(withIntercept(byUnits), from?.units ?? alike(count)),
  };
}

/** (treated after − weighted before) − the same of the mixture. */
function effectOf(units: readonly Float64Array[], treated: number, before: number, weights: Weights): number {
  const count = units.length - treated;
  const width = units[0]!.length;
  const change = (y: Float64Array): number => {
    let total = afterMean(y, before, width);
    for (let t = 0; t < before; t++) total -= weights.periods[t]! * y[t]!;
    return total;
  };
  let mixture = 0;
  for (let unit = 0; unit < count; unit++) mixture += weights.units[unit]! * change(units[unit]!);
  return meanOver(units.slice(count), change) - mixture;
}

type Placebo = { readonly estimate: number; readonly gaps: readonly number[] };

function playPlacebos(
  units: readonly Float64Array[],
  treated: number,
  before: number,
  search: Search,
  found: Weights,
  draws: number,
  chance: Chance | undefined,
  periods: Float64Array,
): Placebo[] {
  const count = units.length - treated;
  const playedBy = (playing: readonly number[]): Placebo => {
    const rest = Array.from({ length: count }, (_, unit) => unit).filter((unit) => !playing.includes(unit));
    const order = [...rest, ...playing].map((unit) => units[unit]!);
    // The search starts from the weights found, as the authors' does.
    const total = rest.reduce((sum, unit) => sum + found.units[unit]!, 0);
    const start = Float64Array.from(rest, (unit) => (total > 0 ? found.units[unit]! / total : 1 / rest.length));
    const weights = weigh(order, treated, before, search, { units: start, periods: found.periods });
    return {
      estimate: effectOf(order, treated, before, weights),
      gaps: seriesOf(order, treated, weights, periods, search.method).map((one) => one.treated - one.synthetic),
    };
  };
  if (treated === 1) return Array.from({ length: count }, (_, unit) => playedBy([unit]));
  if (!chance) throw new RangeError('syntheticEffect: placebos with more than one treated unit need chance.');
  return Array.from({ length: draws }, () => {
    const pool = Array.from({ length: count }, (_, unit) => unit);
    const playing = Array.from({ length: treated }, () => pool.splice(chance.whole(pool.length), 1)[0]!);
    return playedBy(playing.sort((a, b) => a - b));
  });
}

function spread(values: readonly number[]): number {
  const mean = meanOver(values, (value) => value);
  return Math.sqrt(meanOver(values, (value) => (value - mean) ** 2));
}

/** Each unit left out with the weights kept. `null` where only one control has weight. */
function jackknife(
  units: readonly Float64Array[],
  treated: number,
  before: number,
  method: SyntheticMethod,
  found: Weights,
): number | null {
  const count = units.length - treated;
  if (method !== 'plain' && found.units.filter((weight) => weight > 0).length < 2) return null;
  const estimates = units.map((_, left) => {
    const kept = units.filter((__, unit) => unit !== left);
    if (left >= count) return effectOf(kept, treated - 1, before, found);
    const rest = found.units.filter((__, unit) => unit !== left);
    const total = rest.reduce((sum, weight) => sum + weight, 0);
    return effectOf(kept, treated, before, { ...found, units: rest.map((weight) => weight / total) });
  });
  const n = estimates.length;
  return Math.sqrt(n - 1) * spread(estimates);
}

function seriesOf(
  units: readonly Float64Array[],
  treated: number,
  weights: Weights,
  periods: Float64Array,
  method: SyntheticMethod,
): SyntheticEffect['series'] {
  const count = units.length - treated;
  const rows = Array.from(periods, (period, t) => ({
    period,
    treated: meanOver(units.slice(count), (y) => y[t]!),
    synthetic: weights.units.reduce((sum, weight, unit) => sum + weight * units[unit]![t]!, 0),
  }));
  // Without an intercept the mixture keeps its own level; else both meet in the weighted periods before.
  const apart =
    method === 'control'
      ? 0
      : weights.periods.reduce((sum, weight, t) => sum + weight * (rows[t]!.treated - rows[t]!.synthetic), 0);
  return rows.map((row) => ({ ...row, synthetic: row.synthetic + apart }));
}

function afterMean(y: Float64Array, before: number, width: number): number {
  let total = 0;
  for (let t = before; t < width; t++) total += y[t]!;
  return total / (width - before);
}

function meanOver<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}
