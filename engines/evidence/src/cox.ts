import {
  chiSquaredUpperTail,
  cholesky,
  inverse,
  normalTwoSided,
  quadraticForm,
  square,
  standardErrors,
  type Square,
} from '@meedoen/numbers';
import type { Parsed } from '@meedoen/units';
import { concordance } from './concordance.ts';
import type { Covariate } from './covariates.ts';
import { crossProducts } from './cross-products.ts';
import { coxDesign, type CoxDesign, type CoxTies } from './cox-design.ts';
import { coefficientInfluence } from './cox-influence.ts';
import { derivatives, riskSets, squaresAtRisk, type RiskSets } from './cox-risk-sets.ts';
import { maximise } from './maximise.ts';
import { detectableRatio, type LogEffect } from './detectable.ts';
import { ratioOf, symmetricInterval, type Note, type Ratio } from './estimate.ts';
import { everyone, type Groups } from './groups.ts';
import type { Spells } from './spells.ts';

export type CoxOptions = {
  readonly covariates: readonly Covariate[];
  /** Each stratum has its own baseline hazard. */
  readonly strata?: Groups;
  /** Rows of one person, household or location; implies robust errors. */
  readonly clusters?: Groups;
  /** Lin–Wei errors that hold when hazards are not quite proportional. Always on with clusters or sampling weights. */
  readonly robust?: boolean;
  /** Which cause is the event; others count as censored (a cause-specific hazard). Default 1. */
  readonly cause?: number;
  readonly ties?: CoxTies;
  readonly confidence?: number;
};

export type ChiSquaredTest = { readonly chiSquared: number; readonly degrees: number; readonly p: number };

/** One covariate's coefficient: the change in the log hazard per unit. */
export type CoxTerm = LogEffect & {
  readonly name: string;
  readonly se: number;
  readonly seModel: number;
  readonly seRobust: number | null;
  /** `null` when the error has no size: robust errors vanish where single rows do not matter. */
  readonly z: number | null;
  readonly p: number | null;
  /** e^coefficient: how many times as often the event happens, per unit. */
  readonly hazardRatio: Ratio;
};

/** A fitted proportional hazards model (nl: Cox-regressie). */
export type CoxModel = {
  readonly terms: readonly CoxTerm[];
  readonly n: number;
  readonly events: number;
  readonly ties: CoxTies;
  /** Covariance of the coefficients from the model, and robust if asked. */
  readonly modelCovariance: Square;
  readonly robustCovariance: Square | null;
  /** Log partial likelihood without covariates and at the fit. */
  readonly logLikelihood: { readonly none: number; readonly fitted: number };
  readonly likelihoodRatio: ChiSquaredTest;
  readonly scoreTest: ChiSquaredTest;
  /** With robust errors if asked; `null` when their covariance has no inverse, as with fewer clusters than covariates. */
  readonly wald: ChiSquaredTest | null;
  /** Change of each coefficient when a row gets a little more weight: p numbers per row. `null` unless robust. */
  readonly influence: Float64Array | null;
  readonly iterations: number;
  readonly diagnostics: readonly Note[];
  /** What later questions to the model read: its data, risk sets and standardised coefficients. */
  readonly state: CoxState;
};

export type CoxState = {
  readonly spells: Spells;
  readonly strata: Groups;
  readonly event: number;
  readonly design: CoxDesign;
  readonly sets: RiskSets;
  readonly beta: Float64Array;
};

const ASSUMPTIONS: readonly Note[] = [
  {
    what: 'independent-censoring',
    words: {},
    message:
      'People whom we stopped following would have gone on like those with the same covariates whom we still follow.',
  },
  {
    what: 'proportional-hazards',
    words: {},
    message: 'A covariate multiplies the hazard by the same number at all times.',
  },
  {
    what: 'no-other-differences',
    words: {},
    message: 'Only the named covariates are held equal; other differences remain.',
  },
];

/**
 * Cox regression by Newton's method with step halving, from 0, until the log likelihood changes by less than 1e-9 of itself
 * and no standardised coefficient by more than 1e-8.
 *
 * Weights that are copies give exactly what repeated rows give. Sampling weights follow R's coxph: each tied event counts
 * for the mean weight of the tied. Refuses unusable covariates, no events, covariates that follow from others, and
 * separation (a coefficient without end). O(iterations·(n·p² + events)).
 *
 * D. R. Cox (1972), JRSS B 34, 187–220. B. Efron (1977), JASA 72, 557–565. D. Y. Lin & L. J. Wei (1989), JASA 84, 1074–1078.
 */
export function fitCox(spells: Spells, options: CoxOptions): Parsed<CoxModel> {
  const prepared = coxDesign(spells, options);
  if (!prepared.ok) return prepared;
  const design = prepared.value;
  const found = maximise(design.terms.names, (beta) => {
    const sets = riskSets(design, beta);
    return {
      at: sets,
      logLikelihood: sets.logLikelihood,
      derivatives: () => derivatives(design, sets),
      squares: () => squaresAtRisk(design, sets),
    };
  });
  if (!found.ok) return found;
  const { beta, at: sets, start, information: fitted, iterations, scoreChiSquared } = found.value;
  const { names, spread } = design.terms;
  const p = names.length;
  const { confidence = 0.95, clusters } = options;
  const robust =
    options.robust === true ||
    clusters !== undefined ||
    (spells.weight !== null && spells.weightMeaning === 'sampling');

  const standardised = inverse(fitted);
  const modelCovariance = inUnits(standardised, spread);
  const influence = robust ? coefficientInfluence(design, sets, standardised) : null;
  const robustCovariance = influence && inUnits(crossProducts(influence, p, spells, clusters), spread);
  const seModel = standardErrors(modelCovariance);
  const seRobust = robustCovariance && standardErrors(robustCovariance);
  const coefficients = beta.map((b, j) => b / spread[j]!);
  const n = spells.weight && spells.weightMeaning === 'copies' ? spells.weight.reduce((a, b) => a + b, 0) : spells.size;
  const diagnostics = notesOn(design, coefficients, seModel);

  const terms = names.map((name, j): CoxTerm => {
    const estimate = coefficients[j]!;
    const se = seRobust ? seRobust[j]! : seModel[j]!;
    const ci = symmetricInterval(estimate, se, confidence);
    const z = se > 1e-9 * seModel[j]! ? estimate / se : null;
    return {
      name,
      estimate,
      se,
      ci,
      smallestDetectable: detectableRatio({ se, ci }),
      n,
      level: 2,
      assumptions: ASSUMPTIONS,
      diagnostics: diagnostics.filter((note) => note.words['column'] === name),
      seModel: seModel[j]!,
      seRobust: seRobust ? seRobust[j]! : null,
      z,
      p: z === null ? null : normalTwoSided(z),
      hazardRatio: ratioOf(estimate, ci),
    };
  });

  const test = (chiSquared: number): ChiSquaredTest => ({
    chiSquared,
    degrees: p,
    p: chiSquaredUpperTail(chiSquared, p),
  });
  const waldFactor = cholesky(robustCovariance ?? modelCovariance);
  return {
    ok: true,
    value: {
      terms,
      n,
      events: design.events,
      ties: design.ties,
      modelCovariance,
      robustCovariance,
      logLikelihood: { none: start, fitted: sets.logLikelihood },
      likelihoodRatio: test(2 * (sets.logLikelihood - start)),
      scoreTest: test(scoreChiSquared),
      wald:
        'dependentRow' in waldFactor || terms.some((term) => term.z === null)
          ? null
          : test(quadraticForm(waldFactor, coefficients)),
      influence: influence && influence.map((value, cell) => value / spread[cell % p]!),
      iterations,
      diagnostics,
      state: { spells, strata: options.strata ?? everyone(spells.size), event: options.cause ?? 1, design, sets, beta },
    },
  };
}

function notesOn({ terms, events }: CoxDesign, coefficients: Float64Array, se: Float64Array): Note[] {
  const notes: Note[] = [];
  const p = terms.names.length;
  if (events < 10 * p) {
    notes.push({
      what: 'few-events',
      words: { events, covariates: p },
      message: `${events} events for ${p} covariates: fewer than 10 for each. Coefficients may be far off; use fewer covariates.`,
    });
  }
  for (const [j, column] of terms.names.entries()) {
    // Per unit, or per standard deviation when units are small.
    const size = Math.abs(coefficients[j]!) * Math.min(1, terms.spread[j]!);
    if (size > 10 || se[j]! * terms.spread[j]! > 100) {
      notes.push({
        what: 'coefficient-very-large',
        words: { column, coefficient: coefficients[j]! },
        message: `The coefficient of ${column} is ${coefficients[j]!.toPrecision(3)}: probably almost nobody on one side had the event.`,
      });
    }
  }
  return notes;
}

/** Coefficients were found per standard deviation; a covariance per unit divides by both. */
function inUnits({ size, values }: Square, spread: Float64Array): Square {
  const result = square(size);
  for (let j = 0; j < size; j++) {
    for (let h = 0; h < size; h++) result.values[j * size + h] = values[j * size + h]! / (spread[j]! * spread[h]!);
  }
  return result;
}

/** How often the model puts two people in the right order; see {@link concordance}. O(n·p + n log n). */
export function modelConcordance({ state }: CoxModel): number | null {
  const { spells, strata, event, design, beta } = state;
  const { matrix } = design.terms;
  const p = beta.length;
  const linear = new Float64Array(design.size);
  for (let i = 0; i < design.size; i++) {
    for (let j = 0; j < p; j++) linear[design.order[i]!]! += matrix[i * p + j]! * beta[j]!;
  }
  return concordance(spells, linear, strata, event);
}
