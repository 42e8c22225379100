import { cholesky, chiSquaredUpperTail, quadraticForm, square } from '@meedoen/numbers';
import { refuse, type Parsed, type Refusal } from '@meedoen/units';
import type { Covariate } from './covariates.ts';
import { detectable, type Detectable } from './detectable.ts';
import { symmetricInterval, type Interval, type Note } from './estimate.ts';
import type { Groups } from './groups.ts';
import { linearDesign, type LinearDesign } from './linear-design.ts';
import type { LogisticFit } from './logistic.ts';
import type { Panel, Sections } from './panel.ts';
import {
  panelTwoByTwo,
  sectionsTwoByTwo,
  treatmentShares,
  type AdjustmentMethod,
  type TwoByTwo,
} from './two-by-two.ts';

export type StaggeredOptions = {
  /** Who stands for what would have happened: units never treated, or also those not treated yet. Default never. */
  readonly controls?: 'never' | 'not-yet';
  /** Default doubly robust; without covariates all three are the same. */
  readonly method?: AdjustmentMethod;
  /**
   * What periods before the policy are compared with: the period just before each (`varying`, default), or the last one
   * before the policy (`universal`).
   */
  readonly base?: 'varying' | 'universal';
  /** Periods before the policy in which units may already act on it. */
  readonly anticipation?: number;
  readonly confidence?: number;
};

/** The effect on units first treated in `cohort`, in `period` (nl: effect per instroomgroep en periode). */
export type GroupTimeEffect = {
  readonly cohort: number;
  readonly period: number;
  readonly base: number;
  readonly estimate: number;
  /** `null` where period and base are one: then the estimate is 0 by definition. */
  readonly se: number | null;
  readonly ci: Interval;
  readonly smallestDetectable: Detectable | null;
  /** Units (rows, with cross-sections) of the cohort and of its controls in this comparison. */
  readonly treated: number;
  readonly controls: number;
};

export type CohortSize = { readonly cohort: number; readonly units: number; readonly share: number };

export type ChiSquaredPreTest = { readonly statistic: number; readonly degrees: number; readonly p: number };

/** All group-time effects, and what aggregates, bands and tests are made from. */
export type GroupTimeEffects = {
  readonly kind: 'panel' | 'cross-sections';
  readonly effects: readonly GroupTimeEffect[];
  /** Per effect, what each unit (row) moves it by; squares, added within clusters first, make se². */
  readonly influence: readonly Float64Array[];
  /** Units of the panel or rows of the sections. */
  readonly size: number;
  readonly cohortOf: Float64Array;
  readonly clusters: Groups | null;
  readonly cohorts: readonly CohortSize[];
  readonly neverTreated: number;
  /** Are all effects before the policy 0 together? `null` where there is none, or too few units to tell. */
  readonly preTest: ChiSquaredPreTest | null;
  readonly options: Required<StaggeredOptions>;
  readonly diagnostics: readonly Note[];
};

const FEWEST_UNITS = 5;
const FEW_CLUSTERS = 40;

/**
 * Effects of a policy that starts at different times, each cohort against units that are not treated then: never a unit
 * that is treated already, as two-way fixed effects would have it.
 *
 * A cohort's base is its last period before the policy (less the anticipation); controls are units never treated, or also
 * those first treated after both periods. Covariates count as they were in the base period. Units treated in or before the
 * first period have no base and are left out, and said; those first treated after the last one count as never treated.
 *
 * Refuses cohorts or controls of fewer than five units, covariates that follow from each other or tell treated and not
 * treated apart, an anticipation that is not a number from 0 up. O(cohorts × periods × units × covariates²).
 *
 * B. Callaway & P. H. C. Sant'Anna (2021), Journal of Econometrics 225, 200–230.
 */
export function groupTimeEffects(data: Panel | Sections, options: StaggeredOptions = {}): Parsed<GroupTimeEffects> {
  const settings: Required<StaggeredOptions> = {
    controls: 'never',
    method: 'doubly-robust',
    base: 'varying',
    anticipation: 0,
    confidence: 0.95,
    ...options,
  };
  const { anticipation, confidence } = settings;
  if (!(anticipation >= 0 && anticipation < Infinity)) {
    return refuse('anticipation-not-usable', `Anticipation ${anticipation}: write a number of periods from 0 up.`, {
      anticipation: String(anticipation),
    });
  }
  const { periods } = data;
  const first = periods[0]!;
  const last = periods[periods.length - 1]!;
  const size = 'units' in data ? data.units : data.size;
  const cohortOf = data.cohort.map((cohort) => (cohort > last + anticipation ? Infinity : cohort));
  const counts = new Map<number, number>();
  for (const cohort of cohortOf) counts.set(cohort, (counts.get(cohort) ?? 0) + 1);
  const neverTreated = counts.get(Infinity) ?? 0;
  const hasBase = (cohort: number): boolean => cohort - anticipation > first;
  const treatedCohorts = [...counts.keys()].filter((cohort) => cohort < Infinity).sort((a, b) => a - b);
  const cohorts = treatedCohorts.filter(hasBase);
  const diagnostics = notesOn(
    data,
    settings,
    treatedCohorts.filter((cohort) => !hasBase(cohort)),
    counts,
  );

  const problem = findProblem(settings, cohorts, last, counts, neverTreated);
  if (problem) return problem;

  const compare = 'units' in data ? panelCells(data, settings, cohortOf) : sectionCells(data, settings, cohortOf);
  const effects: GroupTimeEffect[] = [];
  const influence: Float64Array[] = [];
  for (const cohort of cohorts) {
    const beforePolicy = latestBefore(periods, cohort - anticipation);
    for (const [at, period] of periods.entries()) {
      const isBefore = period < cohort - anticipation;
      const base = isBefore && settings.base === 'varying' ? at - 1 : beforePolicy;
      if (base < 0) continue;
      if (base === at) {
        const zero = { lower: null, upper: null, confidence };
        effects.push({
          cohort,
          period,
          base: period,
          estimate: 0,
          se: null,
          ci: zero,
          smallestDetectable: null,
          treated: counts.get(cohort)!,
          controls: 0,
        });
        influence.push(new Float64Array(size));
        continue;
      }
      const cell = compare(cohort, at, base);
      if (!cell.ok) return cell;
      const { estimate, moved, treated, controls } = cell.value;
      const se = Math.sqrt(squaresWithin(moved, data.clusters));
      const ci = symmetricInterval(estimate, se, confidence);
      effects.push({
        cohort,
        period,
        base: periods[base]!,
        estimate,
        se,
        ci,
        smallestDetectable: detectable({ se, ci }),
        treated,
        controls,
      });
      influence.push(moved);
    }
  }
  return {
    ok: true,
    value: {
      kind: 'units' in data ? 'panel' : 'cross-sections',
      effects,
      influence,
      size,
      cohortOf,
      clusters: data.clusters,
      cohorts: cohorts.map((cohort) => ({ cohort, units: counts.get(cohort)!, share: counts.get(cohort)! / size })),
      neverTreated,
      preTest: preTestOf(effects, influence, data.clusters),
      options: settings,
      diagnostics,
    },
  };
}

function findProblem(
  { controls }: Required<StaggeredOptions>,
  cohorts: readonly number[],
  last: number,
  counts: ReadonlyMap<number, number>,
  neverTreated: number,
): Refusal | null {
  if (!cohorts.some((cohort) => cohort <= last)) {
    return refuse(
      'no-cohort',
      'No unit comes under the policy between the first and the last period. Look at the column of first treated periods, or add earlier periods.',
    );
  }
  for (const cohort of cohorts) {
    const units = counts.get(cohort)!;
    if (units < FEWEST_UNITS) {
      return refuse(
        'cohort-too-small',
        `Cohort ${cohort} has ${units} ${units === 1 ? 'unit' : 'units'}; an error needs at least ${FEWEST_UNITS}. Join cohorts that started close together, leave the cohort out, or use the synthetic method for a single place.`,
        { cohort, units, needed: FEWEST_UNITS },
      );
    }
  }
  if (neverTreated < FEWEST_UNITS && controls === 'never') {
    return refuse(
      'too-few-never-treated',
      `${neverTreated === 0 ? 'No unit is' : `Only ${neverTreated} units are`} never treated. Compare with units not treated yet instead, or add places without the policy.`,
      { units: neverTreated, needed: FEWEST_UNITS },
    );
  }
  return null;
}

function notesOn(
  data: Panel | Sections,
  { anticipation, controls }: Required<StaggeredOptions>,
  withoutBase: readonly number[],
  counts: ReadonlyMap<number, number>,
): Note[] {
  const notes: Note[] = [];
  if (withoutBase.length > 0) {
    const units = withoutBase.reduce((total, cohort) => total + counts.get(cohort)!, 0);
    notes.push({
      what: 'cohort-without-base',
      words: { cohorts: withoutBase.join(', '), units },
      message: `${units} units first treated in ${withoutBase.join(', ')} have no period before the policy${anticipation > 0 ? ' and its anticipation' : ''}: left out.`,
    });
  }
  const last = data.periods[data.periods.length - 1]!;
  const later = data.cohort.filter((cohort) => cohort > last + anticipation && cohort < Infinity).length;
  if (later > 0) {
    notes.push({
      what: 'treated-after-the-data',
      words: { units: later },
      message: `${later} ${'units' in data ? 'units' : 'rows'} first treated after ${last} count as never treated here.`,
    });
  }
  if ('units' in data && data.leftOut > 0) {
    notes.push({
      what: 'incomplete-units-left-out',
      words: { units: data.leftOut },
      message: `${data.leftOut} units miss a period and are left out. Were they different?`,
    });
  }
  const clusters = data.clusters ? new Set(data.clusters.codes).size : null;
  if (clusters !== null && clusters < FEW_CLUSTERS) {
    notes.push({
      what: 'few-clusters',
      words: { clusters },
      message: `Errors rest on ${clusters} clusters; below ${FEW_CLUSTERS} they come out too small. Look at the fixed-effects check with its wild bootstrap too.`,
    });
  }
  if (controls === 'not-yet') {
    notes.push({
      what: 'controls-not-yet-treated',
      words: {},
      message: 'Units that come under the policy later are among the controls until they do.',
    });
  }
  return notes;
}

type Cell = {
  readonly estimate: number;
  readonly moved: Float64Array;
  readonly treated: number;
  readonly controls: number;
};
type Compare = (cohort: number, at: number, base: number) => Parsed<Cell>;

/** Which units are compared, and who of them is treated. */
type Sample = { readonly members: Int32Array; readonly treated: Uint8Array; readonly controls: number };

function sampleOf(
  cohort: number,
  later: number,
  { controls, anticipation }: Required<StaggeredOptions>,
  cohortOf: Float64Array,
  takesPart: (i: number) => boolean = () => true,
): Sample {
  const members: number[] = [];
  const treated: number[] = [];
  let others = 0;
  for (let i = 0; i < cohortOf.length; i++) {
    if (!takesPart(i)) continue;
    const own = cohortOf[i]!;
    if (own === cohort) treated.push(1);
    else if (own === Infinity || (controls === 'not-yet' && own > later + anticipation)) {
      treated.push(0);
      others++;
    } else continue;
    members.push(i);
  }
  return { members: Int32Array.from(members), treated: Uint8Array.from(treated), controls: others };
}

function panelCells(data: Panel, settings: Required<StaggeredOptions>, cohortOf: Float64Array): Compare {
  const { method } = settings;
  const width = data.periods.length;
  const allFixed = data.covariates.every(({ fixed }) => fixed);
  type Models = { readonly sample: Sample; readonly design: LinearDesign; readonly shares: LogisticFit | null };
  // The same units with the same covariates come back in many periods: their models are fitted once.
  const known = new Map<string, Models>();
  return (cohort, at, base) => {
    const later = data.periods[Math.max(at, base)]!;
    const key = [cohort, settings.controls === 'never' ? '' : later, allFixed ? '' : base].join();
    let models = known.get(key);
    if (!models) {
      const sample = sampleOf(cohort, later, settings, cohortOf);
      const few = refuseFewControls(cohort, data.periods[at]!, sample.controls);
      if (few) return few;
      const covariates = data.covariates.map(({ name, values }): Covariate => ({
        name,
        values: Float64Array.from(sample.members, (unit) => values[unit * width + base]!),
      }));
      const design = linearDesign(covariates, sample.members.length);
      if (!design.ok) return inCell(design, cohort, data.periods[at]!);
      const shares = method === 'regression' ? null : treatmentShares(design.value, sample.treated);
      if (shares && !shares.ok) return inCell(shares, cohort, data.periods[at]!);
      models = { sample, design: design.value, shares: shares?.value ?? null };
      known.set(key, models);
    }
    const { sample, design, shares } = models;
    const change = new Float64Array(sample.members.length);
    for (let i = 0; i < change.length; i++) {
      const row = sample.members[i]! * width;
      change[i] = data.outcome[row + at]! - data.outcome[row + base]!;
    }
    const answer = panelTwoByTwo(method, design, sample.treated, change, shares);
    return answer.ok ? cellOf(answer.value, sample, data.units) : inCell(answer, cohort, data.periods[at]!);
  };
}

function sectionCells(data: Sections, settings: Required<StaggeredOptions>, cohortOf: Float64Array): Compare {
  const { method } = settings;
  return (cohort, at, base) => {
    const now = data.periods[at]!;
    const then = data.periods[base]!;
    const later = Math.max(now, then);
    const inEither = (i: number): boolean => data.period[i] === now || data.period[i] === then;
    const sample = sampleOf(cohort, later, settings, cohortOf, inEither);
    const { members, treated } = sample;
    const after = Uint8Array.from(members, (i) => (data.period[i] === now ? 1 : 0));
    for (const d of [0, 1]) {
      for (const t of [0, 1]) {
        const count = treated.reduce((total, is, i) => total + (is === d && after[i] === t ? 1 : 0), 0);
        if (count < FEWEST_UNITS) {
          return refuse(
            'cell-too-small',
            `Cohort ${cohort}, period ${t === 1 ? now : then}: ${count} ${d === 1 ? 'treated' : 'untreated'} rows; a comparison needs at least ${FEWEST_UNITS}. Join periods or cohorts.`,
            { cohort, period: t === 1 ? now : then, rows: count, needed: FEWEST_UNITS },
          );
        }
      }
    }
    const covariates = data.covariates.map(({ name, values }): Covariate => ({
      name,
      values: Float64Array.from(members, (i) => values[i]!),
    }));
    const design = linearDesign(covariates, members.length);
    if (!design.ok) return inCell(design, cohort, now);
    const shares = method === 'regression' ? null : treatmentShares(design.value, treated);
    if (shares && !shares.ok) return inCell(shares, cohort, now);
    const outcome = Float64Array.from(members, (i) => data.outcome[i]!);
    const answer = sectionsTwoByTwo(method, design.value, treated, after, outcome, shares?.value ?? null);
    return answer.ok ? cellOf(answer.value, sample, data.size) : inCell(answer, cohort, now);
  };
}

function cellOf({ estimate, influence }: TwoByTwo, { members, controls }: Sample, size: number): Parsed<Cell> {
  const moved = new Float64Array(size);
  for (let at = 0; at < members.length; at++) moved[members[at]!] = influence[at]!;
  return { ok: true, value: { estimate, moved, treated: members.length - controls, controls } };
}

function refuseFewControls(cohort: number, period: number, controls: number): Refusal | null {
  if (controls >= FEWEST_UNITS) return null;
  return refuse(
    'too-few-controls',
    `Cohort ${cohort} in ${period} has ${controls} units to compare with; at least ${FEWEST_UNITS} are needed. Leave out the periods in which nearly all units are treated, or add places without the policy.`,
    { cohort, period, units: controls, needed: FEWEST_UNITS },
  );
}

/** A model's refusal, with the comparison in which it happened. */
function inCell(refusal: Refusal, cohort: number, period: number): Refusal {
  const { at: _, ...problem } = refusal.problem;
  const { row: __, ...words } = problem.words;
  return {
    ok: false,
    problem: {
      ...problem,
      words: { ...words, cohort, period },
      message: `Cohort ${cohort} in ${period}: ${problem.message}`,
    },
  };
}

/** Place of the last period before this moment, or −1. */
function latestBefore(periods: Float64Array, moment: number): number {
  let at = periods.length - 1;
  while (at >= 0 && periods[at]! >= moment) at--;
  return at;
}

/** Σ of squares, after adding within clusters. */
export function squaresWithin(influence: Float64Array, clusters: Groups | null): number {
  return productWithin(influence, influence, clusters);
}

/** Covariance of two estimates from their influence. */
export function productWithin(one: Float64Array, other: Float64Array, clusters: Groups | null): number {
  const a = clusterSums(one, clusters);
  const b = one === other ? a : clusterSums(other, clusters);
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

export function clusterSums(influence: Float64Array, clusters: Groups | null): Float64Array {
  if (!clusters) return influence;
  const sums = new Float64Array(clusters.names.length);
  for (let i = 0; i < influence.length; i++) sums[clusters.codes[i]!]! += influence[i]!;
  return sums;
}

/** A Wald test that all effects before the policy are 0. */
function preTestOf(
  effects: readonly GroupTimeEffect[],
  influence: readonly Float64Array[],
  clusters: Groups | null,
): ChiSquaredPreTest | null {
  const places = effects.flatMap(({ period, cohort, se }, at) => (period < cohort && se !== null ? [at] : []));
  if (places.length === 0) return null;
  const sums = places.map((at) => clusterSums(influence[at]!, clusters));
  const covariance = square(places.length);
  for (let j = 0; j < places.length; j++) {
    for (let k = 0; k <= j; k++) {
      let total = 0;
      for (let i = 0; i < sums[j]!.length; i++) total += sums[j]![i]! * sums[k]![i]!;
      covariance.values[j * places.length + k] = covariance.values[k * places.length + j] = total;
    }
  }
  const factor = cholesky(covariance, 1e-10);
  if ('dependentRow' in factor) return null;
  const statistic = quadraticForm(
    factor,
    Float64Array.from(places, (at) => effects[at]!.estimate),
  );
  return { statistic, degrees: places.length, p: chiSquaredUpperTail(statistic, places.length) };
}
