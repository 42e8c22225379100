import { criticalValue, detectable, type Effect, type Interval, type Note } from '@meedoen/evidence';
import {
  chiSquaredQuantile,
  chiSquaredUpperTail,
  findRoot,
  normalTwoSided,
  studentQuantile,
  studentTwoSided,
} from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import { climbToVariance } from './fisher-scoring.ts';

/** Effects of comparable studies on one scale (a log risk ratio, a difference in days), with their standard errors. */
export type Studies = {
  readonly effect: ArrayLike<number>;
  readonly se: ArrayLike<number>;
  readonly label?: ArrayLike<string>;
};

/**
 * How the spread of true effects τ² is estimated. `fixed`: taken to be 0; the others let effects differ.
 * `paule-mandel` is what metafor calls EB.
 */
export type PoolMethod = 'fixed' | 'dersimonian-laird' | 'reml' | 'ml' | 'paule-mandel';

/**
 * How the error of the pooled effect is found. `normal`: from the weights alone. `hartung-knapp`: from how the studies
 * scatter, with Student's t; never below the normal error, so that studies that agree by luck do not look certain.
 * `hartung-knapp-as-is`: without that floor, as metafor's `knha`.
 */
export type PoolErrors = 'normal' | 'hartung-knapp' | 'hartung-knapp-as-is';

export type PoolOptions = {
  /** Default `reml`. */
  readonly method?: PoolMethod;
  /** Default `hartung-knapp`; a fixed effect always has `normal` errors. */
  readonly errors?: PoolErrors;
  readonly confidence?: number;
};

/** The pooled effect of several studies, and how far they agree (nl: meta-analyse). */
export type Pooled = Effect & {
  readonly se: number;
  readonly method: PoolMethod;
  readonly errors: PoolErrors;
  readonly studies: number;
  readonly statistic: number;
  readonly p: number;
  /** Degrees of freedom of t; `null` with normal errors. */
  readonly degrees: number | null;
  /** Variance of the true effects between studies, with its error and the interval that Q allows. */
  readonly tau2: number;
  readonly seTau2: number | null;
  readonly tau2Interval: Interval | null;
  /** Share of the scatter that is real, in percent, and total over sampling variance. */
  readonly i2: number;
  readonly h2: number;
  readonly q: { readonly statistic: number; readonly degrees: number; readonly p: number };
  /** Where the effect in a new place would lie. `null` for a fixed effect, which does not speak of new places. */
  readonly predictionInterval: Interval | null;
  /** Each study's share of the pooled effect, in percent. */
  readonly weights: Float64Array;
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'studies-comparable',
    words: {},
    message: 'The studies measure the same outcome on the same scale and share no people.',
  },
  { what: 'all-studies-seen', words: {}, message: 'No study is missing because of what it found.' },
  {
    what: 'transfer',
    words: {},
    message: 'Whether the effect holds in the Netherlands today is an assumption of its own, not a result.',
  },
];

/**
 * Pool studies with weights 1/(s² + τ²). Needs two studies; five or fewer are said aloud.
 *
 * REML and ML by Fisher scoring, floored at 0; Paule–Mandel and the interval of τ² by Brent's method on Q(τ²).
 * The prediction interval is estimate ± crit·√(τ² + se²), crit from t with k − 1 degrees with Hartung–Knapp, else normal.
 * Refuses fewer than two studies, columns of different length, effects that are not numbers and errors not above 0. O(k) per step.
 *
 * R. DerSimonian & N. Laird (1986), Controlled Clinical Trials 7, 177–188. J. Hartung & G. Knapp (2001), Statistics in
 * Medicine 20, 3875–3889. W. Viechtbauer (2005), JEBS 30, 261–293; (2007) on intervals for τ². R. C. Paule & J. Mandel (1982).
 */
export function pool(studies: Studies, options: PoolOptions = {}): Parsed<Pooled> {
  const problem = findProblem(studies);
  if (problem) return problem;
  const { method = 'reml', confidence = 0.95 } = options;
  const errors = method === 'fixed' ? 'normal' : (options.errors ?? 'hartung-knapp');
  const effect = Float64Array.from(studies.effect);
  const variance = Float64Array.from(studies.se, (s) => s * s);
  const k = effect.length;

  const none = weigh(effect, variance, 0);
  const typical = ((k - 1) * none.sum) / (none.sum ** 2 - none.sumOfSquares);
  const tau2 = betweenStudies(method, effect, variance);
  const { mean, weights, sum } = weigh(effect, variance, tau2);
  const diagnostics: Note[] = [];
  if (k < 5) {
    diagnostics.push({
      what: 'few-studies',
      words: { studies: k },
      message: `Only ${k} studies: show them one by one before the pooled effect, which rests on little.`,
    });
  }

  const degrees = errors === 'normal' ? null : k - 1;
  let se = Math.sqrt(1 / sum);
  if (errors !== 'normal') {
    const scatter = weighedSquares(effect, weights, mean) / (k - 1);
    if (errors === 'hartung-knapp' && scatter < 1) {
      diagnostics.push({
        what: 'scatter-below-chance',
        words: { scatter },
        message: 'The studies agree better than chance would let them; the error was not made smaller for it.',
      });
    } else se *= Math.sqrt(scatter);
  }
  const critical = degrees === null ? criticalValue(confidence) : studentQuantile((1 + confidence) / 2, degrees);
  const around = (error: number): Interval => ({
    lower: mean - critical * error,
    upper: mean + critical * error,
    confidence,
  });
  const statistic = mean / se;
  const random = method !== 'fixed';
  return {
    ok: true,
    value: {
      estimate: mean,
      se,
      ci: around(se),
      smallestDetectable: detectable({ se, ci: around(se) }),
      n: k,
      level: null,
      assumptions: ASSUMPTIONS,
      diagnostics,
      method,
      errors,
      studies: k,
      statistic,
      p: degrees === null ? normalTwoSided(statistic) : studentTwoSided(statistic, degrees),
      degrees,
      tau2,
      seTau2: random ? errorOfTau2(method, weights, variance, none, tau2) : null,
      tau2Interval: random ? intervalOfTau2(effect, variance, confidence) : null,
      // Without τ² the scatter itself tells: I² = (Q − (k − 1))/Q, which a fixed effect reports unfloored as H².
      i2: random ? (100 * tau2) / (tau2 + typical) : 100 * Math.max(0, 1 - (k - 1) / none.q),
      h2: random ? (tau2 + typical) / typical : none.q / (k - 1),
      q: { statistic: none.q, degrees: k - 1, p: chiSquaredUpperTail(none.q, k - 1) },
      predictionInterval: random ? around(Math.sqrt(tau2 + se * se)) : null,
      weights: weights.map((w) => (100 * w) / sum),
    },
  };
}

function findProblem({ effect, se, label }: Studies): ReturnType<typeof refuse> | null {
  const k = effect.length;
  for (const [name, column] of [
    ['se', se],
    ['label', label],
  ] as const) {
    if (column && column.length !== k) {
      return refuse(
        'columns-differ-in-length',
        `Column ${name} has ${column.length} rows and column effect has ${k}. Give every study one of each.`,
        {
          column: name,
          rows: column.length,
          expected: k,
        },
      );
    }
  }
  for (let i = 0; i < k; i++) {
    if (!Number.isFinite(effect[i]!)) {
      return refuseCell(
        'effect-not-usable',
        'effect',
        i,
        `${effect[i]!} is not an effect. Write a number, such as -0.25, or leave the study out.`,
      );
    }
    if (!(se[i]! > 0 && se[i]! < Infinity)) {
      return refuseCell(
        'standard-error-not-usable',
        'se',
        i,
        `${se[i]!} is not a standard error. Write a number above 0, or leave the study out.`,
      );
    }
  }
  if (k < 2)
    return refuse(
      'too-few-studies',
      `Pooling needs at least two studies; here ${k === 1 ? 'is 1' : 'are none'}. Report the study itself.`,
      { studies: k },
    );
  return null;
}

type Weighed = {
  readonly mean: number;
  readonly weights: Float64Array;
  readonly sum: number;
  readonly sumOfSquares: number;
  readonly q: number;
};

/** Pool with a given τ². */
function weigh(effect: Float64Array, variance: Float64Array, tau2: number): Weighed {
  const weights = variance.map((v) => 1 / (v + tau2));
  let sum = 0;
  let sumOfSquares = 0;
  let total = 0;
  for (let i = 0; i < effect.length; i++) {
    const w = weights[i]!;
    sum += w;
    sumOfSquares += w * w;
    total += w * effect[i]!;
  }
  const mean = total / sum;
  return { mean, weights, sum, sumOfSquares, q: weighedSquares(effect, weights, mean) };
}

function weighedSquares(effect: Float64Array, weights: Float64Array, mean: number): number {
  let total = 0;
  for (let i = 0; i < effect.length; i++) total += weights[i]! * (effect[i]! - mean) ** 2;
  return total;
}

function betweenStudies(method: PoolMethod, effect: Float64Array, variance: Float64Array): number {
  switch (method) {
    case 'fixed':
      return 0;
    case 'dersimonian-laird':
      return momentTau2(effect, variance);
    case 'paule-mandel':
      return tau2Where(effect, variance, effect.length - 1);
    case 'reml':
    case 'ml':
      return likelihoodTau2(method, effect, variance);
  }
}

function momentTau2(effect: Float64Array, variance: Float64Array): number {
  const { q, sum, sumOfSquares } = weigh(effect, variance, 0);
  return Math.max(0, (q - (effect.length - 1)) / (sum - sumOfSquares / sum));
}

/** The τ² at which Q(τ²) is this large; Q falls as τ² grows. 0 when it is smaller from the start. */
function tau2Where(effect: Float64Array, variance: Float64Array, wanted: number): number {
  const excess = (tau2: number): number => weigh(effect, variance, tau2).q - wanted;
  if (excess(0) <= 0) return 0;
  let high = Math.max(...variance);
  while (excess(high) > 0) high *= 2;
  return findRoot(excess, 0, high);
}

/** Fisher scoring with P = W − W11'W/Σw: the step is (y'PPy − tr P)/tr(PP) for REML, with tr W and tr(WW) for ML. */
function likelihoodTau2(method: 'reml' | 'ml', effect: Float64Array, variance: Float64Array): number {
  return climbToVariance(momentTau2(effect, variance), Math.max(...variance), (tau2) => {
    const { weights, mean, sum, sumOfSquares, q } = weigh(effect, variance, tau2);
    let squares = 0;
    let cubes = 0;
    let logs = 0;
    for (let i = 0; i < effect.length; i++) {
      const w = weights[i]!;
      squares += (w * (effect[i]! - mean)) ** 2;
      cubes += w ** 3;
      logs += Math.log(w);
    }
    return method === 'ml'
      ? { logLikelihood: (logs - q) / 2, step: (squares - sum) / sumOfSquares }
      : {
          logLikelihood: (logs - q - Math.log(sum)) / 2,
          step: (squares - (sum - sumOfSquares / sum)) / (sumOfSquares - (2 * cubes) / sum + (sumOfSquares / sum) ** 2),
        };
  });
}

function errorOfTau2(
  method: PoolMethod,
  weights: Float64Array,
  variance: Float64Array,
  none: Weighed,
  tau2: number,
): number {
  let sum = 0;
  let squares = 0;
  let cubes = 0;
  for (const w of weights) {
    sum += w;
    squares += w * w;
    cubes += w ** 3;
  }
  const traceOfSquare = squares - (2 * cubes) / sum + (squares / sum) ** 2;
  switch (method) {
    case 'ml':
      return Math.sqrt(2 / squares);
    case 'dersimonian-laird': {
      // Var of a moment estimate: 2·tr[(P₀(V + τ²))²] over its denominator squared.
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < weights.length; i++) {
        const w = 1 / variance[i]!;
        s1 += w;
        s2 += w * w;
        s3 += w ** 3;
      }
      const k = weights.length;
      const denominator = none.sum - none.sumOfSquares / none.sum;
      const trace = k - 1 + 2 * tau2 * (s1 - s2 / s1) + tau2 * tau2 * (s2 - (2 * s3) / s1 + (s2 / s1) ** 2);
      return Math.sqrt(2 * trace) / denominator;
    }
    case 'paule-mandel': {
      const k = weights.length;
      return Math.sqrt((2 * k * k) / (k - 1)) / sum;
    }
    default:
      return Math.sqrt(2 / traceOfSquare);
  }
}

/** The Q-profile: τ² at which Q would be as large, or as small, as chance allows. W. Viechtbauer (2007), Statistics in Medicine 26, 37–52. */
function intervalOfTau2(effect: Float64Array, variance: Float64Array, confidence: number): Interval {
  const degrees = effect.length - 1;
  return {
    lower: tau2Where(effect, variance, chiSquaredQuantile((1 + confidence) / 2, degrees)),
    upper: tau2Where(effect, variance, chiSquaredQuantile((1 - confidence) / 2, degrees)),
    confidence,
  };
}

/** The pooled effect without each study in turn: does one of them carry the result? Needs three studies. */
export function leaveOneOut(studies: Studies, options: PoolOptions = {}): Parsed<readonly Pooled[]> {
  const problem = findProblem(studies);
  if (problem) return problem;
  const k = studies.effect.length;
  if (k < 3)
    return refuse(
      'too-few-studies',
      `Leaving one out needs at least three studies; here are ${k}. Show them one by one.`,
      { studies: k },
    );
  const answers: Pooled[] = [];
  for (let left = 0; left < k; left++) {
    const answer = pool(
      pick(studies, (i) => i !== left),
      options,
    );
    if (!answer.ok) return answer;
    answers.push(answer.value);
  }
  return { ok: true, value: answers };
}

/** The pooled effect as it stood after each study, in the given order (by year: how the evidence grew). Needs two studies. */
export function cumulativePool(
  studies: Studies,
  order: readonly number[],
  options: PoolOptions = {},
): Parsed<readonly Pooled[]> {
  const problem = findProblem(studies);
  if (problem) return problem;
  if (
    order.length !== studies.effect.length ||
    new Set(order).size !== order.length ||
    order.some((i) => !(i in Array.from(studies.effect)))
  ) {
    throw new RangeError('cumulativePool: the order must name every study once.');
  }
  const answers: Pooled[] = [];
  for (let count = 2; count <= order.length; count++) {
    const seen = order.slice(0, count);
    const answer = pool({ effect: seen.map((i) => studies.effect[i]!), se: seen.map((i) => studies.se[i]!) }, options);
    if (!answer.ok) return answer;
    answers.push(answer.value);
  }
  return { ok: true, value: answers };
}

function pick({ effect, se }: Studies, keep: (i: number) => boolean): Studies {
  const rows = Array.from(effect, (_, i) => i).filter(keep);
  return { effect: rows.map((i) => effect[i]!), se: rows.map((i) => se[i]!) };
}
