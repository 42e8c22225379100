import { inverse, normalTwoSided, sandwich, square, standardErrors, type Square } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import { crossProducts } from './cross-products.ts';
import { standardise, type Covariate } from './covariates.ts';
import { detectableRatio, type LogEffect } from './detectable.ts';
import { ratioOf, symmetricInterval, type Note, type Ratio } from './estimate.ts';
import type { Groups } from './groups.ts';
import { maximise } from './maximise.ts';
import type { Spells } from './spells.ts';

/** One covariate's coefficient on the subdistribution hazard: above 0, more people reach the cause. */
export type FineGrayTerm = LogEffect & {
  readonly name: string;
  readonly z: number;
  readonly p: number;
  readonly subdistributionHazardRatio: Ratio;
};

export type FineGrayModel = {
  readonly cause: number;
  readonly terms: readonly FineGrayTerm[];
  readonly n: number;
  readonly events: number;
  readonly covariance: Square;
  readonly logLikelihood: { readonly none: number; readonly fitted: number };
  /** Change of each coefficient when a row gets a little more weight: p numbers per row. */
  readonly influence: Float64Array;
};

const LATE_ENTRY: Note = {
  what: 'entry-alike',
  words: {},
  message: 'When somebody came under observation depends neither on the covariates nor on what would happen to them.',
};
const ASSUMPTIONS: readonly Note[] = [
  { what: 'censoring-alike', words: {}, message: 'Whom we stopped following does not depend on the covariates.' },
  {
    what: 'proportional-subdistribution',
    words: {},
    message: 'A covariate multiplies the subdistribution hazard by the same number at all times.',
  },
  {
    what: 'prognosis-not-mechanism',
    words: {},
    message:
      'The coefficient says who ends up there, through this cause or by avoiding the others; a cause-specific Cox model says how fast.',
  },
];

/**
 * Fine–Gray regression: who reaches one cause, others competing?
 *
 * People with another cause stay in the risk set with weight G(t−)/G(X−), G the Kaplan–Meier of censoring; Breslow's ties.
 * With late entry that is G(t−)H(t−)/(G(X−)H(X−)), H the share who would have entered by then: the product limit of entries
 * with time running backwards. So people with another cause also stand for those like them who left before they could enter.
 * Errors by the sandwich I⁻¹Σ(η + ψ)(η + ψ)'I⁻¹, where ψ accounts for estimating G and H; rows of a
 * cluster are added first. Sampling weights weigh G and H too.
 *
 * Refuses a cause nobody had, a gap in which nobody was followed after somebody had another cause, and what {@link standardise}
 * and {@link maximise} refuse. O(iterations·(n + times)·p²): running sums over time, no loop over pairs.
 *
 * J. P. Fine & R. J. Gray (1999), JASA 94, 496–509. R. B. Geskus (2011), Biometrics 67, 39–49. X. Zhang, M.-J. Zhang &
 * J. Fine (2011), Statistics in Medicine 30, 1933–1951.
 */
export function fitFineGray(
  spells: Spells,
  {
    covariates,
    cause = 1,
    clusters,
    confidence = 0.95,
  }: {
    readonly covariates: readonly Covariate[];
    readonly cause?: number;
    /** Rows of one person, household or location. */
    readonly clusters?: Groups;
    readonly confidence?: number;
  },
): Parsed<FineGrayModel> {
  const standardised = standardise(covariates, spells.size);
  if (!standardised.ok) return standardised;
  const terms = standardised.value;
  const p = terms.names.length;
  const data = prepare(spells, cause);
  if (data.events === 0) {
    return refuse(
      'no-events',
      `Nobody reached cause ${cause}, so there is nothing to explain. Follow people longer, or choose another cause.`,
      { cause },
    );
  }
  if (data.gap !== null) {
    const resumes = spells.times[data.gap]!;
    return refuse(
      'nobody-followed',
      `Before ${resumes} there is a time in which nobody was followed, so that what became of those with another cause cannot be weighed. Let the clock of all start later, or leave out who left before it.`,
      { time: resumes },
    );
  }
  const found = maximise(terms.names, (beta) => {
    const at = subdistribution(spells, data, terms.matrix, beta);
    return {
      at,
      logLikelihood: at.logLikelihood,
      derivatives: () => ({
        score: scoreOf(spells, data, terms.matrix, at, p),
        information: informationOf(spells, data, terms.matrix, at, p),
      }),
      squares: () => squaresOf(spells, terms.matrix, at, p),
    };
  });
  if (!found.ok) return found;
  const { beta, at, information, start } = found.value;

  const bread = inverse(information);
  const residuals = residualsOf(spells, data, terms.matrix, at, p);
  const filling = crossProducts(residuals, p, spells, clusters);
  const influence = new Float64Array(residuals.length);
  for (let i = 0; i < spells.size; i++) {
    for (let j = 0; j < p; j++) {
      const mine = residuals[i * p + j]!;
      for (let h = 0; h < p; h++) influence[i * p + h]! += (bread.values[h * p + j]! * mine) / terms.spread[h]!;
    }
  }
  const covariance = sandwich(bread, filling);
  for (let j = 0; j < p; j++)
    for (let h = 0; h < p; h++) covariance.values[j * p + h]! /= terms.spread[j]! * terms.spread[h]!;
  const errors = standardErrors(covariance);
  const n = spells.weight && spells.weightMeaning === 'copies' ? spells.weight.reduce((a, b) => a + b, 0) : spells.size;
  return {
    ok: true,
    value: {
      cause,
      n,
      events: data.events,
      covariance,
      influence,
      logLikelihood: { none: start, fitted: at.logLikelihood },
      terms: terms.names.map((name, j): FineGrayTerm => {
        const estimate = beta[j]! / terms.spread[j]!;
        const se = errors[j]!;
        const ci = symmetricInterval(estimate, se, confidence);
        return {
          name,
          estimate,
          se,
          ci,
          smallestDetectable: detectableRatio({ se, ci }),
          n,
          level: 2,
          assumptions: spells.from ? [...ASSUMPTIONS, LATE_ENTRY] : ASSUMPTIONS,
          diagnostics: [],
          z: estimate / se,
          p: normalTwoSided(estimate / se),
          subdistributionHazardRatio: ratioOf(estimate, ci),
        };
      }),
    },
  };
}

/** Per time on the scale: people at risk, those entering, censored and reaching the cause, and the chance to be followed. */
type Prepared = {
  readonly cause: number;
  readonly events: number;
  readonly atRisk: Float64Array;
  /** Who came in since the time before; `null` when everybody is followed from the start. */
  readonly entering: Float64Array | null;
  readonly censored: Float64Array;
  readonly reached: Float64Array;
  /** G(t−)·H(t−): who would be under observation just before, were there no causes. H is 1 without late entry. */
  readonly g: Float64Array;
  /** Where people are followed again after a time without anybody, if somebody had another cause before; `null` else. */
  readonly gap: number | null;
};

function prepare({ size, times, from, to, cause: causes, weight }: Spells, cause: number): Prepared {
  const width = times.length;
  const atRisk = new Float64Array(width);
  const entering = from && new Float64Array(width);
  const censored = new Float64Array(width);
  const reached = new Float64Array(width);
  let events = 0;
  let firstOther = width;
  for (let i = 0; i < size; i++) {
    const w = weight ? weight[i]! : 1;
    const j = to[i]!;
    atRisk[j]! += w;
    if (entering) entering[from[i]!]! += w;
    if (causes[i] === 0) censored[j]! += w;
    else if (causes[i] === cause) {
      reached[j]! += w;
      events += w;
    } else if (j < firstOther) firstOther = j;
  }
  for (let j = width - 2; j >= 0; j--) atRisk[j]! += atRisk[j + 1]! - (entering ? entering[j + 1]! : 0);
  const g = new Float64Array(width);
  let staying = 1;
  for (let j = 0; j < width; j++) {
    g[j] = staying;
    staying *= 1 - censored[j]! / atRisk[j]!;
  }
  let gap: number | null = null;
  if (entering) {
    let entered = 1; // H, with time running backwards
    for (let j = width - 1; j >= 0; j--) {
      g[j]! *= entered;
      const before = atRisk[j]! - entering[j]!;
      if (j > firstOther && before < 1e-12 * atRisk[j]!) gap = j;
      entered *= before / atRisk[j]!;
    }
  }
  return { cause, events, atRisk, entering, censored, reached, g, gap };
}

/** The model at some coefficients, per time: Σ over the weighted risk set, its mean covariates, and the hazard steps. */
type Subdistribution = {
  readonly risk: Float64Array;
  /** x̄ at each time, p numbers. */
  readonly mean: Float64Array;
  readonly hazard: Float64Array;
  /** Running sums of the hazard up to each time, and of G times the hazard from each time on; a 0 at the open end. */
  readonly upTo: Float64Array;
  readonly onward: Float64Array;
  /** Σ over people with another cause before each time of w·e^{xβ}·{1, x}/G(X−). */
  readonly others: Float64Array;
  readonly logLikelihood: number;
};

function subdistribution(spells: Spells, data: Prepared, matrix: Float64Array, beta: Float64Array): Subdistribution {
  const { size, times, from, to, cause: causes, weight } = spells;
  const { cause, reached, g } = data;
  const p = beta.length;
  const width = times.length;
  const block = p + 1;
  const risk = new Float64Array(size);
  const sums = new Float64Array(width * block);
  const others = new Float64Array((width + 1) * block);
  let logLikelihood = 0;
  for (let i = 0; i < size; i++) {
    let eta = 0;
    for (let j = 0; j < p; j++) eta += matrix[i * p + j]! * beta[j]!;
    const r = Math.exp(eta);
    risk[i] = r;
    const w = weight ? weight[i]! : 1;
    const at = to[i]!;
    sums[at * block]! += w * r;
    for (let j = 0; j < p; j++) sums[at * block + 1 + j]! += w * r * matrix[i * p + j]!;
    if (from && from[i]! > 0) {
      const before = (from[i]! - 1) * block;
      sums[before]! -= w * r;
      for (let j = 0; j < p; j++) sums[before + 1 + j]! -= w * r * matrix[i * p + j]!;
    }
    if (causes[i] === cause) logLikelihood += w * eta;
    else if (causes[i]! > 0) {
      // From the next time on, with weight G(t−)/G(X−).
      const c = (w * r) / g[at]!;
      others[(at + 1) * block]! += c;
      for (let j = 0; j < p; j++) others[(at + 1) * block + 1 + j]! += c * matrix[i * p + j]!;
    }
  }
  for (let t = width - 2; t >= 0; t--)
    for (let b = 0; b < block; b++) sums[t * block + b]! += sums[(t + 1) * block + b]!;
  for (let t = 1; t <= width; t++)
    for (let b = 0; b < block; b++) others[t * block + b]! += others[(t - 1) * block + b]!;

  const mean = new Float64Array(width * p);
  const hazard = new Float64Array(width);
  const upTo = new Float64Array(width + 1);
  for (let t = 0; t < width; t++) {
    const s0 = sums[t * block]! + g[t]! * others[t * block]!;
    for (let j = 0; j < p; j++) mean[t * p + j] = (sums[t * block + 1 + j]! + g[t]! * others[t * block + 1 + j]!) / s0;
    hazard[t] = reached[t]! / s0;
    if (reached[t]! > 0) logLikelihood -= reached[t]! * Math.log(s0);
    upTo[t + 1] = upTo[t]! + hazard[t]!;
  }
  const onward = new Float64Array(width + 1);
  for (let t = width - 1; t >= 0; t--) onward[t] = onward[t + 1]! + g[t]! * hazard[t]!;
  return { risk, mean, hazard, upTo, onward, others, logLikelihood };
}

/** e^{xβ} times the hazard a row was exposed to, in the risk set and after another cause. */
function exposureOf(spells: Spells, data: Prepared, { risk, upTo, onward }: Subdistribution, i: number): number {
  const at = spells.to[i]!;
  const c = spells.cause[i]!;
  const after = c > 0 && c !== data.cause ? onward[at + 1]! / data.g[at]! : 0;
  return risk[i]! * (upTo[at + 1]! - upTo[spells.from ? spells.from[i]! : 0]! + after);
}

function scoreOf(spells: Spells, data: Prepared, matrix: Float64Array, at: Subdistribution, p: number): Float64Array {
  const score = new Float64Array(p);
  for (let i = 0; i < spells.size; i++) {
    const seen = spells.cause[i] === data.cause ? 1 : 0;
    const surplus = (seen - exposureOf(spells, data, at, i)) * (spells.weight ? spells.weight[i]! : 1);
    for (let j = 0; j < p; j++) score[j]! += surplus * matrix[i * p + j]!;
  }
  return score;
}

function informationOf(spells: Spells, data: Prepared, matrix: Float64Array, at: Subdistribution, p: number): Square {
  const result = square(p);
  const values = result.values;
  for (let i = 0; i < spells.size; i++) {
    const c = exposureOf(spells, data, at, i) * (spells.weight ? spells.weight[i]! : 1);
    for (let j = 0; j < p; j++) {
      for (let h = 0; h <= j; h++) values[j * p + h]! += c * matrix[i * p + j]! * matrix[i * p + h]!;
    }
  }
  for (let t = 0; t < data.reached.length; t++) {
    const d = data.reached[t]!;
    if (d === 0) continue;
    for (let j = 0; j < p; j++)
      for (let h = 0; h <= j; h++) values[j * p + h]! -= d * at.mean[t * p + j]! * at.mean[t * p + h]!;
  }
  for (let j = 0; j < p; j++) for (let h = 0; h < j; h++) values[h * p + j] = values[j * p + h]!;
  return result;
}

function squaresOf(spells: Spells, matrix: Float64Array, { risk, upTo }: Subdistribution, p: number): Float64Array {
  const squares = new Float64Array(p);
  for (let i = 0; i < spells.size; i++) {
    const exposed = upTo[spells.to[i]! + 1]! - upTo[spells.from ? spells.from[i]! : 0]!;
    const c = risk[i]! * exposed * (spells.weight ? spells.weight[i]! : 1);
    for (let j = 0; j < p; j++) squares[j]! += c * matrix[i * p + j]! ** 2;
  }
  return squares;
}

/** η + ψ per row: the score residual, and what the row moves through the estimated censoring. */
function residualsOf(
  spells: Spells,
  data: Prepared,
  matrix: Float64Array,
  at: Subdistribution,
  p: number,
): Float64Array {
  const { size, from, to, cause: causes } = spells;
  const { cause, atRisk, entering, censored, g } = data;
  const { risk, mean, hazard, upTo, onward, others } = at;
  const width = atRisk.length;
  const block = p + 1;
  // The same running sums as upTo and onward, of x̄ times the hazard.
  const meanUpTo = new Float64Array((width + 1) * p);
  const meanOnward = new Float64Array((width + 1) * p);
  for (let t = 0; t < width; t++) {
    for (let j = 0; j < p; j++) meanUpTo[(t + 1) * p + j] = meanUpTo[t * p + j]! + mean[t * p + j]! * hazard[t]!;
  }
  for (let t = width - 1; t >= 0; t--) {
    for (let j = 0; j < p; j++)
      meanOnward[t * p + j] = meanOnward[(t + 1) * p + j]! + g[t]! * mean[t * p + j]! * hazard[t]!;
  }
  // q(u)/Y(u), and the running sum of q·d/Y² over the censorings. Entries are the same with time turned round: they make
  // a weight larger instead of smaller, by 1/(1 − entering/Y) at each time.
  const q = new Float64Array(width * p);
  const qOfEntry = new Float64Array(width * p);
  const compensator = new Float64Array((width + 1) * p);
  for (let t = 0; t < width; t++) {
    for (let j = 0; j < p; j++) {
      const moved = others[t * block + 1 + j]! * onward[t]! - others[t * block]! * meanOnward[t * p + j]!;
      const cell = t * p + j;
      q[cell] = moved / atRisk[t]!;
      compensator[cell + p] = compensator[cell]! + (q[cell]! * censored[t]!) / atRisk[t]!;
      if (!entering || moved === 0) continue;
      qOfEntry[cell] = moved / (atRisk[t]! - entering[t]!);
      compensator[cell + p]! -= (qOfEntry[cell]! * entering[t]!) / atRisk[t]!;
    }
  }

  const residuals = new Float64Array(size * p);
  for (let i = 0; i < size; i++) {
    const t = to[i]!;
    const first = from ? from[i]! : 0;
    const own = causes[i]!;
    const after = own > 0 && own !== cause ? 1 / g[t]! : 0;
    const exposed = upTo[t + 1]! - upTo[first]! + after * onward[t + 1]!;
    for (let j = 0; j < p; j++) {
      const x = matrix[i * p + j]!;
      const centred = meanUpTo[(t + 1) * p + j]! - meanUpTo[first * p + j]! + after * meanOnward[(t + 1) * p + j]!;
      const eta = (own === cause ? x - mean[t * p + j]! : 0) - risk[i]! * (x * exposed - centred);
      const compensated = compensator[(t + 1) * p + j]! - compensator[first * p + j]!;
      const psi = (own === 0 ? q[t * p + j]! : 0) - qOfEntry[first * p + j]! - compensated;
      residuals[i * p + j] = eta + psi;
    }
  }
  return residuals;
}
