import { refuse, type Parsed } from '@meedoen/units';
import {
  chooseBandwidths,
  smallestWindows,
  type Bandwidths,
  type BandwidthRule,
  type LocalChoices,
} from './cutoff-bandwidth.ts';
import type { CutoffData, Side } from './cutoff-data.ts';
import { clusterFactor, influenceOf, residualsFor, type ResidualKind } from './cutoff-residuals.ts';
import { detectable, type Effect } from './detectable.ts';
import type { Note } from './estimate.ts';
import { inferenceOf, type Inference } from './inference.ts';
import { coefficients, fitLocally, rowWeights, type Kernel, type LocalFit } from './local-polynomial.ts';
import { covariateSlopes, withoutCovariates } from './partial-out.ts';

export type DiscontinuityOptions = {
  /** Degree of the compared lines (default 1), and of those that tell their bias (default one more). */
  readonly degree?: number;
  readonly biasDegree?: number;
  readonly kernel?: Kernel;
  readonly rule?: BandwidthRule;
  /** Bandwidths of your own, in the unit of the running variable; without `b` the bias is told within h. */
  readonly h?: number;
  readonly b?: number;
  /** h/b: then b follows from h. */
  readonly rho?: number;
  /** What the errors rest on; with clusters always `hc0`. */
  readonly residuals?: ResidualKind;
  /** Count repeated running values once where bandwidths are chosen. Default true. */
  readonly massPoints?: boolean;
  readonly confidence?: number;
};

/**
 * How much the outcome jumps where the rule sets in (nl: regressiediscontinuïteit).
 *
 * `estimate` is the difference of the two lines at the cutoff, and `se`, `ci` and `p` are the robust ones around the
 * estimate without its bias: the interval need not be centred on the estimate. `influence` has one number per row as
 * given; summed within clusters, its squares make se².
 */
export type Discontinuity = Effect & {
  readonly se: number;
  readonly p: number;
  readonly conventional: Inference;
  readonly robust: Inference;
  readonly bandwidths: Bandwidths;
  readonly degree: number;
  readonly biasDegree: number;
  readonly kernel: Kernel;
  /** The rule that chose the bandwidths; `null` where they were given. */
  readonly rule: BandwidthRule | null;
  readonly residuals: ResidualKind;
  /** Rows and distinct running values of each side, and rows within h and b. */
  readonly rowsBySide: readonly [number, number];
  readonly valuesBySide: readonly [number, number];
  readonly rowsInH: readonly [number, number];
  readonly rowsInB: readonly [number, number];
  readonly clusters: number | null;
  /** Coefficients of 1, x − cutoff, … on each side. */
  readonly lines: readonly [below: Float64Array, above: Float64Array];
  /** How much one of each covariate moves the outcome. */
  readonly slopes: Float64Array;
  readonly influence: Float64Array;
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'only-the-rule-jumps',
    words: {},
    message: 'Nothing else changes exactly at the cutoff: no other rule has the same one.',
  },
  {
    what: 'nobody-chooses-a-side',
    words: {},
    message: 'People cannot place themselves just on one side of the cutoff.',
  },
  {
    what: 'near-the-cutoff-only',
    words: {},
    message: 'The effect holds for people near the cutoff. Further away it may be another.',
  },
];

/**
 * Sharp regression discontinuity: local polynomials on either side, bias-corrected robust intervals.
 *
 * Bias-corrected weights Q = X_p W_h − h^{p+1}[X_q W_b G_q⁻¹ e_{p+1}]L', L = X_p'W_h u^{p+1}; their variance counts what
 * estimating the bias adds. With clusters residuals are those of the fits (rdrobust 4.0; version 2.2 took neighbours).
 * Level 4 of the Maryland scale.
 *
 * Refuses bandwidths that are not positive, degrees outside 0 to 4, windows with too few different values, covariates
 * that follow from the others, fewer than five clusters on a side. O(n) after sorting.
 *
 * S. Calonico, M. D. Cattaneo & R. Titiunik (2014), Econometrica 82, 2295–2326.
 */
export function regressionDiscontinuity(data: CutoffData, options: DiscontinuityOptions = {}): Parsed<Discontinuity> {
  const { degree = 1, biasDegree = degree + 1, kernel = 'triangular', massPoints = true, confidence = 0.95 } = options;
  if (![degree, biasDegree].every(Number.isInteger) || degree < 0 || biasDegree <= degree || biasDegree > 5) {
    return refuse(
      'degree-not-usable',
      `Degrees ${degree} and ${biasDegree}: give a whole degree from 0 to 4, and a larger one of at most 5 for the bias.`,
      { degree, biasDegree },
    );
  }
  for (const [name, value] of Object.entries({ h: options.h, b: options.b, rho: options.rho })) {
    if (value !== undefined && !(value > 0 && value < Infinity)) {
      return refuse('bandwidth-not-usable', `${name} = ${value}: write a number above 0, or leave it to the data.`, {
        name,
        value: String(value),
      });
    }
  }
  if (options.b !== undefined && options.h === undefined) {
    return refuse('bandwidth-not-usable', 'A bandwidth b without h has no meaning. Give h too, or neither.');
  }
  const clustered = data.clusterCount > 0;
  const residuals: ResidualKind = clustered ? 'hc0' : (options.residuals ?? 'neighbours');
  const choices: LocalChoices = { degree, biasDegree, kernel, residuals, massPoints };
  const rule = options.h === undefined ? (options.rule ?? 'mserd') : null;
  const chosen = bandwidthsOf(data, options, rule, choices);
  return chosen.ok ? jumpWithin(data, chosen.value, { ...choices, rule, confidence }) : chosen;
}

/** The jump within bandwidths that are known: {@link regressionDiscontinuity} without its choice of them. */
export function jumpWithin(
  data: CutoffData,
  { h, b }: Bandwidths,
  {
    degree,
    biasDegree,
    kernel,
    residuals,
    rule,
    confidence,
  }: Omit<LocalChoices, 'massPoints'> & { readonly rule: BandwidthRule | null; readonly confidence: number },
): Parsed<Discontinuity> {
  const clustered = data.clusterCount > 0;
  const sides = [data.below, data.above] as const;
  const fits = sides.map((side, at) => {
    const near = fitLocally(side, degree, h[at]!, kernel);
    const wide = fitLocally(side, biasDegree, b[at]!, kernel);
    return near && wide ? { side, near, wide } : null;
  });
  const [below, above] = fits;
  if (!below || !above) {
    return refuse(
      'window-too-small',
      `Within ${Math.min(...h)} of the cutoff there are too few different running values for a fit. Give a larger bandwidth.`,
      { window: Math.min(...h) },
    );
  }
  const slopes = covariateSlopes([below.near, above.near]);
  if (!slopes) {
    return refuse(
      'covariates-dependent',
      `Near the cutoff one of the covariates (${data.covariateNames.join(', ')}) follows from the others or never varies. Leave it out.`,
      { columns: data.covariateNames.join(', ') },
    );
  }
  const parts = [estimateSide(below, slopes, residuals), estimateSide(above, slopes, residuals)] as const;
  const tooFew = parts.find(({ clusters }) => clusters !== null && clusters < 5);
  if (tooFew) {
    return refuse(
      'too-few-clusters',
      `One side has ${tooFew.clusters} clusters within the bandwidth; errors by cluster need at least five. Give a larger bandwidth, or leave the clusters out and say so.`,
      { clusters: tooFew.clusters! },
    );
  }

  const [l, r] = parts;
  const estimate = r.line[0]! - l.line[0]!;
  const conventional = inferenceOf(estimate, Math.sqrt(l.variance + r.variance), confidence);
  const robust = inferenceOf(r.corrected - l.corrected, Math.sqrt(l.robustVariance + r.robustVariance), confidence);
  const influence = new Float64Array(data.size);
  for (const [part, sign] of [
    [l, -1],
    [r, 1],
  ] as const) {
    part.influence.forEach((value, i) => (influence[part.side.row[i]!] = sign * value));
  }
  const diagnostics: Note[] = [];
  const repeated = 1 - (data.below.groups + data.above.groups) / data.size;
  if (repeated >= 0.2) {
    diagnostics.push({
      what: 'running-values-repeat',
      words: { share: repeated },
      message: `${Math.round(100 * repeated)} in 100 rows share their running value with another row: the result leans on few distinct values. Look at it with a donut too.`,
    });
  }
  if (clustered) {
    diagnostics.push({
      what: 'clustered-by-fit',
      words: { clusters: data.clusterCount },
      message:
        'Errors by cluster rest on residuals of the fits, each side with its own small-sample factor (rdrobust 4.0).',
    });
  }
  return {
    ok: true,
    value: {
      estimate,
      se: robust.se,
      ci: robust.ci,
      smallestDetectable: detectable(robust),
      p: robust.p,
      n: data.size,
      level: 4,
      assumptions: ASSUMPTIONS,
      diagnostics,
      conventional,
      robust,
      bandwidths: { h, b },
      degree,
      biasDegree,
      kernel,
      rule,
      residuals,
      rowsBySide: [data.below.size, data.above.size],
      valuesBySide: [data.below.groups, data.above.groups],
      rowsInH: [below.near.rows, above.near.rows],
      rowsInB: [below.wide.rows, above.wide.rows],
      clusters: clustered ? data.clusterCount : null,
      lines: [l.line, r.line],
      slopes,
      influence,
    },
  };
}

function bandwidthsOf(
  data: CutoffData,
  { h, b, rho }: DiscontinuityOptions,
  rule: BandwidthRule | null,
  choices: LocalChoices,
): Parsed<Bandwidths> {
  let widths: Bandwidths;
  if (h !== undefined) widths = { h: [h, h], b: [b ?? h, b ?? h] };
  else {
    const chosen = chooseBandwidths(data, rule!, choices);
    if (!chosen.ok) return chosen;
    widths = chosen.value;
  }
  if (rho !== undefined) widths = { ...widths, b: [widths.h[0] / rho, widths.h[1] / rho] };
  // Windows of a rule, or that follow from one, take in ten distinct values where many repeat; given ones stay as given.
  if (h !== undefined) return { ok: true, value: widths };
  const [l, r] = smallestWindows(data, choices);
  return {
    ok: true,
    value: {
      h: [Math.max(widths.h[0], l), Math.max(widths.h[1], r)],
      b: [Math.max(widths.b[0], l), Math.max(widths.b[1], r)],
    },
  };
}

type SideResult = {
  readonly side: Side;
  /** Coefficients of powers of x − cutoff. */
  readonly line: Float64Array;
  readonly corrected: number;
  readonly variance: number;
  readonly robustVariance: number;
  readonly clusters: number | null;
  readonly influence: Float64Array;
};

function estimateSide(
  { side, near, wide }: { readonly side: Side; readonly near: LocalFit; readonly wide: LocalFit },
  slopes: Float64Array,
  kind: ResidualKind,
): SideResult {
  const y = withoutCovariates(near, slopes);
  const rows = Math.max(near.rows, wide.rows);
  const p = near.degree;
  const l = rowWeights(near, 0);
  // The bias of the intercept per unit of the (p + 1)th coefficient, which the wider fit tells.
  let kappa = 0;
  for (let i = 0; i < near.rows; i++) kappa += l[i]! * near.u[i]! ** (p + 1);
  const ratio = (near.bandwidth / wide.bandwidth) ** (p + 1);
  const towardsBias = rowWeights(wide, p + 1);
  const corrected = new Float64Array(rows);
  for (let i = 0; i < rows; i++) corrected[i] = (l[i] ?? 0) - kappa * ratio * (towardsBias[i] ?? 0);

  const [e, robust] = residualsFor(kind, side, y, rows, [near, wide]) as [Float64Array, Float64Array];
  const plain = influenceOf(l, e);
  let influence = influenceOf(corrected, robust);
  const line = coefficients(near, y).map((value, power) => value / near.bandwidth ** power);
  let total = 0;
  for (let i = 0; i < rows; i++) total += corrected[i]! * y[i]!;
  if (side.clusters === null) {
    return {
      side,
      line,
      corrected: total,
      variance: squares(plain),
      robustVariance: squares(influence),
      clusters: null,
      influence,
    };
  }
  const within = side.clusters.subarray(0, rows);
  const clusters = new Set(within).size;
  const root = Math.sqrt(clusterFactor(rows, wide.degree + 1, clusters));
  influence = influence.map((value) => value * root);
  return {
    side,
    line,
    corrected: total,
    variance: clusterFactor(rows, p + 1, clusters) * squares(sumsWithin(plain, within)),
    robustVariance: squares(sumsWithin(influence, within)),
    clusters,
    influence,
  };
}

function squares(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total;
}

function sumsWithin(values: Float64Array, clusters: Int32Array): Iterable<number> {
  const sums = new Map<number, number>();
  values.forEach((value, i) => sums.set(clusters[i]!, (sums.get(clusters[i]!) ?? 0) + value));
  return sums.values();
}
