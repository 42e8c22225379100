import { refuse, type Parsed } from '@meedoen/units';
import type { CutoffData, Side } from './cutoff-data.ts';
import { residualsFor, varianceOf, type ResidualKind } from './cutoff-residuals.ts';
import { coefficients, fitLocally, rowWeights, type Kernel } from './local-polynomial.ts';
import { covariateSlopes, withoutCovariates } from './partial-out.ts';

/**
 * Which error the bandwidth makes small. `mse…`: the squared error of the estimate; `cer…`: the error of the interval's
 * coverage. `…rd`: one bandwidth for the difference; `…two`: each side its own; `…sum`: one for the sum of the sides.
 */
export type BandwidthRule = 'mserd' | 'msetwo' | 'msesum' | 'cerrd' | 'certwo' | 'cersum';

/** One number per side, below and from the cutoff. */
export type PerSide = readonly [below: number, above: number];

export type Bandwidths = {
  /** h: rows that make the estimate. b: rows that tell its bias. */
  readonly h: PerSide;
  readonly b: PerSide;
};

export type LocalChoices = {
  /** p: degree of the line that is compared at the cutoff. q > p: degree that tells its bias. */
  readonly degree: number;
  readonly biasDegree: number;
  readonly kernel: Kernel;
  readonly residuals: ResidualKind;
  /** Whether repeated running values count once in the pilot and may widen a window. */
  readonly massPoints: boolean;
};

/** A share of repeated values from which windows must hold at least ten distinct ones. */
const MANY_REPEATED = 0.2;
const FEWEST_DISTINCT = 10;

/**
 * Bandwidths in three steps, each fed by the one before: d for the bias of the bias, b for the bias, h for the estimate.
 *
 * Each is (V/(bias² + R))^(1/(2o + 3)) with V and the bias per side from local polynomials, R the part of the bias that is
 * its own sampling error. The first step starts from a pilot C·spread·M^(−1/5), M the number of distinct running values,
 * and the whole range. No bandwidth goes beyond the data. Refuses where a window holds too few different values, or where
 * outcomes lie exactly on a curve. O(n) per step.
 *
 * S. Calonico, M. D. Cattaneo & R. Titiunik (2014), Econometrica 82, 2295–2326; with M. H. Farrell (2020),
 * Econometrics Journal 23, 192–210 (coverage error).
 */
export function chooseBandwidths(data: CutoffData, rule: BandwidthRule, choices: LocalChoices): Parsed<Bandwidths> {
  const { degree: p, biasDegree: q, kernel, massPoints } = choices;
  const { below, above } = data;
  const furthest: PerSide = [Math.abs(below.x[below.size - 1]!), Math.abs(above.x[above.size - 1]!)];
  const widest = Math.max(...furthest);
  const shape = rule.slice(3) as 'rd' | 'two' | 'sum';
  const atMost: PerSide = shape === 'two' ? furthest : [widest, widest];
  const atLeast = smallestWindows(data, choices);
  const bounded = (wanted: PerSide): PerSide => {
    const floor: PerSide = shape === 'two' ? atLeast : [Math.max(...atLeast), Math.max(...atLeast)];
    return [Math.max(Math.min(wanted[0], atMost[0]), floor[0]), Math.max(Math.min(wanted[1], atMost[1]), floor[1])];
  };

  const count = massPoints ? below.groups + above.groups : data.size;
  const c = Math.max(Math.min(PILOT[kernel] * data.spread * count ** (-1 / 5), widest), ...atLeast);
  const step = (of: Part, windows: PerSide): PerSide | null => {
    // A width of 0 or none comes from outcomes without any error; what follows from it is undefined too.
    if (!windows.every(isWidth)) return windows;
    const parts = [errorParts(below, of, c, windows[0], choices), errorParts(above, of, c, windows[1], choices)];
    const [l, r] = parts;
    if (!l || !r) return null;
    const rate = 1 / (2 * of.degree + 3);
    if (shape === 'two') return bounded([best(l.variance, l.bias, l.own, rate), best(r.variance, r.bias, r.own, rate)]);
    const bias = shape === 'sum' ? r.bias + l.bias : r.bias - l.bias;
    const one = best(l.variance + r.variance, bias, l.own + r.own, rate);
    return bounded([one, one]);
  };

  const d = step({ degree: q + 1, derivative: q + 1, biasDegree: q + 2, regularised: false }, furthest);
  const b = d && step({ degree: q, derivative: p + 1, biasDegree: q + 1, regularised: true }, d);
  const mse = b && step({ degree: p, derivative: 0, biasDegree: q, regularised: true }, b);
  if (!d || !b || !mse) {
    return refuse(
      'window-too-small',
      `Within ${c} of the cutoff there are too few different running values to choose a bandwidth by. Give a bandwidth yourself, or use a finer running variable.`,
      { window: c },
    );
  }
  if (![...b, ...mse].every(isWidth)) {
    return refuse(
      'bandwidth-undefined',
      'The outcomes lie exactly on a curve on both sides, so there is no error to weigh. Give a bandwidth yourself, and look at the outcome.',
    );
  }
  if (rule.startsWith('mse')) return { ok: true, value: { h: mse, b } };
  const shrink = data.size ** (-p / ((3 + p) * (3 + 2 * p)));
  return { ok: true, value: { h: [mse[0] * shrink, mse[1] * shrink], b } };
}

function isWidth(width: number): boolean {
  return width > 0 && width < Infinity;
}

/** The rule-of-thumb constants of the kernels. */
const PILOT: Readonly<Record<Kernel, number>> = { triangular: 2.576, epanechnikov: 2.34, uniform: 1.843 };

/** Where many values repeat, the distance that takes in ten distinct ones on each side; else nothing. */
export function smallestWindows({ below, above }: CutoffData, { massPoints }: LocalChoices): PerSide {
  const repeated = Math.max(1 - below.groups / below.size, 1 - above.groups / above.size);
  if (!massPoints || repeated < MANY_REPEATED) return [0, 0];
  const reach = ({ x, groups, groupStart }: Side): number =>
    Math.abs(x[groupStart[Math.min(FEWEST_DISTINCT, groups) - 1]!]!) * (1 + 1e-9);
  return [reach(below), reach(above)];
}

/** What a step asks: a polynomial of this degree, of which this derivative, its bias told by a higher one. */
type Part = {
  readonly degree: number;
  readonly derivative: number;
  readonly biasDegree: number;
  readonly regularised: boolean;
};

type ErrorParts = { readonly variance: number; readonly bias: number; readonly own: number };

function errorParts(
  side: Side,
  { degree: o, derivative, biasDegree, regularised }: Part,
  window: number,
  biasWindow: number,
  { kernel, residuals }: LocalChoices,
): ErrorParts | null {
  const fit = fitLocally(side, o, window, kernel);
  const biasFit = fitLocally(side, biasDegree, biasWindow, kernel);
  if (!fit || !biasFit) return null;
  const slopes = covariateSlopes([fit]);
  if (!slopes) return null;
  const y = withoutCovariates(fit, slopes);

  const l = rowWeights(fit, derivative);
  const [e] = residualsFor(residuals, side, y, fit.rows, [fit]);
  // In powers of u = x/window a variance of u^ν is window^(2ν) times that of x^ν.
  const variance = (2 * derivative + 1) * window * varianceOf(side, l, e!, { rows: fit.rows, coefficients: o + 1 });
  let kappa = 0;
  for (let i = 0; i < fit.rows; i++) kappa += l[i]! * fit.u[i]! ** (o + 1);

  const curvature = coefficients(biasFit, y)[o + 1]! / biasWindow ** (o + 1);
  let own = 0;
  if (regularised) {
    const [error] = residualsFor(residuals, side, y, biasFit.rows, [biasFit]);
    const spread = varianceOf(side, rowWeights(biasFit, o + 1), error!, {
      rows: biasFit.rows,
      coefficients: biasDegree + 1,
    });
    own = (6 * (o + 1 - derivative) * kappa * kappa * spread) / biasWindow ** (2 * (o + 1));
  }
  return { variance, bias: Math.sqrt(2 * (o + 1 - derivative)) * kappa * curvature, own };
}

function best(variance: number, bias: number, own: number, rate: number): number {
  return (variance / (bias * bias + own)) ** rate;
}
