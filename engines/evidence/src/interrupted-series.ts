import { ascendingOrder, chiSquaredUpperTail, studentQuantile, studentTwoSided } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import type { Covariate } from './covariates.ts';
import { detectable, type Detectable, type Effect } from './detectable.ts';
import type { Interval, Note } from './estimate.ts';
import { leastSquares } from './least-squares.ts';
import { linearDesign } from './linear-design.ts';
import { influenceThrough } from './model-fit.ts';
import { neweyWestVariance, usualLags } from './newey-west.ts';

/** One place over time, one row per period. */
export type SeriesColumns = { readonly period: ArrayLike<number>; readonly outcome: ArrayLike<number> };

export type SeriesOptions = {
  /** First period under the policy. */
  readonly start: number;
  /** Periods after which a season comes back, such as 12 for months; none when left out. */
  readonly season?: number;
  /** Pairs of sine and cosine that draw the season (at most season/2); default 2, or all of a short season. */
  readonly harmonics?: number;
  /** How many neighbouring periods go together; default ⌊4(n/100)^(2/9)⌋. */
  readonly lags?: number;
  readonly confidence?: number;
};

/** A coefficient of the series, with its error and test. */
export type SeriesTerm = {
  readonly name: string;
  readonly estimate: number;
  readonly se: number;
  readonly t: number;
  readonly p: number;
  readonly ci: Interval;
  readonly smallestDetectable: Detectable | null;
};

/**
 * How a series changed its level and its slope when a policy started (nl: onderbroken tijdreeks). `estimate` is the mean
 * difference, over the periods under the policy, from where the earlier trend would have gone. `influence` has one number
 * per period in order.
 */
export type InterruptedSeries = Effect & {
  readonly se: number;
  readonly p: number;
  readonly terms: readonly SeriesTerm[];
  readonly levelChange: SeriesTerm;
  readonly slopeChange: SeriesTerm;
  readonly lags: number;
  readonly degrees: number;
  readonly before: number;
  readonly after: number;
  /** Do neighbouring residuals still go together? Ljung–Box over as many lags. */
  readonly autocorrelation: {
    readonly statistic: number;
    readonly degrees: number;
    readonly p: number;
    readonly first: number;
  };
  readonly series: readonly {
    readonly period: number;
    readonly outcome: number;
    readonly fitted: number;
    /** Where the earlier trend and season would have gone. */
    readonly without: number;
  }[];
  readonly influence: Float64Array;
};

const FEWEST_EACH_SIDE = 4;
const ENOUGH_EACH_SIDE = 8;

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'trend-would-go-on',
    words: {},
    message: 'Without the policy the earlier trend and season would have gone on.',
  },
  {
    what: 'nothing-else-at-the-start',
    words: {},
    message: 'Nothing else changed when the policy started. No other place is compared with.',
  },
];

/**
 * Segmented regression of one series: a trend, its change of level and slope at the start, a season; errors by Newey & West
 * with n/(n − k), tests by Student's t with n − k degrees.
 *
 * Refuses: cells that are not numbers, a period twice or missing (steps must be equal), fewer than four periods on a side,
 * more terms than the series can carry, a series that never varies. Level 2 of the Maryland scale, 1 with fewer than eight
 * periods on a side: there is no place to compare with. O(n·(k² + lags)).
 *
 * J. Lopez Bernal, S. Cummins & A. Gasparrini (2017), International Journal of Epidemiology 46, 348–355.
 * W. K. Newey & K. D. West (1987), Econometrica 55, 703–708. G. M. Ljung & G. E. P. Box (1978), Biometrika 65, 297–303.
 */
export function interruptedSeries(columns: SeriesColumns, options: SeriesOptions): Parsed<InterruptedSeries> {
  const { start, season, confidence = 0.95 } = options;
  const read = readSeries(columns);
  if (!read.ok) return read;
  const { period, outcome, step } = read.value;
  const n = period.length;
  const before = period.filter((t) => t < start).length;
  const after = n - before;
  if (before < FEWEST_EACH_SIDE || after < FEWEST_EACH_SIDE) {
    return refuse(
      'too-few-periods',
      `There are ${before} periods before ${start} and ${after} from it on; a trend needs at least ${FEWEST_EACH_SIDE} on each side. Add periods, or choose another start.`,
      { before, after, needed: FEWEST_EACH_SIDE },
    );
  }
  const harmonics = options.harmonics ?? (season === undefined ? 0 : Math.min(2, Math.floor(season / 2)));
  const seasonal = season === undefined ? [] : seasonColumns(period, step, season, harmonics);
  if (seasonal === null) {
    return refuse(
      'season-not-usable',
      `A season of ${season} periods with ${harmonics} waves: give a season of at least 2, and at most half as many waves.`,
      { season: String(season), harmonics },
    );
  }
  // Time in steps from the start, so that the change of level is that at the start itself.
  const time = period.map((t) => (t - start) / step);
  const covariates: Covariate[] = [
    { name: 'trend', values: time },
    { name: 'level change', values: time.map((t) => (t >= 0 ? 1 : 0)) },
    { name: 'slope change', values: time.map((t) => Math.max(0, t)) },
    ...seasonal,
  ];
  const k = covariates.length + 1;
  const lags = options.lags ?? usualLags(n);
  if (!(Number.isInteger(lags) && lags >= 0 && lags < n)) {
    return refuse('lags-not-usable', `${lags} lags: write a whole number from 0 to ${n - 1}.`, { lags: String(lags) });
  }
  if (n - k < 3) {
    return refuse(
      'too-many-terms',
      `${n} periods cannot carry ${k} terms. Leave out the season or use fewer waves, or add periods.`,
      { periods: n, terms: k },
    );
  }
  const design = linearDesign(covariates, n);
  if (!design.ok) return design;
  const fit = leastSquares(design.value, outcome);
  if (!fit.ok) return fit;
  const { coefficients, fitted } = fit.value;

  const degrees = n - k;
  const critical = studentQuantile((1 + confidence) / 2, degrees);
  const small = n / degrees;
  const spread = design.value.spread;
  /** Σ weights·coefficient in own units, with its error. */
  const combine = (name: string, weights: ReadonlyMap<number, number>): SeriesTerm & { influence: Float64Array } => {
    const slope = new Float64Array(k);
    let estimate = 0;
    for (const [term, weight] of weights) {
      slope[term] = weight / spread[term]!;
      estimate += weight * coefficients[term]!;
    }
    const influence = influenceThrough(fit.value, slope).map((value) => value * Math.sqrt(small));
    const se = Math.sqrt(neweyWestVariance(influence, lags));
    const ci = { lower: estimate - critical * se, upper: estimate + critical * se, confidence };
    return {
      name,
      estimate,
      se,
      t: estimate / se,
      p: studentTwoSided(estimate / se, degrees),
      ci,
      smallestDetectable: detectable({ se, ci }),
      influence,
    };
  };
  const residuals = outcome.map((y, t) => y - fitted[t]!);
  const size = residuals.reduce((sum, value) => sum + value * value, 0);
  const scale = outcome.reduce((sum, value) => sum + value * value, 0);
  if (!(size > 1e-24 * scale)) {
    return refuse(
      'series-without-error',
      'The series lies exactly on its trend, so nothing can be said about chance. Look at the outcome column.',
    );
  }
  const named = covariates.map(({ name }, at) => {
    const { influence: _, ...term } = combine(name, new Map([[at + 1, 1]]));
    return term;
  });
  const meanTime = time.slice(before).reduce((sum, t) => sum + t, 0) / after;
  const headline = combine(
    'mean effect',
    new Map([
      [2, 1],
      [3, meanTime],
    ]),
  );
  const autocorrelation = ljungBox(residuals, Math.max(1, lags));
  const diagnostics: Note[] = [];
  if (autocorrelation.p < 0.05) {
    diagnostics.push({
      what: 'residuals-go-together',
      words: { p: autocorrelation.p },
      message:
        'Neighbouring periods still go together: the errors count that, but a missing season or trend may be behind it.',
    });
  }
  const short = Math.min(before, after) < ENOUGH_EACH_SIDE;
  if (short) {
    diagnostics.push({
      what: 'short-series',
      words: { before, after },
      message: `With ${before} periods before and ${after} after, a trend is little more than a guess: at least ${ENOUGH_EACH_SIDE} on each side are better.`,
    });
  }
  return {
    ok: true,
    value: {
      estimate: headline.estimate,
      se: headline.se,
      ci: headline.ci,
      smallestDetectable: headline.smallestDetectable,
      p: headline.p,
      n,
      level: short ? 1 : 2,
      assumptions: ASSUMPTIONS,
      diagnostics,
      terms: named,
      levelChange: named[1]!,
      slopeChange: named[2]!,
      lags,
      degrees,
      before,
      after,
      autocorrelation,
      series: Array.from(period, (at, t) => ({
        period: at,
        outcome: outcome[t]!,
        fitted: fitted[t]!,
        without: fitted[t]! - (t >= before ? coefficients[2]! + coefficients[3]! * time[t]! : 0),
      })),
      influence: headline.influence,
    },
  };
}

type Series = { readonly period: Float64Array; readonly outcome: Float64Array; readonly step: number };

function readSeries({ period, outcome }: SeriesColumns): Parsed<Series> {
  const n = period.length;
  if (outcome.length !== n) {
    return refuse(
      'columns-differ-in-length',
      `Column outcome has ${outcome.length} rows and column period has ${n}. Give every period one value.`,
      { column: 'outcome', rows: outcome.length, expected: n },
    );
  }
  if (n === 0) return refuse('no-rows', 'There are no rows. Give one per period.');
  for (const [name, values] of [
    ['period', period],
    ['outcome', outcome],
  ] as const) {
    for (let i = 0; i < n; i++) {
      if (!Number.isFinite(values[i]!)) {
        return refuseCell('value-not-usable', name, i, `${values[i]!} is not a number. Write one.`, {
          found: String(values[i]!),
        });
      }
    }
  }
  const order = ascendingOrder(period);
  const sorted = Float64Array.from(order, (i) => period[i]!);
  const steps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  const step = steps.length === 0 ? 1 : Math.min(...steps.filter((one) => one > 0), Infinity);
  for (const [i, length] of steps.entries()) {
    if (length === 0) {
      return refuseCell(
        'period-twice',
        'period',
        order[i + 1]!,
        `period ${sorted[i]!} stands here for the second time. Give one row per period, such as its sum or mean.`,
      );
    }
    // Equal up to rounding: periods may be written as 2020.25.
    if (Math.abs(length - step) > 1e-6 * step) {
      return refuseCell(
        'period-missing',
        'period',
        order[i + 1]!,
        `between ${sorted[i]!} and ${sorted[i + 1]!} a period is missing: others are ${step} apart. Add it, or number the periods 1, 2, 3.`,
      );
    }
  }
  return { ok: true, value: { period: sorted, outcome: Float64Array.from(order, (i) => outcome[i]!), step } };
}

/** Sines and cosines of a season; `null` where it cannot have so many. */
function seasonColumns(period: Float64Array, step: number, season: number, harmonics: number): Covariate[] | null {
  if (!(season >= 2 && season < Infinity && Number.isInteger(harmonics) && harmonics >= 1 && harmonics <= season / 2)) {
    return null;
  }
  return Array.from({ length: harmonics }, (_, at) => at + 1).flatMap((wave): Covariate[] => {
    const angle = (t: number): number => (2 * Math.PI * wave * ((t - period[0]!) / step)) / season;
    const cosine = { name: `season cos ${wave}`, values: period.map((t) => Math.cos(angle(t))) };
    // At half a season the sine is 0 everywhere.
    return 2 * wave === season
      ? [cosine]
      : [{ name: `season sin ${wave}`, values: period.map((t) => Math.sin(angle(t))) }, cosine];
  });
}

function ljungBox(residuals: Float64Array, lags: number): InterruptedSeries['autocorrelation'] {
  const n = residuals.length;
  const size = residuals.reduce((sum, value) => sum + value * value, 0);
  let statistic = 0;
  let first = 0;
  for (let lag = 1; lag <= lags; lag++) {
    let product = 0;
    for (let t = lag; t < n; t++) product += residuals[t]! * residuals[t - lag]!;
    const share = product / size;
    if (lag === 1) first = share;
    statistic += (share * share) / (n - lag);
  }
  statistic *= n * (n + 2);
  return { statistic, degrees: lags, p: chiSquaredUpperTail(statistic, lags), first };
}
