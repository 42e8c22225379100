import {
  criticalValue,
  detectable,
  type ChiSquaredTest,
  type Covariate,
  type Detectable,
  type Interval,
} from '@meedoen/evidence';
import {
  chiSquaredUpperTail,
  cholesky,
  inverse,
  normalTwoSided,
  quadraticForm,
  square,
  studentQuantile,
  studentTwoSided,
  type Cholesky,
  type Square,
} from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed } from '@meedoen/units';
import { climbToVariance } from './fisher-scoring.ts';
import { pool, type PoolErrors, type Studies } from './pool.ts';

export type MetaTerm = {
  readonly name: string;
  readonly estimate: number;
  readonly se: number;
  readonly ci: Interval;
  readonly smallestDetectable: Detectable | null;
  readonly statistic: number;
  readonly p: number;
};

/** How the effect changes with characteristics of the studies. */
export type MetaRegression = {
  /** `intercept` first. */
  readonly terms: readonly MetaTerm[];
  readonly studies: number;
  readonly errors: PoolErrors;
  readonly tau2: number;
  /** Share of τ² that the moderators explain, in percent; `null` when there was none to explain. */
  readonly r2: number | null;
  /** All moderators together: χ² with normal errors. */
  readonly moderators: ChiSquaredTest;
  /** Scatter that is left, at τ² = 0. */
  readonly residualQ: ChiSquaredTest;
};

/**
 * Random-effects regression of effects on moderators, τ² by REML.
 *
 * Fisher scoring as in {@link pool}, with P = W − WX(X'WX)⁻¹X'W. Refuses what `pool` refuses, moderators that are not
 * numbers or follow from others, and fewer than two studies more than moderators. O(k²·p) per step.
 *
 * W. Viechtbauer (2010), Journal of Statistical Software 36(3).
 */
export function metaRegression(
  studies: Studies,
  {
    moderators,
    errors = 'hartung-knapp',
    confidence = 0.95,
  }: { readonly moderators: readonly Covariate[]; readonly errors?: PoolErrors; readonly confidence?: number },
): Parsed<MetaRegression> {
  const alone = pool(studies);
  if (!alone.ok) return alone;
  const k = studies.effect.length;
  const p = moderators.length + 1;
  if (p === 1)
    return refuse(
      'no-covariates',
      'A meta-regression needs at least one moderator. Name a column, or pool the studies.',
    );
  if (k < p + 2) {
    return refuse(
      'too-few-studies',
      `${k} studies cannot carry ${p - 1} moderators: at least ${p + 2} are needed. Use fewer moderators.`,
      {
        studies: k,
        moderators: p - 1,
      },
    );
  }
  for (const { name, values } of moderators) {
    if (values.length !== k) {
      return refuse(
        'columns-differ-in-length',
        `Column ${name} has ${values.length} rows and there are ${k} studies. Give every study one value.`,
        { column: name },
      );
    }
    for (let i = 0; i < k; i++) {
      if (!Number.isFinite(values[i]!)) {
        return refuseCell(
          'covariate-not-usable',
          name,
          i,
          `${values[i]!} is not a number. Write a number, or leave the study out.`,
        );
      }
    }
  }
  // Centred moderators keep the normal equations well conditioned; the intercept is moved back at the end.
  const centres = moderators.map(({ values }) => Array.from(values).reduce((a, b) => a + b, 0) / k);
  const x = Array.from({ length: k }, (_, i) => [1, ...moderators.map(({ values }, j) => values[i]! - centres[j]!)]);
  const effect = Float64Array.from(studies.effect);
  const variance = Float64Array.from(studies.se, (s) => s * s);

  const plain = weighted(x, effect, variance, 0);
  if ('dependentRow' in plain) {
    const column = moderators[Math.max(0, plain.dependentRow - 1)]!.name;
    return refuse(
      'covariates-dependent',
      `Column ${column} says nothing more than the columns before it, or is the same in all studies. Leave it out.`,
      { column },
    );
  }
  const { tau2, fit } = residualTau2(x, effect, variance);
  const covariance = inverse(fit.factor);
  const degrees = k - p;
  const scatter = errors === 'normal' ? 1 : fit.squares / degrees;
  const stretch = errors === 'hartung-knapp' ? Math.max(1, scatter) : scatter;
  const critical = errors === 'normal' ? criticalValue(confidence) : studentQuantile((1 + confidence) / 2, degrees);

  const terms = ['intercept', ...moderators.map(({ name }) => name)].map((name, j): MetaTerm => {
    // The intercept at moderators 0 instead of at their means.
    const direction = Float64Array.from({ length: p }, (_, h) => (h === j ? 1 : j === 0 ? -centres[h - 1]! : 0));
    const estimate = direction.reduce((total, d, h) => total + d * fit.beta[h]!, 0);
    const se = Math.sqrt(stretch * form(covariance, direction));
    const statistic = estimate / se;
    const ci = { lower: estimate - critical * se, upper: estimate + critical * se, confidence };
    return {
      name,
      estimate,
      se,
      ci,
      smallestDetectable: detectable({ se, ci }),
      statistic,
      p: errors === 'normal' ? normalTwoSided(statistic) : studentTwoSided(statistic, degrees),
    };
  });
  const part = square(p - 1);
  for (let j = 1; j < p; j++)
    for (let h = 1; h < p; h++) part.values[(j - 1) * (p - 1) + h - 1] = covariance.values[j * p + h]!;
  const among = quadraticForm(cholesky(part) as Cholesky, fit.beta.slice(1));
  return {
    ok: true,
    value: {
      terms,
      studies: k,
      errors,
      tau2,
      r2: alone.value.tau2 > 0 ? 100 * Math.max(0, 1 - tau2 / alone.value.tau2) : null,
      moderators: { chiSquared: among, degrees: p - 1, p: chiSquaredUpperTail(among, p - 1) },
      residualQ: { chiSquared: plain.squares, degrees, p: chiSquaredUpperTail(plain.squares, degrees) },
    },
  };
}

type Fit = {
  readonly factor: Cholesky;
  readonly beta: Float64Array;
  readonly residuals: Float64Array;
  readonly squares: number;
};

/** Weighted least squares with weights 1/(s² + τ²). */
function weighted(
  x: number[][],
  effect: Float64Array,
  variance: Float64Array,
  tau2: number,
): Fit | { readonly dependentRow: number } {
  const p = x[0]!.length;
  const normal = square(p);
  const right = new Float64Array(p);
  for (const [i, row] of x.entries()) {
    const w = 1 / (variance[i]! + tau2);
    for (let j = 0; j < p; j++) {
      right[j]! += w * row[j]! * effect[i]!;
      for (let h = 0; h < p; h++) normal.values[j * p + h]! += w * row[j]! * row[h]!;
    }
  }
  const factor = cholesky(normal, 1e-12);
  if ('dependentRow' in factor) return factor;
  const beta = applyInverse(inverse(factor), right);
  const residuals = effect.map((y, i) => y - x[i]!.reduce((total, value, j) => total + value * beta[j]!, 0));
  const squares = residuals.reduce((total, r, i) => total + (r * r) / (variance[i]! + tau2), 0);
  return { factor, beta, residuals, squares };
}

/** REML: the step is (y'PPy − tr P)/tr(PP). */
function residualTau2(x: number[][], effect: Float64Array, variance: Float64Array): { tau2: number; fit: Fit } {
  const p = x[0]!.length;
  const fitAt = (tau2: number): Fit => {
    const fit = weighted(x, effect, variance, tau2);
    if ('dependentRow' in fit)
      throw new RangeError('metaRegression: weights cannot make independent columns dependent.');
    return fit;
  };
  const tau2 = climbToVariance(0, Math.max(...variance), (at) => {
    const fit = fitAt(at);
    const middle = inverse(fit.factor);
    const w = variance.map((v) => 1 / (v + at));
    // tr P = Σw − tr(M·X'W²X), tr PP = Σw² − 2·tr(M·X'W³X) + tr(M·X'W²X·M·X'W²X), M = (X'WX)⁻¹.
    const second = square(p);
    let trace = 0;
    let traceOfSquare = 0;
    let squares = 0;
    let logs = 0;
    for (const [i, row] of x.entries()) {
      const leverage = form(middle, Float64Array.from(row));
      trace += w[i]! - w[i]! ** 2 * leverage;
      traceOfSquare += w[i]! ** 2 - 2 * w[i]! ** 3 * leverage;
      squares += (w[i]! * fit.residuals[i]!) ** 2;
      logs += Math.log(w[i]!);
      for (let j = 0; j < p; j++) {
        for (let h = 0; h < p; h++) second.values[j * p + h]! += w[i]! ** 2 * row[j]! * row[h]!;
      }
    }
    for (let j = 0; j < p; j++) {
      logs -= 2 * Math.log(fit.factor.lower[j * p + j]!);
      for (let h = 0; h < p; h++) {
        let one = 0;
        let other = 0;
        for (let m = 0; m < p; m++) {
          one += middle.values[j * p + m]! * second.values[m * p + h]!;
          other += middle.values[h * p + m]! * second.values[m * p + j]!;
        }
        traceOfSquare += one * other;
      }
    }
    return { logLikelihood: (logs - fit.squares) / 2, step: (squares - trace) / traceOfSquare };
  });
  return { tau2, fit: fitAt(tau2) };
}

function form({ size, values }: Square, u: Float64Array): number {
  let total = 0;
  for (let j = 0; j < size; j++) for (let h = 0; h < size; h++) total += u[j]! * values[j * size + h]! * u[h]!;
  return total;
}

function applyInverse({ size, values }: Square, b: Float64Array): Float64Array {
  return Float64Array.from({ length: size }, (_, j) =>
    b.reduce((total, value, h) => total + values[j * size + h]! * value, 0),
  );
}

/** Do small studies find other effects than large ones? A sign that small disappointing studies are missing. */
export type SmallStudyCheck = {
  /** Egger's regression with a free scale: t with k − 2 degrees. */
  readonly egger: { readonly t: number; readonly degrees: number; readonly p: number };
  /** The same question within the random-effects model: effects regressed on their standard errors. */
  readonly randomEffects: { readonly z: number; readonly p: number };
};

/**
 * Egger's test, both ways. Needs four studies; below ten it sees little, and a small p has other explanations too.
 *
 * M. Egger et al. (1997), BMJ 315, 629–634.
 */
export function checkSmallStudies(studies: Studies): Parsed<SmallStudyCheck> {
  const inside = metaRegression(studies, {
    moderators: [{ name: 'standard error', values: studies.se }],
    errors: 'normal',
  });
  if (!inside.ok) return inside;
  const k = studies.effect.length;
  // Weighted least squares at τ² = 0, its scale estimated from the residuals.
  const mean = Array.from(studies.se).reduce((a, b) => a + b, 0) / k;
  const x = Array.from(studies.se, (s) => [1, s - mean]);
  const fit = weighted(
    x,
    Float64Array.from(studies.effect),
    Float64Array.from(studies.se, (s) => s * s),
    0,
  );
  if ('dependentRow' in fit)
    throw new RangeError('checkSmallStudies: the standard errors passed metaRegression and must differ.');
  const t = fit.beta[1]! / Math.sqrt((inverse(fit.factor).values[3]! * fit.squares) / (k - 2));
  const slope = inside.value.terms[1]!;
  return {
    ok: true,
    value: {
      egger: { t, degrees: k - 2, p: studentTwoSided(t, k - 2) },
      randomEffects: { z: slope.statistic, p: slope.p },
    },
  };
}
